frontline::frontline_api!("errors/operations/server_no_scheme.yaml");

fn main() {}
