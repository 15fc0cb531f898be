mod api {
    frontline::frontline_api!("errors/references/dangling.yaml");
}

/// Code that names the client and its types adds no errors to those of the document.
mod app {
    use super::api::types::{self, Pet};
    use super::api::{Client, types::*};

    pub struct App {
        pub client: Client,
        pub pet: Pet,
        pub state: Option<types::State>,
    }

    pub fn states(states: Vec<State>) -> usize {
        Client::builder().build().map_or(0, |_| states.len())
    }
}

fn main() {}
