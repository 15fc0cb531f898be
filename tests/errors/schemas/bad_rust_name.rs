frontline::frontline_api!("errors/schemas/bad_rust_name.yaml");

fn main() {}
