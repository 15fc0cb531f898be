frontline::frontline_api!("errors/operations/bad_status.yaml");

fn main() {}
