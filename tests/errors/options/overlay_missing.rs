frontline::frontline_api!("errors/options/pets.yaml", overlay = ["errors/options/a.overlay.yaml", "errors/options/b.overlay.yaml"]);

fn main() {}
