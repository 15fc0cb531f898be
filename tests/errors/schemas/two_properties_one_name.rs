frontline::frontline_api!("errors/schemas/two_properties_one_name.yaml", warnings = deny);

fn main() {}
