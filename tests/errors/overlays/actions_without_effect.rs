frontline::frontline_api!("errors/overlays/pets.yaml", overlay = "errors/overlays/actions_without_effect.overlay.yaml");

fn main() {}
