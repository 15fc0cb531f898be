frontline::frontline_api!("errors/operations/unsupported_body.yaml");

fn main() {}
