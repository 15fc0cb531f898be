frontline::frontline_api!("errors/overlays/pets.yaml", overlay = "errors/overlays/unknown_keys.overlay.yaml");

fn main() {}
