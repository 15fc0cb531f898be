frontline::frontline_api!("errors/security/requirements_not_a_list.yaml");

fn main() {}
