frontline::frontline_api!("errors/overlays/pets.yaml", overlay = "errors/overlays/invalid_query.overlay.yaml");

fn main() {}
