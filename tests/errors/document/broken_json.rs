frontline::frontline_api!("errors/document/broken_json.json");

fn main() {}
