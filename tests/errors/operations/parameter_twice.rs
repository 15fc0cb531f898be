frontline::frontline_api!("errors/operations/parameter_twice.yaml");

fn main() {}
