frontline::frontline_api!("errors/operations/unsupported_style.yaml");

fn main() {}
