frontline::frontline_api!("errors/operations/server_scheme.yaml");

fn main() {}
