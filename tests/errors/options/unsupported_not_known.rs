frontline::frontline_api!("errors/options/pets.yaml", unsupported = ignore);

fn main() {}
