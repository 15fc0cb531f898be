frontline::frontline_api!("errors/operations/server_variable.yaml");

fn main() {}
