//! Imperfect documents: mistakes whose meaning is clear are not errors.

use serde_json::{Value, json};

use crate::{answering, decode, round_trip};

frontline::frontline_api!("specs/loose.yaml", warnings = false);

use types::{PetByTagParams, PetByTagResponse, PetMood, SendInnerRequest};

/// The document's schema `Pet`, which exists beside the list that the first operation returns.
type Pet = types::Pet;

#[test]
fn clashing_names_are_numbered_except_an_exact_match() {
    let pet: Pet = round_trip(&json!({"_id": "a", "id": "b", "ID": 3}));
    let (id, second, third): (Option<String>, Option<String>, Option<i64>) = (pet.id.into(), pet.id2, pet.id3);
    assert_eq!((id.as_deref(), second.as_deref(), third), (Some("b"), Some("a"), Some(3)));
}

#[test]
fn string_enums_keep_unquoted_numbers() {
    let pet: Pet = decode(json!({"mood": "7", "rank": 2, "size": 1, "oddity": "one"}));
    assert_eq!(pet.mood.value(), Some(&PetMood::_7));
    let (rank, oddity): (Option<i64>, Option<Value>) = (pet.rank.into(), pet.oddity.into());
    assert_eq!((rank, oddity), (Some(2), Some(json!("one"))));
}

#[tokio::test]
async fn operations_without_a_unique_id_are_named_after_their_path() {
    let server = answering("200 OK", r#"[{"id": "a"}]"#);
    let client = Client::builder().base_url(server.url()).build().unwrap();
    let pets: Vec<Pet> = client.get_pets().await.unwrap().into_inner();
    assert_eq!(pets[0].id.as_deref(), Some("a"));
    client.pets(Some(&Pet::new())).await.unwrap();
    client.pets2().await.unwrap();
    client.with2().await.unwrap();
    let requests = server.requests();
    let methods: Vec<&str> = requests.iter().filter_map(|request| request.line.split(' ').next()).collect();
    assert_eq!(methods, ["GET", "PUT", "DELETE", "PATCH"]);
}

#[tokio::test]
async fn duplicate_operation_ids_and_media_type_aliases_are_accepted() {
    let server = answering("201 Created", r#"{"id": "a"}"#);
    let client = Client::builder().base_url(server.url()).build().unwrap();
    let pet: Pet = client.post_pets(Some(&Pet::new().id("a"))).await.unwrap().into_inner();
    assert_eq!(pet.id.as_deref(), Some("a"));
}

#[tokio::test]
async fn undeclared_path_parameters_are_strings_and_unused_ones_are_ignored() {
    let server = answering("202 Accepted", r#"{"depth": 3}"#);
    let client = Client::builder().base_url(server.url()).build().unwrap();
    let params = PetByTagParams::new().sort(1_i64).sort2("up");
    let inner: PetByTagResponse = client.pet_by_tag_with("7", "a b", &params).await.unwrap().into_inner();
    assert_eq!(inner.depth, Some(3));
    client.send_inner("7", "c", Some(&SendInnerRequest::new().inner(inner))).await.unwrap();
    assert_eq!(server.requests()[0].line, "GET /pets/7/a%20b?sort=1 HTTP/1.1");
}
