frontline::frontline_api!("errors/operations/path_parameter_mistyped.yaml");

fn main() {}
