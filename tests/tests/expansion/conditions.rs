//! Properties that only some objects of a schema have.

use serde_json::{Value, json};

use crate::{decode, round_trip};

frontline::frontline_api!("specs/conditions.yaml", warnings = false);

use types::{
    Account, AccountLimit, Added, AddedText, Chain, Extended, Forms, FormsV, Free, Person, Ruled, Thing, Vehicle, Whole,
};

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
fn an_object_without_properties_of_its_own_keeps_all() {
    let free: Free = round_trip(&json!({"name": "car", "doors": 4, "wheels": 4}));
    let doors: Option<i64> = free.doors;
    assert_eq!((doors, free.additional_properties.len()), (Some(4), 1));
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

#[test]
fn what_conditions_add_to_a_described_property_is_kept() {
    let added: Added = round_trip(&json!({
        "k": "more", "a": {"x": 1, "y": "b"}, "named": {"name": "car", "wheels": 4},
        "list": [{"x": 1, "y": "b"}, {}], "map": {"one": {"name": "car", "wheels": 4}}, "text": "s",
        "free": {"y": "b", "more": [1]}, "more": {"doors": 2, "seats": 4}, "mixed": "text",
    }));
    let (x, y): (i64, Option<types::AddedAY>) = (added.a.x, added.a.y);
    assert_eq!((x, y), (1, Some(types::AddedAY::Text("b".into()))));
    let (wheels, seats): (Option<i64>, Option<i64>) = (added.named.unwrap().wheels, added.more.unwrap().seats);
    assert_eq!((wheels, seats), (Some(4), Some(4)));
    assert_eq!(added.list.unwrap()[0].y.as_deref(), Some("b"));
    assert_eq!((added.map.unwrap()["one"].wheels, added.free.unwrap().y.as_deref()), (Some(4), Some("b")));
    let added: Added = round_trip(&json!({"k": "else", "a": {"x": 2, "y": 3, "z": {"deep": 4}}, "text": "t"}));
    assert_eq!((added.a.x, added.text), (2, Some(AddedText::T)));
}

#[test]
fn conditions_that_add_nothing_leave_the_type_alone() {
    let added: Added = decode(json!({"a": {"x": 1}, "same": {"name": "car"}, "either": {"doors": 4}}));
    let same: Option<Thing> = added.same;
    assert_eq!(same.unwrap().name.as_deref(), Some("car"));
    assert!(matches!(added.either, Some(types::AddedEither::Car(_))));
}

#[test]
fn conditions_can_contain_themselves() {
    let link = json!({"n": 2, "label": "b", "next": {"label": "c", "next": {"label": "d"}}});
    let _: Chain = round_trip(&json!({"n": 1, "next": link}));
}

#[test]
fn no_value_of_a_property_that_conditions_describe_differently_is_refused() {
    for v in [json!(1), json!("b"), json!(["c"])] {
        let forms: Forms = round_trip(&json!({"v": v}));
        assert!(!matches!(forms.v, None | Some(FormsV::Unknown(_))), "{v}");
    }
    for w in [json!(1), json!("abcd"), json!({"a": 1})] {
        let _: Forms = round_trip(&json!({"w": w, "t": "y", "n": "z", "f": "g"}));
    }
    let more: types::MoreForms = round_trip(&json!({"v": true}));
    assert_eq!(more.v, Some(types::MoreFormsV::Flag(true)));
}

#[test]
fn a_constant_under_a_condition_does_not_rule_a_member_out() {
    for json in [json!({"a": "x", "t": "x", "n": 1}), json!({"a": "y", "t": "z", "n": 2})] {
        assert!(matches!(round_trip(&json), Ruled::RuledA(_)), "{json}");
    }
    let whole: Whole = round_trip(&json!({"doors": 2, "seats": 4}));
    assert_eq!(whole.seats, Some(4));
}
