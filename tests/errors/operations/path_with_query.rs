frontline::frontline_api!("errors/operations/path_with_query.yaml");

fn main() {}
