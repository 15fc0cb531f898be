frontline::frontline_api!("errors/files/mistake.yaml");

fn main() {}
