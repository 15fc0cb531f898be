frontline::frontline_api!("errors/security/scopes_text.yaml");

fn main() {}
