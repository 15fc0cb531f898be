frontline::frontline_api!("errors/files/broken.yaml");

fn main() {}
