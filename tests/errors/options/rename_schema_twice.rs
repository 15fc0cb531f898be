frontline::frontline_api!("errors/options/pets.yaml", rename = { "Pet" = Animal, "Pet" = Beast });

fn main() {}
