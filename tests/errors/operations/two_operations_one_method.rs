frontline::frontline_api!("errors/operations/two_operations_one_method.yaml", warnings = deny);

fn main() {}
