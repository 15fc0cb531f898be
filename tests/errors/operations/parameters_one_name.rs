frontline::frontline_api!("errors/operations/parameters_one_name.yaml", warnings = deny);

fn main() {}
