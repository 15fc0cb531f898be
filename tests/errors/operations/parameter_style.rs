frontline::frontline_api!("errors/operations/parameter_style.yaml");

fn main() {}
