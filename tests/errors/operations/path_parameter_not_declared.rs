frontline::frontline_api!("errors/operations/path_parameter_not_declared.yaml", warnings = deny);

fn main() {}
