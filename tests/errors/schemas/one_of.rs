frontline::frontline_api!("errors/schemas/one_of.yaml");

fn main() {}
