frontline::frontline_api!("errors/options/pets.yaml", operations = ["show*"]);

fn main() {}
