frontline::frontline_api!("errors/overlays/pets.yaml", overlay = "errors/overlays/broken_yaml.overlay.yaml");

fn main() {}
