frontline::frontline_api!("errors/options/pets.yaml", rename = "Pet");

fn main() {}
