frontline::frontline_api!("errors/overlays/pets.yaml", overlay = "errors/overlays/merge.overlay.yaml");

fn main() {}
