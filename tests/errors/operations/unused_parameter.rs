frontline::frontline_api!("errors/operations/unused_parameter.yaml");

fn main() {}
