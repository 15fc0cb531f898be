frontline::frontline_api!("errors/schemas/two_schemas_one_name.yaml", warnings = deny);

fn main() {}
