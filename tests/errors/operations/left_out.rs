frontline::frontline_api!("errors/operations/left_out.yaml", unsupported = skip, warnings = deny);

fn main() {}
