frontline::frontline_api!("errors/operations/reserved_method.yaml", warnings = deny);

fn main() {}
