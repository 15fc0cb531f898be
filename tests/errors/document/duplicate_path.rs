frontline::frontline_api!("errors/document/duplicate_path.yaml");

fn main() {}
