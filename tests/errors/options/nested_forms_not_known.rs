frontline::frontline_api!("errors/options/pets.yaml", nested_forms = true);

fn main() {}
