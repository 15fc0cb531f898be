frontline::frontline_api!("errors/schemas/mistyped_key.yaml");

fn main() {}
