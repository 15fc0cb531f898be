frontline::frontline_api!("errors/options/pets.yaml", baseline = released);

fn main() {}
