frontline::frontline_api!("errors/files/missing.yaml");

fn main() {}
