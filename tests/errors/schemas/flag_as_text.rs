frontline::frontline_api!("errors/schemas/flag_as_text.yaml");

fn main() {}
