frontline::frontline_api!("errors/references/not_a_string.yaml");

fn main() {}
