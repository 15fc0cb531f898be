frontline::frontline_api!("errors/document/unknown_key.yaml", warnings = deny);

fn main() {}
