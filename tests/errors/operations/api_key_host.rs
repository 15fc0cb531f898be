frontline::frontline_api!("errors/operations/api_key_host.yaml");

fn main() {}
