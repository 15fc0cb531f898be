frontline::frontline_api!("errors/schemas/enum_without_quotes.yaml", warnings = deny);

fn main() {}
