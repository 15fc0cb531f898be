frontline::frontline_api!("errors/security/undefined_alternative.yaml", warnings = deny);

fn main() {}
