frontline::frontline_api!("errors/schemas/required_mistyped.yaml", warnings = deny);

fn main() {}
