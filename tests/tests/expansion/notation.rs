//! Notations of documents: JSON, anchors, merge keys, and numbers as keys.

use serde_json::json;

use crate::{answering, round_trip};

mod written_as_json {
    frontline::frontline_api!("specs/pets.json");
}

mod with_anchors {
    frontline::frontline_api!("specs/anchors.yaml");
}

#[test]
fn json_can_contain_tabs_and_escapes() {
    let pet: written_as_json::types::Pet = round_trip(&json!({"name!": "Ada", "id": 1}));
    assert_eq!((pet.name.as_deref(), pet.id), (Some("Ada"), Some(1)));
}

#[test]
fn an_alias_has_the_value_of_its_anchor() {
    let pet: with_anchors::types::Pet = round_trip(&json!({"name": "Ada", "age": 7}));
    assert_eq!(pet.age, Some(7_i64));
}

#[test]
fn keys_take_precedence_over_merged_keys() {
    let cat: with_anchors::types::Cat = round_trip(&json!({"name": "Ada", "age": "seven", "lives": 9}));
    let (age, lives): (Option<String>, Option<i64>) = (cat.age, cat.lives);
    assert_eq!((age.as_deref(), lives), (Some("seven"), Some(9)));
}

#[tokio::test]
async fn a_status_can_be_a_number() {
    let server = answering("200 OK", r#"{"name": "Ada", "age": 7}"#);
    let client = with_anchors::Client::builder().base_url(server.url()).build().unwrap();
    let listed: with_anchors::types::ListPetsResponse = client.list_pets().await.unwrap().into_inner();
    let added: with_anchors::types::Pet = client.add_pet().await.unwrap().into_inner();
    assert_eq!((listed.name, listed.age), (added.name, added.age));
}
