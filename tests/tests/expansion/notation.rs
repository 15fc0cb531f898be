//! The ways to write one document: JSON, anchors and merge keys, numbers as keys.

use serde_json::json;

use crate::{decode, round_trip};

mod written_as_json {
    frontline::frontline_api!("specs/pets.json");
}

mod with_anchors {
    frontline::frontline_api!("specs/anchors.yaml");
}

#[test]
fn json_with_tabs_and_escapes() {
    let pet: written_as_json::types::Pet = round_trip(&json!({"name!": "Ada", "id": 1}));
    assert_eq!((pet.name.as_deref(), pet.id), (Some("Ada"), Some(1)));
}

#[test]
fn an_alias_is_what_its_anchor_says() {
    let pet: with_anchors::types::Pet = round_trip(&json!({"name": "Ada", "age": 7}));
    assert_eq!(pet.age, Some(7_i64));
}

#[test]
fn a_merge_key_gives_way_to_what_stands_beside_it() {
    let cat: with_anchors::types::Cat = round_trip(&json!({"name": "Ada", "age": "seven", "lives": 9}));
    let (age, lives): (Option<String>, Option<i64>) = (cat.age, cat.lives);
    assert_eq!((age.as_deref(), lives), (Some("seven"), Some(9)));
}

/// The types of what the calls return come from the keys `200` and `201`, which are no strings in YAML.
#[test]
fn a_status_may_be_a_number() {
    let returned = |client: with_anchors::Client| async move {
        let listed: with_anchors::types::ListPetsResponse = client.list_pets().await?.into_inner();
        let added: with_anchors::types::Pet = client.add_pet().await?.into_inner();
        Ok::<_, frontline::Error>((listed, added))
    };
    let _ = returned;
    assert_eq!(decode::<with_anchors::types::ListPetsResponse>(json!({"name": "Ada"})).name.as_deref(), Some("Ada"));
}
