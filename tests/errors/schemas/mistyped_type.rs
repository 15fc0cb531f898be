frontline::frontline_api!("errors/schemas/mistyped_type.yaml");

fn main() {}
