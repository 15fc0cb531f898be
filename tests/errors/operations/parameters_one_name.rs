frontline::frontline_api!("errors/operations/parameters_one_name.yaml");

fn main() {}
