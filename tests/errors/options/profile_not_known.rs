frontline::frontline_api!("errors/options/pets.yaml", profile = github);

fn main() {}
