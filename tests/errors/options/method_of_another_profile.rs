frontline::frontline_api!("errors/options/pets.yaml");

fn main() {
    let _ = Client::builder().edge("dublin");
}
