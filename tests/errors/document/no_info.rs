frontline::frontline_api!("errors/document/no_info.yaml");

fn main() {}
