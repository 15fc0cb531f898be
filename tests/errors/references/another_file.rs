frontline::frontline_api!("errors/references/another_file.yaml");

fn main() {}
