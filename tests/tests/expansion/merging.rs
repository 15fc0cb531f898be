//! Values that several schemas describe together: by `allOf`, and by several descriptions of one property.

use frontline::private::chrono::NaiveDate as Date;
use serde_json::json;

use crate::{decode, round_trip};

frontline::frontline_api!("specs/merging.yaml", warnings = false);

use types::{Either, Extended, Inherited, Limited, Misspelled, Names, Owner, Recursive, Reversed, Scalars, State};
use types::{Undescribed, Unions};

#[test]
fn a_member_that_only_limits_a_property_does_not_change_its_type() {
    let limited: Limited = round_trip(&json!({
        "id": "a", "status": "on", "count": 1, "tags": ["b"], "kind": "c", "address": {"street": "d", "zip": "e"},
        "owner": {"name": "Ada"}, "state": "a",
    }));
    let (status, count): (Option<types::BaseStatus>, Option<i64>) = (limited.status, limited.count);
    assert_eq!((status, count), (Some(types::BaseStatus::On), Some(1)));
    let (tags, kind): (Option<Vec<String>>, Option<String>) = (limited.tags, limited.kind);
    assert_eq!((tags, kind.as_deref()), (Some(vec!["b".to_owned()]), Some("c")));
    let (street, zip): (String, String) = limited.address.map(|address| (address.street, address.zip)).unwrap();
    assert_eq!((street.as_str(), zip.as_str()), ("d", "e"));
    let (owner, state): (Option<Owner>, Option<State>) = (limited.owner, limited.state);
    assert_eq!((owner.unwrap().name.as_deref(), state), (Some("Ada"), Some(State::A)));
    assert_eq!(decode::<Limited>(json!({"id": "a", "count": null})).count, None);
}

#[test]
fn descriptions_of_one_property_are_merged_at_any_depth() {
    let json = json!({
        "id": "a", "address": {"street": "b", "zip": "c", "city": "d"},
        "lines": [{"sku": "e", "amount": 1, "at": {"x": 0.5, "y": 1.5}}],
        "labels": {"f": {"text": "g", "color": "h"}},
        "owner": {"name": "Ada", "badge": "i", "friend": {"name": "Bob", "badge": "j", "friend": {"badge": "k"}}},
        "state": "b", "size": 3, "any": "2026-01-31",
    });
    let extended: Extended = round_trip(&json);
    let address: types::ExtendedAddress = extended.address.unwrap();
    assert_eq!((address.zip.as_str(), address.city.as_deref()), ("c", Some("d")));
    assert_eq!(extended.lines.unwrap()[0].at.as_ref().unwrap().y, Some(1.5));
    let friend = extended.owner.unwrap().friend.unwrap();
    assert_eq!((friend.name.as_deref(), friend.badge.as_deref()), (Some("Bob"), Some("j")));
    let (size, any): (Option<i64>, Option<Date>) = (extended.size, extended.any);
    assert_eq!((size, any.unwrap().to_string()), (Some(3), "2026-01-31".to_owned()));
    assert_eq!(extended.state, Some(types::ExtendedState::B));

    let inherited: Inherited = round_trip(&json!({"id": "a", "address": {"zip": "b", "city": "c", "country": "d"}}));
    assert_eq!(inherited.address.unwrap().country.as_deref(), Some("d"));
}

#[test]
fn the_order_of_descriptions_does_not_change_a_type() {
    let json = json!({"id": "a", "kind": "k1", "count": 1, "owner": {"name": "Ada"}, "state": "c", "status": "off"});
    let reversed: Reversed = round_trip(&json);
    let (count, state): (i64, Option<State>) = (reversed.count, reversed.state);
    assert_eq!((count, state, reversed.kind), (1, Some(State::C), Some(types::ReversedKind::K1)));
    let name: String = reversed.owner.name;
    assert_eq!(name, "Ada");
    assert!(serde_json::from_value::<Reversed>(json!({"id": "a", "owner": {"name": "Ada"}})).is_err());
}

#[test]
fn scalars_and_lists_are_merged() {
    let json = json!({
        "text": "a", "limited": "b", "listed": "a", "pattern": "a", "narrowed": "a", "flag": true,
        "date": "2026-01-31", "beside": "2026-01-31", "unsigned": 1, "whole": 7, "positive": 8, "large": 3_000_000_000_i64, "wide": 9,
        "names": ["c"],
        "owners": [{"name": "Ada", "since": "2026-01-31"}], "deep": "b", "default": "c", "object": "a", "either": "d",
        "described": [1], "objects": {"e": 1}, "map": {"f": {"text": "g", "color": "h"}},
        "port": 80, "open": {"x": 1, "i": {"text": "j"}}, "required": {"name": "Ada"}, "plainly": {"name": "Bob"},
        "same": {"id": "k"},
    });
    let scalars: Scalars = round_trip(&json);
    let (text, limited): (Option<types::Text>, Option<String>) = (scalars.text, scalars.limited);
    assert_eq!((text.as_deref(), limited.as_deref()), (Some("a"), Some("b")));
    let (pattern, deep, default): (Option<State>, Option<State>, Option<State>) =
        (scalars.pattern, scalars.deep, scalars.default);
    assert_eq!((pattern, deep, default), (Some(State::A), Some(State::B), Some(State::C)));
    assert_eq!(scalars.listed, Some(types::ScalarsListed::A));
    assert_eq!(scalars.narrowed, Some(types::ScalarsNarrowed::A));
    assert!(matches!(decode(json!("d")), types::ScalarsNarrowed::Unknown(_)));
    let (date, beside): (Option<Date>, Option<Date>) = (scalars.date, scalars.beside);
    assert!(scalars.flag == Some(true) && date.is_some() && date == beside);
    let port: Option<u32> = scalars.port;
    assert_eq!(port, Some(80));
    let (whole, positive): (Option<i64>, Option<u64>) = (scalars.whole, scalars.positive);
    assert_eq!((whole, positive), (Some(7), Some(8)));
    let (large, wide): (Option<i64>, Option<i64>) = (scalars.large, scalars.wide);
    assert_eq!((large, wide), (Some(3_000_000_000), Some(9)));
    let (unsigned, names): (Option<u64>, Option<Names>) = (scalars.unsigned, scalars.names);
    assert_eq!((unsigned, names), (Some(1), Some(vec!["c".to_owned()])));
    let owner = &scalars.owners.unwrap()[0];
    assert!(owner.name.as_deref() == Some("Ada") && owner.since.is_some());
    let (object, either): (Option<State>, Option<String>) = (scalars.object, scalars.either);
    assert_eq!((object, either.as_deref()), (Some(State::A), Some("d")));
    let (required, plainly): (String, String) = (scalars.required.name, scalars.plainly.name);
    assert_eq!((required.as_str(), plainly.as_str()), ("Ada", "Bob"));
    assert_eq!(scalars.objects.unwrap()["e"], json!(1));
    assert_eq!(scalars.open.unwrap().x, Some(1));
    let same: types::Base = scalars.same.unwrap();
    assert_eq!(same.id, "k");
    let scalars: Scalars = decode(json!({"required": {"name": "a"}, "plainly": {"name": "b"}, "null": null}));
    assert_eq!(scalars.null, None::<Owner>);
}

#[test]
fn a_number_with_the_format_of_an_integer_in_another_schema_is_an_integer() {
    let large = i64::MAX;
    let scalars: Scalars = round_trip(&json!({
        "identity": large, "reference": large, "price": 0.5, "required": {"name": "a"}, "plainly": {"name": "b"},
    }));
    let (identity, reference, price): (Option<i64>, Option<i64>, Option<f64>) =
        (scalars.identity, scalars.reference, scalars.price);
    assert_eq!((identity, reference, price), (Some(large), Some(large), Some(0.5)));
}

#[test]
fn schemas_that_contain_themselves_are_merged() {
    let recursive: Recursive = round_trip(&json!({"nest": [[]], "tree": {"leaf": "a", "tree": {"leaf": "b"}}}));
    assert_eq!(recursive.tree.unwrap().leaf.as_deref(), Some("a"));
}

#[test]
fn the_last_of_contradicting_types_takes_precedence() {
    let json = json!({"id": "a", "list": {"a": "b"}, "day": "2026-01-31"});
    let contradicting: types::Contradicting = round_trip(&json);
    let (id, day): (Option<String>, Option<String>) = (contradicting.id, contradicting.day);
    assert_eq!((id.as_deref(), day.as_deref()), (Some("a"), Some("2026-01-31")));
}

#[test]
fn unions_within_all_of_lose_nothing() {
    let json = json!({
        "two": {"a": "x", "d": "y"}, "scalars": 1, "beside": {"x": "z", "purr": "u"}, "described": {"bark": "v"},
        "members": {"badge": "w", "level": 1}, "required": {"id": "a", "kind": "b"}, "not": {"id": "c"},
        "diamond": {"bark": "d", "left": "e", "right": "f"},
    });
    let unions: Unions = round_trip(&json);
    assert_eq!(unions.beside.unwrap().x.as_deref(), Some("z"));
    let (described, required): (Option<types::Kinds>, Option<types::Base>) = (unions.described, unions.required);
    assert!(matches!(described, Some(types::Kinds::Object(_))) && required.is_some());
    assert!(matches!(decode(json!("a")), Either::Text(_)));
}

#[test]
fn a_member_with_only_a_condition_is_merged() {
    let json = json!({"name": "Ada", "engine": "a", "friend": {"name": "Bob"}});
    let conditional: types::Conditional = round_trip(&json);
    assert_eq!((conditional.engine.as_deref(), conditional.level), (Some("a"), None));
}

#[test]
fn required_properties_without_a_description_are_kept() {
    let json = json!({"id": "a", "extra": {"b": [1]}, "bark": "c"});
    let undescribed: Undescribed = round_trip(&json);
    assert_eq!(undescribed.extra, Some(json!({"b": [1]})));
    // Only the other member of the union describes `bark`.
    let _: Undescribed = round_trip(&json!({"id": "a", "purr": "b", "bark": 1}));
    let _: Undescribed = decode(json!({"id": "a", "purr": "b"}));
    let misspelled: Misspelled = round_trip(&json!({"nme": [1], "name": "a"}));
    assert_eq!(misspelled.name.as_deref(), Some("a"));
    let map: types::UndescribedMap = round_trip(&json!({"extra": 1, "more": 2}));
    assert_eq!(map["extra"], 1);
}
