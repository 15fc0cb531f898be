frontline::frontline_api!("errors/options/pets.yaml" operations = ["listPets"]);

fn main() {}
