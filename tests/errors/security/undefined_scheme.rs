frontline::frontline_api!("errors/security/undefined_scheme.yaml");

fn main() {}
