frontline::frontline_api!("errors/options/pets.yaml", baseline = "errors/options/pets.released.yaml", breaking = error);

fn main() {}
