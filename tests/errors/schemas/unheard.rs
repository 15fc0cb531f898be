frontline::frontline_api!("errors/schemas/unheard.yaml", warnings = deny);

fn main() {}
