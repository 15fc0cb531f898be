frontline::frontline_api!("errors/schemas/enum_without_quotes.yaml");

fn main() {}
