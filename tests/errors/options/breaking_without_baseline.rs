frontline::frontline_api!("errors/options/pets.yaml", breaking = deny);

fn main() {}
