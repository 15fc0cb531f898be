frontline::frontline_api!("errors/references/no_components.yaml");

fn main() {}
