frontline::frontline_api!("errors/document/empty.yaml");

fn main() {}
