frontline::frontline_api!("errors/operations/form_of_a_list.yaml");

fn main() {}
