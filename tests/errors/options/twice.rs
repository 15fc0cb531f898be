frontline::frontline_api!("errors/options/pets.yaml", operations = ["listPets"], operations = ["listPets"]);

fn main() {}
