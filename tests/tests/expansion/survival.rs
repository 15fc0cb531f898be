//! Values that several types describe, or that one of them cannot hold: none is lost or changed.

use serde_json::json;

use crate::round_trip;

frontline::frontline_api!("specs/survival.yaml");

use types::{Numbers, NumbersList, NumbersListed, NumbersMap, NumbersObject, NumbersTuple, NumbersWide, NumbersWides};
use types::{Requiring, RequiringOpen, RequiringOpenVariant, RequiringVariant};

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
