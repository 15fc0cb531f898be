frontline::frontline_api!("errors/document/several.yaml");

fn main() {}
