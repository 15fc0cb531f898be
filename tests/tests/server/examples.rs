//! Answers from the document.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use futures_util::StreamExt;

use frontline::testing::example;
use frontline::{Error, Response};

mod exampled {
    frontline::frontline_api!("specs/exampled.yaml", warnings = false);
}

use exampled::server::{Examples, Server, Service};
use exampled::types::{Pet, Wild};

async fn serve(examples: Examples) -> (Server<Examples>, exampled::Client) {
    let server = Server::start(examples).await.unwrap();
    let client = server.client().unwrap();
    (server, client)
}

#[tokio::test]
async fn the_seed_chooses_among_the_valid_examples() {
    for (seed, name) in [(0, "bob"), (1, "eve"), (2, "bob")] {
        let (_server, client) = serve(Examples::seeded(seed)).await;
        assert_eq!(client.fetch_pet("x").await.unwrap().name, name);
    }
    let (_server, client) = serve(Examples::new()).await;
    assert_eq!(*client.fetch_pet_csv("x").await.unwrap(), "name\nada\n");
}

#[tokio::test]
async fn headers_are_sent_if_they_are_required_or_have_an_example() {
    let (_server, client) = serve(Examples::new()).await;
    let pet = client.fetch_pet("x").await.unwrap();
    let header = |name: &str| pet.headers().get(name).map(|value| value.to_str().unwrap().to_owned());
    assert_eq!(header("x-count").as_deref(), Some("3"));
    assert_eq!(header("x-note").as_deref(), Some("short"));
    assert_eq!(header("x-other"), None);
}

/// Each value is made of its schema, and is the same for the same seed.
#[tokio::test]
async fn values_are_made_of_schemas() {
    let mut variants = [false, false];
    for seed in 0..20 {
        let (_server, client) = serve(Examples::seeded(seed)).await;
        let pets = client.list_pets().await.unwrap();
        assert!((2..=3).contains(&pets.len()));
        for pet in pets.iter() {
            match pet {
                Wild::Cat(cat) => variants[0] |= (1..=9).contains(&cat.lives),
                Wild::Dog(_) => variants[1] = true,
                other => panic!("{other:?}"),
            }
        }
        assert_eq!(*pets, *client.list_pets().await.unwrap());
    }
    assert_eq!(variants, [true, true]);
}

#[tokio::test]
async fn each_kind_of_body_has_an_example() {
    let (_server, client) = serve(Examples::new()).await;
    let created = client.create_pet(&Pet::new("ada")).await.unwrap();
    assert!(created.status() == 201 && created.is_some());
    assert_eq!(client.delete_pets().await.unwrap().status(), 204);
    assert!(client.photo().await.unwrap().headers()["content-type"] == "image/png");
    let note = client.note().await.unwrap();
    assert!(note.len() == 7 && note.as_bytes()[4] == b'-', "{note:?}");
    let mut events = client.watch().await.unwrap().into_inner();
    assert!(!events.next().await.unwrap().unwrap().data.name.is_empty());
    let mut lines = client.export().await.unwrap().into_inner();
    assert!(!lines.next().await.unwrap().unwrap().name.is_empty());
}

#[tokio::test]
async fn closures_replace_single_answers() {
    let calls = Arc::new(AtomicUsize::new(0));
    let seen = Arc::clone(&calls);
    let examples = Examples::new().on_fetch_pet(move |name| {
        let first = seen.fetch_add(1, Ordering::SeqCst) == 0;
        async move { if first { Ok(Response::new(Pet::new(name))) } else { Err(example(1)) } }
    });
    let (server, client) = serve(examples).await;
    assert_eq!(client.fetch_pet("carl").await.unwrap().name, "carl");
    assert_eq!(client.fetch_pet("carl").await.unwrap().name, "eve");
    assert_eq!((calls.load(Ordering::SeqCst), server.requests().len()), (2, 2));
    assert_eq!(format!("{:?}", server.service()).matches("closure").count(), 1);
}

/// A service of its own can answer some operations, and leave others to the document.
struct Partly;

impl Service for Partly {
    async fn fetch_pet(&self, name: String) -> Result<Response<Pet>, Error> {
        if name == "ada" { Ok(Response::new(Pet::new(name))) } else { Err(example(1)) }
    }
}

#[tokio::test]
async fn a_service_can_leave_answers_to_the_document() {
    let server = Server::start(Partly).await.unwrap();
    let client = server.client().unwrap();
    assert_eq!(client.fetch_pet("ada").await.unwrap().name, "ada");
    assert_eq!(client.fetch_pet("bob").await.unwrap().name, "eve");
}

#[tokio::test]
async fn a_schema_without_a_value_needs_an_example() {
    let (server, client) = serve(Examples::new()).await;
    let error = client.never().await.unwrap_err();
    assert_eq!(error.status().unwrap(), 501);
    let [unexpected] = &server.take_unexpected()[..] else { panic!("one") };
    assert!(unexpected.starts_with("`never`: ") && unexpected.contains("needs an example"), "{unexpected}");
}

#[tokio::test]
async fn two_servers_with_one_seed_answer_alike() {
    let mut answers = Vec::new();
    for _ in 0..2 {
        let (_server, client) = serve(Examples::seeded(7)).await;
        let pets = client.list_pets().await.unwrap();
        answers.push((serde_json::to_value(&*pets).unwrap(), client.note().await.unwrap().into_inner()));
    }
    assert_eq!(answers[0], answers[1]);
}
