frontline::frontline_api!("errors/schemas/properties_of_two_members.yaml");

fn main() {}
