frontline::frontline_api!("errors/operations/path_with_query.yaml", warnings = deny);

fn main() {}
