frontline::frontline_api!("errors/options/pets.yaml", warnings = maybe);

fn main() {}
