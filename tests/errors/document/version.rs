frontline::frontline_api!("errors/document/version.yaml");

fn main() {}
