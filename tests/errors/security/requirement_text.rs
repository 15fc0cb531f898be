frontline::frontline_api!("errors/security/requirement_text.yaml");

fn main() {}
