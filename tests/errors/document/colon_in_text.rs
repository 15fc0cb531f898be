frontline::frontline_api!("errors/document/colon_in_text.yaml");

fn main() {}
