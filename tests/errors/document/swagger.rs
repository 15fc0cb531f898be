frontline::frontline_api!("errors/document/swagger.yaml");

fn main() {}
