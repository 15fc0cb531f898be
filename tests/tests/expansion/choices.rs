//! How the member of a union is chosen: values that enums do not list, constants in other spellings, and tags.

use serde_json::{Value, json};

use crate::{decode, encode, round_trip};

frontline::frontline_api!("specs/choices.yaml");

use types::{Amounts, AmountsCode, AmountsCount, AmountsLevel, AmountsNested, AmountsSize, Nest};
use types::{Arguments, Step, TaggedFlag, TaggedText};
use types::{Cat, Closed, ClosedListedKind, Dog, Flag, FlagOrNumber, Keeping, Needy, Number, Open, Owl, Pet};

#[test]
fn a_value_that_an_enum_does_not_list_counts_against_its_member() {
    assert!(matches!(decode(json!({"kind": "b", "x": 1})), Open::Listed(_)));
    assert!(matches!(decode(json!({"kind": "c", "x": 1})), Open::Other(_)));
    assert!(matches!(decode(json!({"kind": "c"})), Open::Other(_)));
    assert!(matches!(round_trip(&json!({"kind": "c", "x": 1})), Keeping::Other(_)));
}

#[test]
fn enums_stay_open_where_no_other_member_accepts_the_value() {
    assert!(matches!(round_trip(&json!({"kind": "c", "x": 1})), Needy::Listed(_)));
    let Closed::Listed(listed) = round_trip(&json!({"kind": "c", "x": 1})) else { panic!("the other is closed") };
    assert_eq!(listed.kind, ClosedListedKind::Unknown("c".into()));
    // The other member would lose more than the value.
    assert!(matches!(round_trip(&json!({"kind": "c", "x": 1, "z": 1})), Open::Listed(_)));
}

#[test]
fn constants_are_compared_as_their_type_is_read() {
    for no in [json!(false), json!("false"), json!("False"), json!(0), json!("0")] {
        assert!(matches!(decode(json!({"ok": no, "x": 1})), Flag::No(_)), "{no}");
        assert!(matches!(decode(json!({"ok": no})), TaggedFlag::No(_)), "{no}");
    }
    for yes in [json!(true), json!("TRUE"), json!(1), json!("1")] {
        assert!(matches!(decode(json!({"ok": yes, "x": 1})), Flag::Yes(_)), "{yes}");
        assert!(matches!(decode(json!({"ok": yes})), TaggedFlag::Yes(_)), "{yes}");
    }
    assert!(matches!(decode(json!({"ok": 2, "x": 1})), Flag::Unknown(_)));
    assert!(matches!(decode(json!({"ok": 2})), TaggedFlag::Unknown(_)));
    assert!(matches!(decode(json!({"v": "1.0"})), Number::One(_)));
    assert!(matches!(decode(json!({"v": "0.50"})), Number::Half(_)));
}

#[test]
fn a_constant_in_its_own_type_takes_precedence() {
    assert!(matches!(decode(json!({"v": 0})), FlagOrNumber::Number(_)));
    assert!(matches!(decode(json!({"v": false})), FlagOrNumber::Flag(_)));
    assert!(matches!(decode(json!({"v": "false"})), FlagOrNumber::Flag(_)));
}

#[test]
fn a_tag_that_is_text_is_compared_as_text() {
    assert!(matches!(decode(json!({"ok": true})), TaggedText::Yes(_)));
    assert!(matches!(decode(json!({"ok": 1})), TaggedText::Unknown(_)));
}

#[test]
fn constructors_set_the_tag_if_a_single_value_selects_the_type() {
    let pets: [(Pet, Value); 3] = [
        (Pet::Cat(Cat::new(true)), json!({"kind": "cat", "meow": true})),
        (Pet::Dog(Dog::new()), json!({"kind": "dog"})),
        (Pet::Owl(Owl::new("snowy")), json!({"kind": "snowy"})),
    ];
    for (pet, json) in pets {
        assert_eq!(encode(&pet), json);
    }
}

#[test]
fn a_union_in_a_union_leaves_values_that_it_does_not_know_to_the_other_members() {
    for json in [
        json!({"c": 1, "z": 1, "y": 2}),
        json!({"c": 1, "e": "new"}),
        json!({"c": 1, "z": {"q": [1, 2]}}),
        json!({"c": 1, "id": "x", "z": [1, 2, 3]}),
    ] {
        assert!(matches!(round_trip(&json), Nest::Last(_)), "{json}");
    }
    assert!(matches!(decode(json!({"b": 1, "z": [1]})), Nest::Middle(_)));
    assert!(matches!(round_trip(&json!(["a"])), Nest::Middle(_)));
    assert!(matches!(round_trip(&json!({"id": "x", "b": 1})), Nest::Beside(_)));
    assert!(matches!(round_trip(&json!({"d": 1})), Nest::Unknown(_)));
    // Nothing else has the property `id`.
    assert!(matches!(round_trip(&json!({"id": "x", "d": 1})), Nest::Beside(_)));
}

#[test]
fn a_number_does_not_become_text_in_a_union_that_has_numbers() {
    let large = json!(9_223_372_036_854_775_808_u64);
    let json = json!({"count": large, "size": 9_007_199_254_740_993_u64, "nested": large, "level": 3, "code": true});
    let amounts: Amounts = round_trip(&json);
    assert!(matches!(amounts.count, Some(AmountsCount::Unknown(_))));
    assert!(matches!(amounts.size, Some(AmountsSize::Unknown(_))));
    assert!(matches!(amounts.nested, Some(AmountsNested::Unknown(_))));
    assert!(matches!(amounts.level, Some(AmountsLevel::Integer(_))));
    let amounts: Amounts = decode(json!({"count": "5", "nested": "5", "code": 5}));
    assert!(matches!(amounts.count, Some(AmountsCount::Text(text)) if text == "5"));
    assert!(matches!(amounts.nested, Some(AmountsNested::Text(text)) if text == "5"));
    assert!(matches!(amounts.code, Some(AmountsCode::Text(text)) if text == "5"));
}

#[test]
fn optional_constants_do_not_have_to_be_there() {
    assert!(matches!(round_trip(&json!({"kind": "run", "command": "x"})), Step::Run(_)));
    assert!(matches!(round_trip(&json!({"command": "x"})), Step::Run(_)));
    assert!(matches!(round_trip(&json!({"reason": "x"})), Step::Skip(_)));
    assert!(matches!(round_trip(&json!({})), Step::Skip(_)));
    assert!(matches!(round_trip(&json!({"kind": "new", "command": "x"})), Step::Unknown(_)));
}

#[test]
fn a_number_is_kept_as_undeclared_rather_than_read_as_text() {
    assert!(matches!(round_trip(&json!({"values": {"other": 7}})), Arguments::Query(_)));
    assert!(matches!(round_trip(&json!({"values": {"other": "7"}})), Arguments::Map(_)));
}
