frontline::frontline_api!("errors/files/dangling.yaml");

fn main() {}
