frontline::frontline_api!("errors/document/mistyped_key.yaml");

fn main() {}
