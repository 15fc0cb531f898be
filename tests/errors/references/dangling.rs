frontline::frontline_api!("errors/references/dangling.yaml");

fn main() {}
