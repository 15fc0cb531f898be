frontline::frontline_api!("errors/operations/server_none_of_several.yaml");

fn main() {}
