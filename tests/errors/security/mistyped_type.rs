frontline::frontline_api!("errors/security/mistyped_type.yaml");

fn main() {}
