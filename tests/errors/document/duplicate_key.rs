frontline::frontline_api!("errors/document/duplicate_key.yaml");

fn main() {}
