frontline::frontline_api!("errors/operations/content_of_204.yaml", warnings = deny);

fn main() {}
