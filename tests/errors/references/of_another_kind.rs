frontline::frontline_api!("errors/references/of_another_kind.yaml");

fn main() {}
