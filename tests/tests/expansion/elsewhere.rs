//! Properties that are described under a condition only, or by some members of an `anyOf`, and have other values elsewhere.

use serde_json::{Value, json};

use crate::{decode, encode, round_trip};

frontline::frontline_api!("specs/elsewhere.yaml");

use types::{Beside, Either, Open, Partial, Read, Required, Ruled};

#[test]
fn a_value_that_the_condition_does_not_describe_is_kept() {
    for (name, values) in [
        ("when", vec![json!(null), json!(""), json!("2024-01-02"), json!(5)]),
        ("n", vec![json!(null), json!(""), json!("5"), json!([]), json!("x")]),
        ("l", vec![json!(null), json!([1]), json!("x"), json!([null])]),
        ("m", vec![json!(null), json!([]), json!({"a": null}), json!({"a": "1"}), json!("x")]),
        ("none", vec![json!("")]),
        ("state", vec![json!(1), json!(null)]),
        ("weight", vec![json!("1.5"), json!(false)]),
        ("next", vec![json!(null), json!([]), json!("x")]),
    ] {
        for value in values {
            let ruled: Ruled = round_trip(&json!({"kind": "y", name: value}));
            assert_eq!(ruled.additional_properties.get(name), Some(&value), "{name}: {value}");
        }
    }
}

#[test]
fn a_value_that_the_condition_describes_is_in_the_field() {
    let next = json!({"kind": "y", "n": "5"});
    let ruled: Ruled = round_trip(&json!({
        "kind": "x", "when": "2024-01-02T00:00:00Z", "n": 5, "l": ["a"], "m": {"a": 1}, "state": "new", "none": null,
        "weight": 1.5, "next": next, "cfg": {"v": "a"},
    }));
    assert!(ruled.additional_properties.is_empty() && ruled.when.is_some(), "{ruled:?}");
    assert_eq!((ruled.n, ruled.weight, ruled.none.is_null()), (Some(5), Some(1.5), true));
    let other: Ruled = decode(json!({"when": "2024-01-02T01:00:00.0+01:00"}));
    assert_eq!(other.when, ruled.when);
    assert_eq!(ruled.next.map(|next| next.additional_properties), Some([("n".into(), json!("5"))].into()));
}

#[test]
fn a_described_property_keeps_what_a_condition_adds_to_it() {
    let ruled: Ruled = round_trip(&json!({"kind": "y", "cfg": {"a": 1, "v": 5}}));
    let cfg = ruled.cfg.unwrap();
    assert_eq!((cfg.a, cfg.v.as_deref(), cfg.additional_properties.get("v")), (Some(1), None, Some(&json!(5))));
}

#[test]
fn a_required_property_need_not_fit_its_condition() {
    let required: Required = round_trip(&json!({"v": 5}));
    assert_eq!(required.v, None);
    assert_eq!(encode(&Required::new("a")), json!({"v": "a"}));
    assert_eq!(round_trip::<Required>(&json!({"v": "a", "k": "b"})).v.as_deref(), Some("a"));
}

#[test]
fn members_of_an_any_of_need_not_all_match() {
    for json in
        [json!({"a": 1, "b": null}), json!({"a": 1, "d": ""}), json!({"b": 1, "a": "x"}), json!({"a": 1, "b": "5"})]
    {
        let partial: Partial = round_trip(&json);
        assert_eq!(partial.additional_properties.len(), 1, "{json}");
    }
    // Every member describes it in the same way.
    assert_eq!(decode::<Partial>(json!({"both": "5"})).both, Some(5));
    assert_eq!(round_trip::<Partial>(&json!({"a": 1, "b": 2})).b, Some(2));
}

#[test]
fn a_map_or_a_union_beside_the_field_gets_the_value() {
    let open: Open = round_trip(&json!({"n": "5"}));
    assert_eq!((open.n, open.additional_properties.get("n")), (None, Some(&json!("5"))));
    let _: Beside = round_trip(&json!({"x": 1, "n": "5"}));
    assert_eq!(round_trip::<Beside>(&json!({"y": 1, "n": 5})).n, Some(5));
}

#[test]
fn a_value_that_does_not_fit_rules_no_member_out() {
    for json in [json!({"a": "y", "n": "z"}), json!({"a": "y", "n": null}), json!({"a": "y", "next": {"a": 1}})] {
        assert!(matches!(round_trip(&json), Either::First(_)), "{json}");
    }
    let nested = (0..60).fold(json!({"a": "y", "n": "z"}), |next, _| json!({"a": "x", "next": next}));
    let _: Either = round_trip(&nested);
}

/// Nothing is sent back, so other spellings and unknown properties do no harm.
#[test]
fn a_struct_that_drops_properties_reads_what_it_can() {
    let read: Read = decode(json!({"kind": "x", "n": "5", "m": {"new": 1}, "state": "new", "fixed": "y"}));
    assert!(read.n == Some(5) && read.m.is_some() && read.state.is_some() && read.fixed.is_some(), "{read:?}");
    for value in [json!("x"), json!([]), json!({"a": [Value::Null]})] {
        assert_eq!(decode::<Read>(json!({"kind": "y", "n": value})).n, None);
    }
}
