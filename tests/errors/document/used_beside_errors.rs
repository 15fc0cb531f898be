mod api {
    frontline::frontline_api!("errors/document/used_beside_errors.yaml");
}

/// Code that uses the client and its types adds no errors to those of the document.
mod app {
    use super::api::types::{self, Pet};
    use super::api::{Client, types::*};

    pub struct App {
        pub client: Client,
        pub circle: Circle,
    }

    impl App {
        pub async fn name(&self, id: &str) -> Option<String> {
            let params = FetchPetParams::new().state(types::State::Here);
            let pet: Pet = self.client.fetch_pet(id, &params).await.ok()?.into_inner();
            pet.name.filter(|_| pet.state == Some(State::Gone))
        }
    }
}

fn main() {}
