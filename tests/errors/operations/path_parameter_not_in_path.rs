frontline::frontline_api!("errors/operations/path_parameter_not_in_path.yaml", warnings = deny);

fn main() {}
