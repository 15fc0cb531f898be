frontline::frontline_api!("errors/document/no_title.yaml");

fn main() {}
