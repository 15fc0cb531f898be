frontline::frontline_api!("errors/references/not_a_reference.yaml");

fn main() {}
