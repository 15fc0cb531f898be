frontline::frontline_api!("errors/overlays/pets.yaml", overlay = "errors/overlays/not_an_overlay.overlay.yaml");

fn main() {}
