frontline::frontline_api!("errors/options/pets.yaml", rename = { "Pett" = Animal });

fn main() {}
