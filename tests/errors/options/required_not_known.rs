frontline::frontline_api!("errors/options/pets.yaml", required = loose);

fn main() {}
