frontline::frontline_api!("specs/odd.yaml", test_examples = true, warnings = deny);

fn main() {}
