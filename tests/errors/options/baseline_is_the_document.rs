frontline::frontline_api!("errors/options/pets.yaml", baseline = "errors/options/pets.yaml");

fn main() {}
