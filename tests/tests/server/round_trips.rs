//! What clients send arrives, and what services return comes back.

use super::*;
use std::collections::BTreeMap;

#[tokio::test]
async fn parameters_of_each_style_arrive() {
    let server = shelter().await;
    let filter = Filter::new().age(3);
    let params = FetchPetParams::new()
        .tags(vec!["a,b".into(), "ü &=+".into()])
        .ids(vec![1, 2])
        .filter(filter)
        .limit(5)
        .x_trace("abc")
        .theme("dark");
    let pet = server.client().unwrap().fetch_pet_with(&types::FetchPetKind::Cat, "a/b c", &params).await.unwrap();
    assert_eq!(pet.name, "a/b c");
    assert_eq!(server.service().seen.lock().unwrap()[0], format!("{:?}", (types::FetchPetKind::Cat, "a/b c", params)));
    let received = &server.requests()[0];
    assert_eq!((received.operation(), received.method().as_str()), (Some("fetchPet"), "GET"));
    assert_eq!(received.parameter("tags").unwrap(), &serde_json::json!(["a,b", "ü &=+"]));
    assert_eq!(received.parameter("filter").unwrap(), &serde_json::json!({"age": 3}));
}

#[tokio::test]
async fn the_client_chooses_the_media_type_and_the_service_the_status() {
    let server = shelter().await;
    let client = server.client().unwrap();
    let text = client.fetch_pet_csv(&types::FetchPetKind::Dog, "rex").await.unwrap();
    assert_eq!((text.as_str(), text.headers()["content-type"].as_bytes()), ("name\nrex\n", &b"text/csv"[..]));
    let created = client.replace_pet(&types::FetchPetKind::Dog, "rex", &Pet::new("max")).await.unwrap();
    assert_eq!(created.status(), 201);
    assert_eq!(created.into_inner(), Some(Pet::new("max")));
    let replaced = client.replace_pet(&types::FetchPetKind::Dog, "rex", &Pet::new("rex")).await.unwrap();
    assert_eq!(replaced.status(), 204);
    let missing = client.fetch_pet(&types::FetchPetKind::Dog, "nobody").await.unwrap_err();
    assert_eq!(missing.headers().unwrap()["content-type"], "application/problem+json");
    assert_eq!(missing.body_as::<types::Problem>().unwrap().unwrap().title.as_deref(), Some("no such pet"));
}

#[tokio::test]
async fn forms_parts_texts_and_events_arrive() {
    let server = shelter().await;
    let client = server.client().unwrap();
    let owner = Filter::new().age(40);
    let form = RegisterRequest::new("Löwe & Co").age(3).tags(vec!["x".into(), "y z".into()]).owner(owner);
    assert_eq!(client.register(&vec!["cat".to_owned(), "big".to_owned()], &form).await.unwrap().as_str(), "registered");
    let body =
        UploadRequest::new("\0\r\n--binary").title("short").pet(Pet::new("ada")).more(vec!["1".into(), "2".into()]);
    let back = client.upload(body).await.unwrap().into_inner().collect(100).await.unwrap();
    assert_eq!(&back[..], b"\0\r\n--binary");
    let mut events = client.note(Some("a plain note".to_owned().into())).await.unwrap().into_inner();
    assert_eq!(events.next_event().await.unwrap().unwrap().data, Pet::new("ada"));
    assert_eq!(events.next_event().await.unwrap().unwrap().data, Pet::new("line\nbreak"));
    assert!(events.next_event().await.unwrap().is_none());
    drop(client.note(None).await.unwrap());
    let seen = server.service().seen.lock().unwrap().clone();
    assert_eq!(seen[0], format!("{:?}", (["cat", "big"], form)));
    assert_eq!(seen[1], format!("{:?}", (Some("short"), Some(Pet::new("ada")), Some(2))));
    assert_eq!(seen[2], format!("{:?}", Some(NoteBody::from("a plain note".to_owned()))));
    assert_eq!(seen[3], "None");
    let typed: RegisterRequest = server.requests()[0].body_as().unwrap().unwrap();
    assert_eq!(typed.age, Some(3));
    assert!(server.requests()[1].body_as::<BTreeMap<String, String>>().is_none());
}

#[tokio::test]
async fn files_that_are_left_out_do_not_arrive() {
    let server = shelter().await;
    server.client().unwrap().upload(UploadRequest::new("x")).await.unwrap();
    assert_eq!(server.service().seen.lock().unwrap()[0], format!("{:?}", (None::<&str>, None::<Pet>, None::<usize>)));
}
