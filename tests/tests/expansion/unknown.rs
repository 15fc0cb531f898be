//! Properties that the document does not list.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::{answering, decode, encode, round_trip};

frontline::frontline_api!("specs/unknown.yaml");

mod keeping {
    frontline::frontline_api!("specs/unknown.yaml", unknown_properties = keep);
}

mod dropping {
    frontline::frontline_api!("specs/unknown.yaml", unknown_properties = drop);
}

use types::{Event, EventVariant, Owner, Pet, PetFavorite, PetTagged, Report, Room};

#[tokio::test]
async fn what_is_read_and_sent_back_loses_nothing() {
    let pet = r#"{"name":"Ada","owner":{"born":1815,"more":{"a":[null]}},"legs":4,"mother":null}"#;
    let server = answering("200 OK", pet);
    let client = Client::builder().base_url(server.url()).build().unwrap();
    let mut pet = client.fetch_pet().await.unwrap().into_inner();
    assert_eq!((&pet.additional_properties["legs"], &pet.additional_properties["mother"]), (&json!(4), &Value::Null));
    pet.name = "Grace".into();
    client.put_pet(&pet).await.unwrap();
    let sent: Value = serde_json::from_str(&server.requests()[1].body).unwrap();
    assert_eq!(
        sent,
        json!({"name": "Grace", "owner": {"born": 1815, "more": {"a": [null]}}, "legs": 4, "mother": null})
    );
}

#[tokio::test]
async fn a_number_that_cannot_be_kept_is_an_error_only_where_it_is_kept() {
    let server = answering("200 OK", r#"{"name":"a","size":1,"more":1e400,"bigger":18446744073709551617}"#);
    let client = Client::builder().base_url(server.url()).build().unwrap();
    assert_eq!(client.put_pet(&Pet::new("a")).await.unwrap().size, Some(1));
    let error = client.fetch_pet().await.unwrap_err();
    let message = "`$[…]` (line 1, column 29): expected a number in the range of `f64`";
    assert!(error.to_string().contains(message), "{error}");
    let server = answering("200 OK", r#"{"name":"a","owner":{"more":18446744073709551617}}"#);
    let client = Client::builder().base_url(server.url()).build().unwrap();
    let error = client.fetch_pet().await.unwrap_err();
    let message = "`$.owner[…]` (line 1, column 29): expected an integer that an `f64` represents without loss";
    assert!(error.to_string().contains(message), "{error}");
}

#[test]
fn what_is_only_read_drops_unknown_properties_by_default() {
    let report: Report = decode(json!({"size": 1, "more": 2, "kept": {"a": "b", "more": 3}}));
    assert_eq!(encode(&report), json!({"size": 1, "kept": {"a": "b", "more": 3}}));
}

#[test]
fn schemas_without_further_properties_and_schemas_that_say_so_drop_them() {
    let pet: Pet = decode(json!({"name": "a", "closed": {"a": "b", "more": 1}, "lean": {"a": "b", "more": 1}}));
    assert_eq!(encode(&pet), json!({"name": "a", "closed": {"a": "b"}, "lean": {"a": "b"}}));
}

#[test]
fn the_option_decides_for_all_schemas() {
    let json = json!({"size": 1, "more": 2, "kept": {"a": "b", "more": 3}});
    let report: keeping::types::Report = round_trip(&json);
    assert_eq!(report.additional_properties, BTreeMap::from([("more".to_owned(), json!(2))]));
    let report: keeping::types::Report = decode(json!({"closed": {"more": 1}}));
    assert_eq!(encode(&report), json!({"closed": {}}));
    // The extension of a schema takes precedence.
    let report: dropping::types::Report = decode(json);
    assert_eq!(encode(&report), json!({"size": 1, "kept": {"a": "b", "more": 3}}));
    let pet: dropping::types::Pet = decode(json!({"name": "a", "legs": 4}));
    assert_eq!(encode(&pet), json!({"name": "a"}));
}

#[test]
fn unknown_properties_do_not_decide_between_the_members_of_a_union() {
    let pet: Pet = round_trip(&json!({
        "name": "a", "favorite": {"taste": "sweet", "more": 1}, "tagged": {"kind": "Food", "color": "red"},
    }));
    let Some(PetFavorite::Food(food)) = pet.favorite else { panic!("{:?}", pet.favorite) };
    assert_eq!((food.taste.as_deref(), food.additional_properties.len()), (Some("sweet"), 1));
    let Some(PetTagged::Food(food)) = pet.tagged else { panic!("{:?}", pet.tagged) };
    assert_eq!((food.taste, &food.additional_properties["color"]), (None, &json!("red")));
}

#[test]
fn unknown_properties_beside_a_union_are_kept_once() {
    let event: Event = round_trip(&json!({"at": 1, "meow": "b", "more": 2}));
    let EventVariant::Meow(meow) = event.variant else { panic!("{:?}", event.variant) };
    assert_eq!(event.additional_properties, BTreeMap::from([("more".to_owned(), json!(2))]));
    assert!(meow.additional_properties.is_empty());
    let _: Pet = round_trip(&json!({"name": "a", "twofold": {"one": 1, "four": 4, "more": 5}, "mapped": {"two": 2}}));
}

#[test]
fn unknown_properties_can_be_sent() {
    let mut owner = Owner::new().additional_properties("own");
    owner.additional_properties_.insert("more".to_owned(), json!(1));
    assert_eq!(encode(&owner), json!({"additional_properties": "own", "more": 1}));
}

#[test]
fn unknown_properties_beside_personal_data_are_redacted() {
    let owner: Owner = decode(json!({"email": "ada@example.com", "second": "ada@example.org"}));
    assert!(!format!("{owner:?}").contains("ada"), "{owner:?}");
}

#[test]
fn unknown_properties_are_redacted_in_all_types_of_an_operation_with_personal_data() {
    let pet: Pet = decode(json!({
        "name": "a", "email": "ada@a", "favorite": {"taste": "b", "email": "ada@b"}, "bag": {"email": "ada@c"},
        "event": {"at": 1, "meow": "c", "email": "ada@d"}, "notes": {"email": "ada@e"},
        "tagged": {"kind": "other", "email": "ada@g"},
    }));
    let shown = format!("{pet:?}");
    assert!(!shown.contains("ada") && shown.contains("at: Some(1)"), "{shown}");
    let room: Room = decode(json!({"legs": 4, "shelf": {"boards": 5}}));
    let shown = format!("{room:?}");
    assert!(shown.contains("legs") && shown.contains("boards"), "{shown}");
}
