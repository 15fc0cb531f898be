frontline::frontline_api!("errors/references/circle_of_parameters.yaml");

fn main() {}
