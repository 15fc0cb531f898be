frontline::frontline_api!("errors/document/no_title.yaml", warnings = deny);

fn main() {}
