frontline::frontline_api!("errors/overlays/pets.yaml", overlay = "errors/overlays/warnings.overlay.yaml", warnings = deny);

fn main() {}
