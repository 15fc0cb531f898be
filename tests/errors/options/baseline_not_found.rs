frontline::frontline_api!("errors/options/pets.yaml", baseline = "errors/options/pets.first.yaml");

fn main() {}
