frontline::frontline_api!("errors/document/two_documents.yaml");

fn main() {}
