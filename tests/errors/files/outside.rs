frontline::frontline_api!("errors/files/outside.yaml");

fn main() {}
