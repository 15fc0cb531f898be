frontline::frontline_api!("errors/operations/unsupported_response.yaml");

fn main() {}
