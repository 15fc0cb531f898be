frontline::frontline_api!("errors/document/tab.yaml");

fn main() {}
