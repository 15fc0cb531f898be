frontline::frontline_api!("errors/schemas/not_an_object.yaml");

fn main() {}
