frontline::frontline_api!("errors/operations/body_too_far_out.yaml");

fn main() {}
