frontline::frontline_api!("errors/document/unclosed_quote.yaml");

fn main() {}
