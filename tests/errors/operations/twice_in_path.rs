frontline::frontline_api!("errors/operations/twice_in_path.yaml");

fn main() {}
