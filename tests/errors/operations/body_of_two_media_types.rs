frontline::frontline_api!("errors/operations/body_of_two_media_types.yaml");

fn main() {}
