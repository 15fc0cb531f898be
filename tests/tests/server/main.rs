//! Test servers: each operation's arguments and responses, what contradicts the document, and faults.

mod constraints;
mod contrary;
mod examples;
mod faults;
mod reading;
mod round_trips;
mod streams;
mod strict;

use std::sync::Mutex;

use frontline::bytes::Bytes;
use frontline::http::StatusCode;
use frontline::{Error, Response};

frontline::frontline_api!("specs/served.yaml");

use types::{FetchPetParams, Filter, NoteBody, Pet, RegisterRequest, UploadRequest};

/// Answers with what it gets.
#[derive(Default)]
struct Shelter {
    seen: Mutex<Vec<String>>,
}

impl Shelter {
    fn see(&self, what: impl std::fmt::Debug) {
        self.seen.lock().unwrap().push(format!("{what:?}"));
    }
}

impl server::Service for Shelter {
    async fn fetch_pet(
        &self,
        kind: types::FetchPetKind,
        name: String,
        params: FetchPetParams,
    ) -> Result<Response<Pet>, Error> {
        self.see((kind, &name, params));
        if name == "nobody" {
            return Err(Error::from_status(StatusCode::NOT_FOUND, r#"{"title":"no such pet"}"#));
        }
        Ok(Response::new(Pet::new(name)))
    }

    async fn fetch_pet_csv(
        &self,
        _: types::FetchPetKind,
        name: String,
        _: FetchPetParams,
    ) -> Result<Response<String>, Error> {
        Ok(Response::new(format!("name\n{name}\n")))
    }

    async fn replace_pet(
        &self,
        _: types::FetchPetKind,
        name: String,
        body: Pet,
    ) -> Result<Response<Option<Pet>>, Error> {
        Ok(Response::new(Some(body).filter(|pet| pet.name != name)))
    }

    async fn register(&self, kind: Vec<String>, body: RegisterRequest) -> Result<Response<String>, Error> {
        self.see((kind, body));
        Ok(Response::new("registered".to_owned()))
    }

    async fn upload(&self, body: UploadRequest) -> Result<Response<Bytes>, Error> {
        self.see((body.title, body.pet, body.more.map(|files| files.len())));
        Ok(Response::new(body.photo.into_content().collect(1000).await?))
    }

    async fn note(&self, body: Option<NoteBody>) -> Result<Response<Vec<Pet>>, Error> {
        self.see(body);
        Ok(Response::new(vec![Pet::new("ada"), Pet::new("line\nbreak")]))
    }
}

async fn shelter() -> server::Server<Shelter> {
    server::Server::start(Shelter::default()).await.unwrap()
}
