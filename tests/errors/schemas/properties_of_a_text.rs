frontline::frontline_api!("errors/schemas/properties_of_a_text.yaml");

fn main() {}
