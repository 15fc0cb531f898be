frontline::frontline_api!("errors/overlays/pets.yaml", overlay = "errors/overlays/a_list.overlay.yaml");

fn main() {}
