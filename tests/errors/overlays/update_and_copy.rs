frontline::frontline_api!("errors/overlays/pets.yaml", overlay = "errors/overlays/update_and_copy.overlay.yaml");

fn main() {}
