frontline::frontline_api!("errors/schemas/properties_of_two_members.yaml", warnings = deny);

fn main() {}
