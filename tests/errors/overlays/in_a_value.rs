frontline::frontline_api!("errors/overlays/pets.yaml", overlay = "errors/overlays/in_a_value.overlay.yaml");

fn main() {}
