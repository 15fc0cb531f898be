frontline::frontline_api!("errors/operations/body_without_media_type.yaml");

fn main() {}
