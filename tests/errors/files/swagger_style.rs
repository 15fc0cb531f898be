frontline::frontline_api!("errors/files/swagger_style.yaml");

fn main() {}
