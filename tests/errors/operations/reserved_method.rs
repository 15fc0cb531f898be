frontline::frontline_api!("errors/operations/reserved_method.yaml");

fn main() {}
