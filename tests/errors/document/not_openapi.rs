frontline::frontline_api!("errors/document/not_openapi.yaml");

fn main() {}
