frontline::frontline_api!("errors/schemas/all_of_text.yaml");

fn main() {}
