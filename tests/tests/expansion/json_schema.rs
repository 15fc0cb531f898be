//! Features that OpenAPI 3.1 takes from JSON Schema 2020-12.

use frontline::Nullable;
use serde_json::{Value, json};

use crate::{decode, encode, round_trip};

frontline::frontline_api!("specs/json_schema.yaml", warnings = false);

use types::{
    Complete, Labels, Limited, ListOrPlace, Mixed, Nested, Owner, Pet, PetBornPayload, PetCode, PetKind,
    PetSoldPayload, Place, PlaceItem2, Rest, Row, Series, Tagged, TextOrPair, TextOrPairList,
};

fn pet(more: &Value) -> Pet {
    let mut json = json!({"kind": "pet", "name": null, "age": 3});
    for (key, value) in more.as_object().into_iter().flatten() {
        json[key] = value.clone();
    }
    round_trip(&json)
}

#[test]
fn the_type_null_makes_an_option_and_exclusive_bounds_are_numbers() {
    let pet = pet(&json!({"height": 1.5}));
    let (name, age, height): (Option<String>, u32, Option<f64>) = (pet.name, pet.age, pet.height);
    assert_eq!((name, age, height), (None, 3, Some(1.5)));
}

#[test]
fn a_constant_is_an_enum_with_one_value() {
    assert_eq!(pet(&json!({})).kind, PetKind::Pet);
    assert_eq!(decode::<PetKind>(json!("dog")), PetKind::Unknown("dog".into()));
}

#[test]
fn several_types_are_a_union() {
    assert_eq!(pet(&json!({"code": 7})).code, Some(PetCode::Integer(7_i32)));
    assert_eq!(pet(&json!({"code": "a"})).code, Some(PetCode::Text("a".into())));
    assert_eq!(pet(&json!({"code": ["a"]})).code, Some(PetCode::List(vec!["a".into()])));
    assert_eq!(decode::<Pet>(json!({"kind": "pet", "age": 1, "code": null})).code, None);
}

#[test]
fn encoded_content_is_bytes() {
    assert_eq!(pet(&json!({"photo": "AQI="})).photo.unwrap().as_ref(), [1, 2]);
}

#[test]
fn boolean_schemas_and_the_type_null_accept_any_value() {
    let pet = pet(&json!({"anything": {"a": [1]}, "never": 1}));
    let (anything, never): (Option<Value>, Option<Value>) = (pet.anything, pet.never);
    assert_eq!((anything, never), (Some(json!({"a": [1]})), Some(json!(1))));
    let nothing: Option<Value> = pet.nothing;
    assert_eq!(nothing, None);
}

#[test]
fn definitions_in_a_schema_keep_their_names() {
    let pet = pet(&json!({"owner": {"name": "Ada", "pets": [{"kind": "pet", "name": "Rex", "age": 1}]}}));
    let owner: Owner = pet.owner.unwrap();
    assert_eq!(owner.pets.unwrap()[0].name.as_deref(), Some("Rex"));
}

#[test]
fn prefix_items_are_a_tuple() {
    let place: Place = pet(&json!({"place": [1.5, 2.5, {"label": "home"}]})).place.unwrap();
    let Place(latitude, longitude, item) = place;
    let label = item.and_then(|PlaceItem2 { label, .. }| label);
    assert_eq!((latitude, longitude, label.as_deref()), (Some(1.5), Some(2.5), Some("home")));
    assert!(serde_json::from_value::<Place>(json!([1, 2, {}, 4])).is_err());
    let route: Option<Vec<String>> = pet(&json!({"route": ["a", "b"]})).route;
    assert_eq!(route.unwrap().len(), 2);
}

#[test]
fn a_tuple_can_be_shorter_or_longer() {
    for json in [
        json!([]),
        json!(["a"]),
        json!(["a", null]),
        json!(["a", 1]),
        json!(["a", null, null]),
        json!(["a", null, {"b": 1}, null, ["c"]]),
    ] {
        let _: Row = round_trip(&json);
    }
    assert_eq!(decode::<Row>(json!(["a", null, 1, 2])), {
        Row(Some("a".into()), Nullable::Null, Some(json!(1)), vec![json!(2)])
    });
    // A list has no gaps.
    assert_eq!(encode(&Row(None, Nullable::Value(1), None, vec![])), json!([null, 1]));
    assert_eq!(encode(&Row(None, Nullable::Absent, None, vec![json!(1)])), json!([null, null, null, 1]));
}

#[test]
fn a_tuple_has_as_many_items_as_its_schema_allows() {
    let error = |error: serde_json::Error| error.to_string();
    assert_eq!(round_trip::<Series>(&json!(["a", 1, 2])), Series("a".into(), vec![1, 2]));
    assert!(serde_json::from_value::<Series>(json!([])).map_err(error).unwrap_err().contains("at least 1 items"));
    assert_eq!(round_trip::<Limited>(&json!(["a"])), Limited(Some("a".into()), None));
    let long = serde_json::from_value::<Limited>(json!(["a", true, 1])).map_err(error).unwrap_err();
    assert!(long.contains("a list of 0 to 2 items"), "{long}");
}

#[test]
fn a_tuple_without_a_type_allows_values_that_are_no_lists() {
    let list = types::UntypedList(Some("a".into()), Some(1), vec![]);
    assert_eq!(round_trip::<types::Untyped>(&json!(["a", 1])), types::Untyped::List(list));
    for other in [json!("a"), json!({"a": 1}), json!(2)] {
        assert_eq!(round_trip::<types::Untyped>(&other), types::Untyped::Unknown(other));
    }
}

#[test]
fn a_prefix_of_one_item_has_its_type() {
    assert_eq!(round_trip::<types::Single>(&json!(["a", 1])), types::Single(Some("a".into()), vec![json!(1)]));
    let alone: Vec<String> = round_trip::<types::Alone>(&json!(["a"]));
    let within: Vec<i64> = round_trip::<types::Within>(&json!([1]));
    assert_eq!((alone.len(), within[0]), (1, 1));
    assert_eq!(round_trip::<types::Joined>(&json!([1, "a"])), types::Joined(Some(1), Some("a".into())));
}

#[test]
fn a_tuple_is_a_member_of_a_union() {
    assert_eq!(round_trip::<TextOrPair>(&json!("a")), TextOrPair::Text("a".into()));
    let pair = TextOrPair::List(TextOrPairList(1, "b".into()));
    assert_eq!(round_trip::<TextOrPair>(&json!([1, "b"])), pair);
}

#[test]
fn each_of_several_types_has_its_own_keywords() {
    assert_eq!(round_trip::<ListOrPlace>(&json!([1, 2])), ListOrPlace::List(vec![1, 2]));
    assert_eq!(round_trip::<ListOrPlace>(&json!("a")), ListOrPlace::Text("a".into()));
    let ListOrPlace::Object(place) = round_trip(&json!({"name": "here"})) else { panic!("an object") };
    assert_eq!(place.name, "here");
}

#[test]
fn pattern_properties_are_maps() {
    let labels: Labels = round_trip(&json!({"x-a": 1}));
    assert_eq!(labels["x-a"], 1_i64);
    let complete: Complete = round_trip(&json!({"a": 1}));
    assert_eq!(complete["a"], 1_i64);
    let tagged: Tagged = round_trip(&json!({"x-a": 1, "other": [true]}));
    assert_eq!(tagged["other"], json!([true]));
    let mixed: Mixed = round_trip(&json!({"name": "Ada", "x-a": 1, "other": "b"}));
    assert_eq!(mixed.additional_properties["other"], json!("b"));
    let rest: Rest = round_trip(&json!({"name": "Ada", "more": 1}));
    assert_eq!(rest.additional_properties["more"], 1_i64);
}

#[test]
fn a_recursive_list_is_a_separate_type() {
    let nested: Nested = round_trip(&json!([[], [[]]]));
    assert_eq!(nested.0[1].0.len(), 1);
}

#[test]
fn webhook_payloads_have_types() {
    let born: PetBornPayload = decode(json!({"name": "Rex"}));
    assert_eq!(born.name, "Rex");
    let sold: PetSoldPayload = pet(&json!({}));
    let _: Pet = sold;
}

#[test]
fn a_document_without_paths_has_a_client_without_operations() {
    let client = Client::builder().base_url("https://pets.example").build();
    assert!(client.is_ok());
    assert_eq!(encode(&PetKind::Pet), json!("pet"));
}
