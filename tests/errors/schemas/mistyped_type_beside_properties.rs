frontline::frontline_api!("errors/schemas/mistyped_type_beside_properties.yaml");

fn main() {}
