frontline::frontline_api!("errors/document/not_utf8.yaml");

fn main() {}
