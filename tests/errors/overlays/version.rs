frontline::frontline_api!("errors/overlays/pets.yaml", overlay = "errors/overlays/version.overlay.yaml");

fn main() {}
