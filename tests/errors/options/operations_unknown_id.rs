frontline::frontline_api!("errors/options/pets.yaml", operations = ["listPet"]);

fn main() {}
