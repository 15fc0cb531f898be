frontline::frontline_api!("errors/references/without_quotes.yaml");

fn main() {}
