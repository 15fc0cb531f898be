frontline::frontline_api!("errors/operations/servers_map.yaml");

fn main() {}
