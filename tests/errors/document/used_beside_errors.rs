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

    pub trait Described {
        fn description(&self) -> String;
    }

    impl Described for Pet {
        fn description(&self) -> String {
            format!("{self:?} {}", frontline::private::serde_json::to_string(self).unwrap_or_default())
        }
    }

    impl Described for State {
        fn description(&self) -> String {
            match self {
                Self::Here => "here".to_owned(),
                State::Unknown(other) => other.clone(),
                _ => self.as_str().to_owned(),
            }
        }
    }

    impl From<Pet> for String {
        fn from(pet: Pet) -> Self {
            pet.name.unwrap_or_default()
        }
    }

    impl From<State> for String {
        fn from(state: State) -> Self {
            state.description()
        }
    }

    pub fn client(token: &str) -> Result<Client, Box<dyn std::error::Error>> {
        Ok(Client::builder().bearer("token", token).base_url("http://localhost")?.build()?)
    }

    impl App {
        pub async fn names(&self, ids: &[&str]) -> Result<Vec<String>, frontline::Error> {
            let mut names = Vec::new();
            for id in ids {
                let response = self.client.fetch_pet(id, &FetchPetParams::default()).await?;
                names.extend(response.name.clone().or_else(|| response.owner.as_ref().map(|owner| owner.name.clone())));
            }
            names.sort_by_key(|name| name.len());
            Ok(names)
        }

        pub async fn name(&self, id: &str) -> Option<String> {
            let params = FetchPetParams::new().state(types::State::Here);
            let pet: Pet = self.client.fetch_pet(id, &params).await.ok()?.into_inner();
            pet.name.filter(|_| pet.state == Some(State::Gone))
        }
    }
}

fn main() {}
