frontline::frontline_api!("errors/options/pets.yaml", overlay = fixes);

fn main() {}
