frontline::frontline_api!("errors/operations/xml_part.yaml");

fn main() {}
