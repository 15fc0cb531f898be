frontline::frontline_api!("errors/references/in_json.json");

fn main() {}
