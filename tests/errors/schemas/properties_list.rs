frontline::frontline_api!("errors/schemas/properties_list.yaml");

fn main() {}
