frontline::frontline_api!("errors/files/network.yaml");

fn main() {}
