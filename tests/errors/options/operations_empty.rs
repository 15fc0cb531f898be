frontline::frontline_api!("errors/options/pets.yaml", operations = []);

fn main() {}
