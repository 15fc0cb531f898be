frontline::frontline_api!("errors/operations/server_variable_without_default.yaml");

fn main() {}
