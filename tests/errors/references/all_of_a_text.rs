frontline::frontline_api!("errors/references/all_of_a_text.yaml");

fn main() {}
