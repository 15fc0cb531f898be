frontline::frontline_api!("errors/schemas/keep_unknown_not_a_flag.yaml");

fn main() {}
