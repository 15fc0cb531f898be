frontline::frontline_api!("errors/operations/path_parameter_optional.yaml", warnings = deny);

fn main() {}
