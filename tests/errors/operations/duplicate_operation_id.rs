frontline::frontline_api!("errors/operations/duplicate_operation_id.yaml", warnings = deny);

fn main() {}
