frontline::frontline_api!("errors/options/pets.yaml", crate = "frontline");

fn main() {}
