//! Values that several types describe, or that one of them cannot hold: none is lost or changed.

use serde_json::json;

use frontline::Nullable;

use crate::{decode, encode, round_trip};

frontline::frontline_api!("specs/survival.yaml");

use types::{All, Entries, EntriesVariant, Requiring, RequiringOpen, RequiringOpenVariant, RequiringVariant};
use types::{Numbers, NumbersList, NumbersListed, NumbersMap, NumbersObject, NumbersTuple, NumbersWide, NumbersWides};
use types::{Twice, TwiceVariant, TwiceVariantFirst};

#[test]
fn a_member_that_requires_a_property_around_its_union_is_chosen_only_with_it() {
    for (json, is_first) in [
        (json!({"a": "x", "d": null}), true),
        (json!({"a": null, "d": "y"}), true),
        (json!({"b": 1, "c": null}), false),
        (json!({"b": null, "c": "y", "e": [null]}), false),
    ] {
        let requiring: Requiring = round_trip(&json);
        assert_eq!(matches!(requiring.variant, RequiringVariant::First(_)), is_first, "{json}");
        assert_eq!(matches!(requiring.variant, RequiringVariant::Second(_)), !is_first, "{json}");
    }
    let open: RequiringOpen = round_trip(&json!({"a": "x", "e": true}));
    assert!(matches!(open.variant, RequiringOpenVariant::First(_)), "{open:?}");
    let open: RequiringOpen = round_trip(&json!({"b": 1, "e": "x"}));
    assert!(matches!(open.variant, RequiringOpenVariant::Second(_)), "{open:?}");
}

#[test]
fn a_number_that_a_member_cannot_hold_does_not_become_text_at_any_depth() {
    for large in [json!(9_223_372_036_854_775_808_u64), json!(1.5)] {
        let numbers: Numbers = round_trip(&json!({
            "list": [1, large], "map": {"a": large}, "tuple": ["a", large], "object": {"n": [large]},
        }));
        assert!(matches!(numbers.list, Some(NumbersList::Unknown(_))));
        assert!(matches!(numbers.map, Some(NumbersMap::Unknown(_))));
        assert!(matches!(numbers.tuple, Some(NumbersTuple::Unknown(_))));
        assert!(matches!(numbers.object, Some(NumbersObject::Unknown(_))));
    }
    let numbers: Numbers = round_trip(&json!({
        "list": ["1"], "map": {"a": 1}, "tuple": ["a", "1"], "object": {"n": [1]}, "listed": [3],
    }));
    assert!(matches!(numbers.list, Some(NumbersList::Texts(_))));
    assert!(matches!(numbers.map, Some(NumbersMap::Numbers(_))));
    assert!(matches!(numbers.tuple, Some(NumbersTuple::Texts(_))));
    assert!(matches!(numbers.object, Some(NumbersObject::Numbers(_))));
    assert!(matches!(numbers.listed, Some(NumbersListed::Numbers(_))));
}

#[test]
fn an_integer_keeps_its_digits_in_a_union_with_floats() {
    for integer in [9_007_199_254_740_993_i64, 1_000_000_000_000_000_000, i64::MIN] {
        let numbers: Numbers = round_trip(&json!({"wide": integer, "wides": [integer]}));
        assert_eq!(numbers.wide, Some(NumbersWide::Integer(integer)));
        assert_eq!(numbers.wides, Some(NumbersWides::Integers(vec![integer])));
    }
    let numbers: Numbers = round_trip(&json!({"wide": 0.5, "wides": [0.5]}));
    assert_eq!((numbers.wide, numbers.wides), (Some(NumbersWide::Number(0.5)), Some(NumbersWides::Floats(vec![0.5]))));
}

fn twice() -> (Twice, TwiceVariantFirst) {
    let twice: Twice = round_trip(&json!({
        "count": 1, "at": "2024-01-02T10:00:00Z", "note": "n", "level": "low", "any": {"y": 1, "z": [2]}, "a": "x",
        "data": {"id": "i", "tags": ["t"], "x": 1, "more": 2},
    }));
    let TwiceVariant::First(first) = twice.variant.clone() else { panic!("{twice:?}") };
    (twice, first)
}

#[test]
fn a_property_that_several_types_have_is_changed_in_all_of_them() {
    let (mut twice, mut first) = twice();
    (twice.count, first.count) = (Some(2), 2.0);
    (twice.note, first.note) = (Nullable::Null, Nullable::Null);
    (twice.at, first.at) = (None, None);
    twice.data.as_mut().unwrap().tags = Some(vec!["u".into()]);
    first.data.as_mut().unwrap().tags = Some(vec!["u".into()]);
    twice.variant = TwiceVariant::First(first);
    assert_eq!(
        encode(&twice),
        json!({
            "count": 2, "note": null, "level": "low", "any": {"y": 1, "z": [2]}, "a": "x",
            "data": {"id": "i", "tags": ["u"], "x": 1, "more": 2},
        })
    );
}

#[test]
fn a_property_that_is_set_in_one_type_is_written() {
    let (mut twice, mut first) = twice();
    (twice.count, twice.level, twice.note, first.at) = (None, None, Nullable::Absent, None);
    twice.data.as_mut().unwrap().id = None;
    // What a type does not describe is no description.
    first.data.as_mut().unwrap().additional_properties.insert("more".into(), json!(3));
    twice.data.as_mut().unwrap().additional_properties.insert("more".into(), json!(3));
    first.data.as_mut().unwrap().x = Some(5);
    first.any.as_mut().unwrap().y = Some(6);
    let mut unknown = twice.clone();
    twice.variant = TwiceVariant::First(first);
    assert_eq!(
        encode(&twice),
        json!({
            "count": 1.0, "at": "2024-01-02T10:00:00Z", "note": "n", "level": "low", "any": {"y": 6, "z": [2]}, "a": "x",
            "data": {"id": "i", "tags": ["t"], "x": 5, "more": 3},
        })
    );
    unknown.variant = TwiceVariant::Unknown(json!({"any": {"y": 7}, "id": "entry"}));
    unknown.id = Some(decode(json!("0b7d5a6e-4e6b-4b51-9e5a-1d2f3c4b5a69")));
    assert_eq!((&encode(&unknown)["any"], &encode(&unknown)["id"]), (&json!({"y": 1, "z": [2]}), &encode(&unknown.id)));
}

type Change = fn(&mut Twice);

#[tokio::test]
async fn different_values_of_a_property_are_an_invalid_argument() {
    let client = Client::builder().base_url("http://127.0.0.1:9").build().unwrap();
    let changes: [(&str, Change); 6] = [
        ("count", |twice| twice.count = Some(2)),
        ("at", |twice| twice.at = Some(decode(json!("2025-01-02T10:00:00Z")))),
        ("note", |twice| twice.note = Nullable::Null),
        ("level", |twice| twice.level = Some("high".into())),
        ("data", |twice| twice.data.as_mut().unwrap().id = Some("j".into())),
        ("data", |twice| twice.data.as_mut().unwrap().tags.as_mut().unwrap().push("u".into())),
    ];
    for (name, change) in changes {
        let (mut twice, _) = twice();
        change(&mut twice);
        let error = client.put_all(&All::new().twice(twice)).await.unwrap_err();
        assert!(error.is_invalid_argument());
        let message = error.to_string();
        assert!(message.contains(&format!("`{name}` has different values")), "{message}");
    }
}

#[test]
fn spellings_of_one_value_are_no_different_values() {
    let json = json!({
        "id": "0B7D5A6E-4E6B-4B51-9E5A-1D2F3C4B5A69", "count": 1.0, "at": "2024-01-02 10:00:00+01:00", "level": "new",
        "a": "x", "note": "", "data": [],
    });
    let written = encode(&decode::<Twice>(json));
    assert_eq!((&written["id"], &written["count"]), (&json!("0b7d5a6e-4e6b-4b51-9e5a-1d2f3c4b5a69"), &json!(1)));
}

#[test]
fn an_entry_of_a_map_gives_way_to_a_field_of_the_variant() {
    let mut entries: Entries = round_trip(&json!({"id": "1", "a": "x", "more": [1]}));
    for name in ["id", "a", "c"] {
        entries.additional_properties.insert(name.into(), json!("entry"));
    }
    assert_eq!(serde_json::to_string(&entries).unwrap(), r#"{"id":"1","a":"x","c":"entry","more":[1]}"#);
    let EntriesVariant::First(first) = &mut entries.variant else { panic!("{entries:?}") };
    first.c = Some("y".into());
    assert_eq!(encode(&entries)["c"], "y");
}
