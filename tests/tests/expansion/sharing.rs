//! Objects that several types share: each part of a value belongs to a type that can hold it.

use serde_json::json;

use frontline::Nullable;

use crate::{decode, encode, round_trip};

frontline::frontline_api!("specs/sharing.yaml", warnings = false);

use types::{
    All, AnyObject, AnyValue, Cleared, ClearedVariant, Described, DescribedVariant, Flags, Left, LeftByCondition,
    LeftByNone, LeftByOne, LeftVariant,
};
use types::{Limited, Node, NodeChild, NodeVariant, Place, Requiring, Tagged, Wide, WideVariant};

#[test]
fn a_member_that_requires_a_nullable_property_is_chosen_only_with_it() {
    for (json, is_first) in [
        (json!({"x": null, "a": "y"}), true),
        (json!({"x": "", "b": "y"}), true),
        (json!({"a": "y"}), false),
        (json!({"a": "y", "b": "z"}), false),
    ] {
        let requiring: Requiring = round_trip(&json);
        assert_eq!(matches!(requiring, Requiring::First(_)), is_first, "{json}");
        assert_eq!(matches!(requiring, Requiring::Second(_)), !is_first, "{json}");
    }
}

#[test]
fn types_that_contain_their_union_by_way_of_an_alias_have_a_size() {
    let place: Place =
        round_trip(&json!({"kind": "Tower", "floors": 2, "beside": {"kind": "House", "beside": {"kind": "Tower"}}}));
    let Place::Tower(tower) = place else { panic!("{place:?}") };
    assert!(matches!(tower.beside.as_deref(), Some(Place::House(_))));
}

#[test]
fn a_property_that_another_member_describes_is_not_left() {
    let left: Left = round_trip(&json!({"a": "x", "b": 0, "more": true}));
    assert!(matches!(left.variant, LeftVariant::First(_)));
    assert_eq!(left.additional_properties["b"], 0);
    let left: LeftByCondition = round_trip(&json!({"kind": "big", "size": 5, "more": false}));
    assert_eq!((left.size, &left.additional_properties["more"]), (Some(5), &json!(false)));
    round_trip::<LeftByCondition>(&json!({"kind": "small", "size": true}));
    let left: LeftByNone = round_trip(&json!({"a": "x"}));
    assert_eq!(left["a"], "x");
    let left: LeftByOne = round_trip(&json!({"a": "x", "b": true}));
    assert!(left.additional_properties["b"]);
}

#[test]
fn a_member_without_a_type_allows_what_it_does_not_limit() {
    let object: AnyObject = round_trip(&json!({"b": [1]}));
    assert_eq!((object.a, &object.additional_properties["b"]), (None, &json!([1])));
    for json in [json!("a"), json!(1), json!(true)] {
        assert_eq!(round_trip::<AnyValue>(&json), json);
    }
    assert_eq!(round_trip::<Limited>(&json!({"a": "x"})).a.as_deref(), Some("x"));
}

#[test]
fn a_number_keeps_its_digits_in_the_type_that_holds_them() {
    for integer in [i64::MAX, i64::MIN, 9_007_199_254_740_993] {
        let mut wide: Wide = round_trip(&json!({"n": integer, "a": "x"}));
        assert!(matches!(wide.variant, WideVariant::First(_)), "{wide:?}");
        wide.n = Some(1);
        assert!(serde_json::to_value(&wide).unwrap_err().to_string().contains("`n` has different values"));
    }
    // Without it, a number that changes is still an error.
    assert!(matches!(decode::<WideVariant>(json!({"n": i64::MAX, "a": "x"})), WideVariant::Unknown(_)));
}

#[test]
fn texts_in_a_property_that_contains_its_struct_are_compared() {
    let mut node: Node = round_trip(&json!({"a": "x", "child": "y"}));
    let NodeVariant::First(first) = &mut node.variant else { panic!("{node:?}") };
    first.child = Some(decode(json!("z")));
    assert!(serde_json::to_value(&node).unwrap_err().to_string().contains("`child` has different values"));
    node.child = None;
    assert_eq!(encode(&node), json!({"a": "x", "child": "z"}));
    let node: Node = round_trip(&json!({"a": "x", "child": {"b": "y", "child": {"a": "z"}}}));
    assert!(matches!(node.child, Some(NodeChild::Node(_))));
}

#[tokio::test]
async fn null_in_a_property_that_several_types_describe_is_null() {
    let mut cleared: Cleared = round_trip(&json!({"a": "x", "data": null}));
    assert_eq!(encode(&All::new().cleared(cleared.clone())), json!({"cleared": {"a": "x", "data": null}}));
    let client = Client::builder().base_url("http://127.0.0.1:9").build().unwrap();
    for is_struct in [true, false] {
        let error = client.post_form(&cleared).await.unwrap_err();
        assert!(error.is_invalid_argument(), "{error}");
        assert!(error.to_string().contains("a property is null, which only JSON can express"), "{error}");
        let ClearedVariant::First(first) = &mut cleared.variant else { panic!("{cleared:?}") };
        if is_struct {
            cleared.data = Nullable::Absent;
        } else {
            first.data = Nullable::Absent;
        }
    }
}

#[test]
fn a_map_keeps_the_tag_that_came() {
    for tag in ["free", "loose"] {
        let tagged: Tagged = round_trip(&json!({"kind": tag, "a": "x"}));
        let Tagged::Free(mut free) = tagged else { panic!("{tagged:?}") };
        free.insert("kind".into(), "fixed".into());
        let error = serde_json::to_value(Tagged::Free(free)).unwrap_err().to_string();
        assert!(error.contains("`kind` selects another variant of the union"), "{error}");
    }
}

#[test]
fn a_member_that_leaves_a_property_to_the_struct_loses_nothing() {
    for (json, expected) in [
        (json!({"d": "x", "b": null}), "Second"),
        (json!({"d": "x", "b": {}}), "First"),
        (json!({"d": "x"}), "First"),
        (json!({"b": {}}), "Second"),
        (json!({"d": "x", "c": "y"}), "Third"),
        (json!({"c": "y"}), "Third"),
    ] {
        let described: Described = round_trip(&json);
        let name = match described.variant {
            DescribedVariant::First(_) => "First",
            DescribedVariant::Second(_) => "Second",
            DescribedVariant::Third(_) => "Third",
            other => panic!("{json}: {other:?}"),
        };
        assert_eq!(name, expected, "{json}");
    }
}

#[test]
fn a_map_of_texts_takes_no_flags_from_a_member_that_keeps_them() {
    for json in [json!({"kind": "a", "flag": true}), json!({"kind": "a", "number": 1})] {
        assert!(matches!(round_trip(&json), Flags::Open(_)), "{json}");
    }
    assert!(matches!(round_trip(&json!({"kind": "a", "text": "b"})), Flags::Texts(_)));
}
