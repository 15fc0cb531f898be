frontline::frontline_api!("errors/operations/path_parameter_unreadable.yaml");

fn main() {}
