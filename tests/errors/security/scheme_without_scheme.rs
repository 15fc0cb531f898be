frontline::frontline_api!("errors/security/scheme_without_scheme.yaml");

fn main() {}
