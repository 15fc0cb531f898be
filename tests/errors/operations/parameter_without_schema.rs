frontline::frontline_api!("errors/operations/parameter_without_schema.yaml");

fn main() {}
