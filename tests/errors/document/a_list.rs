frontline::frontline_api!("errors/document/a_list.yaml");

fn main() {}
