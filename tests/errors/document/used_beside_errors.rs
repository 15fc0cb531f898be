mod api {
    frontline::frontline_api!("errors/references/dangling.yaml");
}

/// Code that uses the client and its types adds no errors to those of the document.
mod app {
    use super::api::types::{self, Pet};
    use super::api::{Client, types::*};

    pub struct App {
        pub client: Client,
        pub pet: Pet,
        pub state: Option<types::State>,
    }

    pub async fn states(client: Client, states: Vec<State>) -> usize {
        let pet = client.fetch_pet("Ada").await.unwrap();
        states.iter().filter(|state| pet.state.as_ref() == Some(state)).count()
    }
}

fn main() {}
