frontline::frontline_api!("errors/references/circle.yaml");

fn main() {}
