//! Properties that only some objects of a schema have.

use serde_json::{Value, json};

use crate::{decode, round_trip};

frontline::frontline_api!("specs/conditions.yaml");

use types::{Account, AccountLimit, Extended, Free, Person, Vehicle};

#[test]
fn properties_under_conditions_are_optional() {
    let firm: Account = round_trip(&json!({"kind": "firm", "vat": "V1", "card": "c", "billing": "B"}));
    let (vat, billing): (Option<String>, Option<String>) = (firm.vat, firm.billing);
    assert_eq!((vat.as_deref(), billing.as_deref()), (Some("V1"), Some("B")));
    let person: Account = round_trip(&json!({"kind": "person", "born": "1815-12-10"}));
    assert_eq!(person.born.map(|born| born.to_string()).as_deref(), Some("1815-12-10"));
}

#[test]
fn a_property_with_several_schemas_is_a_union_of_them() {
    let firm: Account = round_trip(&json!({"kind": "firm", "limit": 3}));
    assert_eq!(firm.limit, Some(AccountLimit::Integer(3)));
    let person: Account = round_trip(&json!({"kind": "person", "limit": true}));
    assert_eq!(person.limit, Some(AccountLimit::Flag(true)));
}

#[test]
fn a_property_that_conditions_only_name_can_have_any_value() {
    let firm: Account = round_trip(&json!({"kind": "firm", "size": 1, "contact": {"a": [1]}, "expires": "2030"}));
    let (size, contact, expires): (Option<Value>, Option<Value>, Option<Value>) =
        (firm.size, firm.contact, firm.expires);
    assert_eq!((size, contact, expires), (Some(json!(1)), Some(json!({"a": [1]})), Some(json!("2030"))));
}

#[test]
fn conditions_count_in_members_and_within_each_other() {
    let car: Vehicle = round_trip(&json!({"name": "car", "doors": 4, "windows": 6, "tint": "dark"}));
    let doors: Option<i64> = car.doors;
    assert_eq!((doors, car.tint.as_deref()), (Some(4), Some("dark")));
    let ship: Vehicle = round_trip(&json!({"name": "ship", "sails": 2, "screws": 1}));
    assert_eq!((ship.sails, ship.screws), (Some(2), Some(1)));
    let extended: Extended = round_trip(&json!({"name": "Ada", "nickname": "A"}));
    assert_eq!(extended.nickname.as_deref(), Some("A"));
}

#[test]
fn an_object_without_properties_of_its_own_stays_a_map() {
    let free: Free = round_trip(&json!({"name": "car", "doors": 4, "wheels": 4}));
    assert_eq!(free.len(), 3);
}

#[test]
fn a_property_that_is_personal_data_under_a_condition_is_redacted() {
    let person: Person = decode(json!({"kind": "person", "email": "ada@a", "phone": "ada", "size": 3}));
    let shown = format!("{person:?}");
    assert!(!shown.contains("ada") && shown.contains("size: Some(3)"), "{shown}");
    let form = types::PostPersonRequest::new().email("ada@a".into()).phone("ada").size(3);
    let shown = format!("{form:?}");
    assert!(!shown.contains("ada") && shown.contains("size: Some(3)"), "{shown}");
}

#[test]
fn members_that_only_describe_conditional_properties_keep_them() {
    let members = [json!({"k": "a", "d": 1}), json!({"k": "a", "w": 1}), json!({"k": "a", "d": 1, "w": 2})];
    for json in members {
        let _: types::Members = round_trip(&json);
    }
}
