frontline::frontline_api!("errors/options/pets.yaml", baseline = "errors/options/pets.mistaken.yaml");

fn main() {}
