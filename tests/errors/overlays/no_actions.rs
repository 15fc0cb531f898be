frontline::frontline_api!("errors/overlays/pets.yaml", overlay = "errors/overlays/no_actions.overlay.yaml");

fn main() {}
