frontline::frontline_api!("errors/operations/duplicate_operation_id.yaml");

fn main() {}
