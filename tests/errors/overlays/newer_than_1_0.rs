frontline::frontline_api!("errors/overlays/pets.yaml", overlay = "errors/overlays/newer_than_1_0.overlay.yaml");

fn main() {}
