frontline::frontline_api!("errors/operations/mistyped_in.yaml");

fn main() {}
