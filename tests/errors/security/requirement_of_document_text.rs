frontline::frontline_api!("errors/security/requirement_of_document_text.yaml");

fn main() {}
