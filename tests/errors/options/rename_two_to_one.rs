frontline::frontline_api!("errors/options/pets.yaml", rename = { "Pet" = Animal, "Toy" = Animal });

fn main() {}
