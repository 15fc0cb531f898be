//! Enums, which accept any value.

use serde_json::json;

use crate::{decode, encode, round_trip};

frontline::frontline_api!("specs/enums.yaml", warnings = false);

use types::{Channel, Chosen, Holder, HolderInside, HolderListItem, Level, Maybe, Odd, Place, Unquoted, Weekday};

#[test]
fn every_listed_value_has_a_variant_and_round_trips() {
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
fn unknown_values_are_kept() {
    assert_eq!(round_trip::<Odd>(&json!("new")), Odd::Unknown("new".to_owned()));
    // Values are case-sensitive.
    assert_eq!(round_trip::<Odd>(&json!("OK")), Odd::Unknown("OK".to_owned()));
}

#[test]
fn null_is_not_a_variant() {
    let holder: Holder = decode(json!({"odd": "ok", "maybe": null}));
    assert_eq!(holder.maybe, None);
    assert_eq!(decode::<Holder>(json!({"odd": "ok", "maybe": "off"})).maybe, Some(Maybe::Off));
    assert_eq!(Maybe::from("null"), Maybe::Unknown("null".to_owned()));
}

#[test]
fn an_inline_enum_is_named_after_its_property() {
    let holder: Holder = round_trip(&json!({"odd": "ok", "inside": "a", "number": 3, "list": ["x", "y"]}));
    assert_eq!(holder.inside, Some(HolderInside::A));
    assert_eq!(holder.number, Some(3));
    assert_eq!(holder.list, Some(vec![HolderListItem::X, HolderListItem::Unknown("y".to_owned())]));
    assert_eq!(encode(&holder.odd), "ok");
}

#[test]
fn unquoted_values_of_string_enums_are_strings() {
    for (wire, variant) in [("1", Unquoted::_1), ("2", Unquoted::_2), ("true", Unquoted::True)] {
        assert_eq!(round_trip::<Unquoted>(&json!(wire)), variant);
    }
}

#[test]
fn named_integers_are_open_enums() {
    for (value, variant) in [
        (1, Weekday::Monday),
        (2, Weekday::Tuesday),
        (-1, Weekday::Unknown2),
        (7, Weekday::Unknown(7)),
        (i64::MIN, Weekday::Unknown(i64::MIN)),
    ] {
        assert_eq!(round_trip::<Weekday>(&json!(value)), variant);
        assert_eq!((variant.as_i64(), i64::from(variant), variant.to_string()), (value, value, value.to_string()));
    }
    assert!(serde_json::from_value::<Weekday>(json!("1")).is_err());
    assert_eq!((Level::from(10), Level::from(20)), (Level::Low, Level::High));
}

#[test]
fn titled_constants_are_an_enum() {
    assert_eq!(round_trip::<Channel>(&json!(0)), Channel::GuildText);
    assert_eq!((Channel::from(1), Channel::from(2)), (Channel::Dm, Channel::Unknown(2)));
    // Strings are named after their values.
    for (wire, variant) in [("eu", Place::Eu), ("us", Place::Us), ("asia", Place::Unknown("asia".to_owned()))] {
        assert_eq!(round_trip::<Place>(&json!(wire)), variant);
    }
}

#[test]
fn names_in_the_document_are_used() {
    assert_eq!((Chosen::First.as_str(), Chosen::from("b")), ("a", Chosen::Second));
}

#[test]
fn integers_without_unique_names_stay_integers() {
    let (bare, alike): (types::Bare, types::Alike) = (1_i64, 2_i64);
    assert_eq!((bare, alike), (1, 2));
    for json in [json!(1), json!("one"), json!(true), json!({"a": null})] {
        let mixed: types::Mixed = round_trip(&json);
        assert_eq!(mixed, json);
    }
}
