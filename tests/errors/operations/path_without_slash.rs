frontline::frontline_api!("errors/operations/path_without_slash.yaml");

fn main() {}
