frontline::frontline_api!("errors/references/dynamic_anchor.yaml");

fn main() {}
