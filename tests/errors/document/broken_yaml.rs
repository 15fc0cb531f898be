frontline::frontline_api!("errors/document/broken_yaml.yaml");

fn main() {}
