frontline::frontline_api!("specs/mistakes.yaml", mistakes = warn, warnings = deny);

fn main() {}
