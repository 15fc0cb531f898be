frontline::frontline_api!("errors/document/paths_list.yaml");

fn main() {}
