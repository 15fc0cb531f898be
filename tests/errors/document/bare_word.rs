frontline::frontline_api!("errors/document/bare_word.yaml");

fn main() {}
