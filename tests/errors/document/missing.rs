frontline::frontline_api!("errors/document/missing.yaml");

fn main() {}
