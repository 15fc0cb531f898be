frontline::frontline_api!("errors/security/requirements_null.yaml");

fn main() {}
