frontline::frontline_api!("errors/security/unsupported_scheme.yaml");

fn main() {}
