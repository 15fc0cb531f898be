frontline::frontline_api!("errors/references/circle_of_all_of.yaml");

fn main() {}
