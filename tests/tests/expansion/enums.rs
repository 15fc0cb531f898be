//! Enums of strings, which take any value.

use serde_json::json;

use crate::{decode, encode, round_trip};

frontline::frontline_api!("specs/enums.yaml");

use types::{Holder, HolderInside, HolderListItem, Maybe, Odd, Unquoted};

#[test]
fn every_value_has_a_variant_and_goes_back_to_itself() {
    let all = [
        ("-1", Odd::Minus1),
        ("+1", Odd::Plus1),
        ("", Odd::Empty),
        ("10dlc x", Odd::_10dlcX),
        ("unknown", Odd::Unknown2),
        ("Unknown", Odd::Unknown3),
        ("in-progress", Odd::InProgress),
        ("in_progress", Odd::InProgress2),
        ("self", Odd::Self_),
        ("ok", Odd::Ok),
        ("*", Odd::Any),
        ("👍", Odd::U1f44d),
    ];
    for (wire, variant) in all {
        assert_eq!(variant.as_str(), wire);
        assert_eq!(variant.to_string(), wire);
        assert_eq!(round_trip::<Odd>(&json!(wire)), variant);
        assert_eq!(wire.parse(), Ok(variant));
    }
}

#[test]
fn a_value_that_is_not_listed_is_kept() {
    assert_eq!(round_trip::<Odd>(&json!("new")), Odd::Unknown("new".to_owned()));
    // Its spelling counts.
    assert_eq!(round_trip::<Odd>(&json!("OK")), Odd::Unknown("OK".to_owned()));
}

#[test]
fn null_is_no_variant() {
    let holder: Holder = decode(json!({"odd": "ok", "maybe": null}));
    assert_eq!(holder.maybe, None);
    assert_eq!(decode::<Holder>(json!({"odd": "ok", "maybe": "off"})).maybe, Some(Maybe::Off));
    assert_eq!(Maybe::from("null"), Maybe::Unknown("null".to_owned()));
}

#[test]
fn an_enum_inside_is_named_after_where_it_stands() {
    let holder: Holder = round_trip(&json!({"odd": "ok", "inside": "a", "number": 3, "list": ["x", "y"]}));
    assert_eq!(holder.inside, Some(HolderInside::A));
    assert_eq!(holder.number, Some(3));
    assert_eq!(holder.list, Some(vec![HolderListItem::X, HolderListItem::Unknown("y".to_owned())]));
    assert_eq!(encode(&holder.odd), "ok");
}

#[test]
fn values_without_quotes_are_texts_where_the_type_says_so() {
    for (wire, variant) in [("1", Unquoted::_1), ("2", Unquoted::_2), ("true", Unquoted::True)] {
        assert_eq!(round_trip::<Unquoted>(&json!(wire)), variant);
    }
}
