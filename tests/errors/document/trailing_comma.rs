frontline::frontline_api!("errors/document/trailing_comma.json");

fn main() {}
