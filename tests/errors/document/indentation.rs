frontline::frontline_api!("errors/document/indentation.yaml");

fn main() {}
