frontline::frontline_api!("errors/options/pets.yaml", unknown_properties = true);

fn main() {}
