frontline::frontline_api!("errors/options/pets.yaml", operation = ["listPets"]);

fn main() {}
