frontline::frontline_api!("errors/options/pets.yaml", overlay = []);

fn main() {}
