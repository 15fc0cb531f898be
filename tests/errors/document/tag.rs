frontline::frontline_api!("errors/document/tag.yaml");

fn main() {}
