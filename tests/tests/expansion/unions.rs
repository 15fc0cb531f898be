//! Unions: overlapping members, constants, tags, nested unions, and properties beside them.

use serde_json::{Value, json};

use crate::{decode, encode, round_trip};

frontline::frontline_api!("specs/unions.yaml", warnings = false);

use types::{
    All, Anything, BesideMapped, BesideMappedVariant, BesideNamed, BesideNamedVariant, BesideUntagged,
    BesideUntaggedVariant, Both, BothVariant, BothVariant2, Cat, Constants, ConstantsBehind, ConstantsFlag,
    ConstantsNumber, Dog, Drawing, Either, ExtendedA, Flagged, LeftA, Missing, Numbered, Outcome, OutcomeConstant,
    OutcomeTyped, Overlap, OverlapGuest, Owl, Poly, Polygon, Remapped, Requiring, Ride, Root, Scalar, Several, Shape,
    SharedB, Sparrow, Species, Square, Tagged, Tree, Triangle, Typed, Versioned,
};

#[test]
fn a_value_that_matches_several_members_of_any_of_loses_nothing() {
    let both = json!({
        "name": "Ada", "badge": 7, "home": {"street": "a", "city": "b"}, "visits": [{"day": "Monday", "hour": 9}],
    });
    let overlap: Overlap = round_trip(&json!({
        "guest": both, "guests": [both, "Bea", {"name": "Cem"}], "beside": {"id": "1", "name": "Ada", "badge": 7},
    }));
    let Some(OverlapGuest::Guest(guest)) = overlap.guest else { panic!("the first of equals") };
    assert_eq!((guest.name.as_str(), &guest.additional_properties["badge"]), ("Ada", &json!(7)));
    let Some([Either::Guest(_), Either::Text(_), Either::Guest(cem)]) = overlap.guests.as_deref() else {
        panic!("guests and a text")
    };
    assert!(cem.additional_properties.is_empty());
}

#[test]
fn constants_of_other_values_rule_members_out() {
    let constants: Constants = round_trip(&json!({
        "extended": {"id": "1", "type": "b"}, "shared": {"type": "b", "x": "1"}, "number": {"v": 2, "x": "a"},
        "flag": {"ok": false, "x": "a"}, "behind": {"v": 3, "w": "a", "x": "b"},
    }));
    assert!(matches!(constants.extended, Some(types::ConstantsExtended::ExtendedB(_))));
    assert!(matches!(constants.shared, Some(types::ConstantsShared::SharedB(_))));
    assert!(matches!(constants.number, Some(ConstantsNumber::Two(_))));
    assert!(matches!(constants.flag, Some(ConstantsFlag::No(_))));
    assert!(matches!(constants.behind, Some(ConstantsBehind::Third(_))));
    let constants: Constants = round_trip(&json!({
        "shared": {"type": "c", "x": "1"}, "number": {"v": 1}, "flag": {"ok": true}, "behind": {"v": 1, "x": "a"},
    }));
    assert!(matches!(constants.shared, Some(types::ConstantsShared::Unknown(_))));
    assert!(matches!(constants.number, Some(ConstantsNumber::One(_))));
    assert!(matches!(constants.flag, Some(ConstantsFlag::Yes(_))));
    assert!(matches!(constants.behind, Some(ConstantsBehind::One(_))));
}

#[test]
fn tags_are_sent_as_they_came() {
    for json in [
        json!({"numbered": {"version": 2, "bark": true}, "flagged": {"is_dog": false, "meow": true}}),
        json!({"numbered": {"version": "2", "bark": true}, "flagged": {"is_dog": "false", "meow": true}}),
        json!({"several": {"species": "snowy", "hoot": true}, "typed": {"legs": 7, "carry": true}}),
    ] {
        let _: Tagged = round_trip(&json);
    }
    assert_eq!(encode(&Numbered::Dog(Dog::new(true))), json!({"version": 2, "bark": true}));
    assert_eq!(encode(&Flagged::Cat(Cat::new(true))), json!({"is_dog": false, "meow": true}));
    assert_eq!(encode(&Several::Owl(Owl::new())), json!({"species": "barn"}));
    assert_eq!(encode(&Typed::Ant(types::Ant::new())), json!({"legs": 7}));
}

#[test]
fn properties_beside_a_union_are_kept() {
    let mapped: BesideMapped = round_trip(&json!({"app": "a", "kind": "dog", "bark": true}));
    assert_eq!((mapped.app.as_str(), mapped.kind.as_deref()), ("a", Some("dog")));
    assert!(matches!(mapped.variant, BesideMappedVariant::Dog(Dog { bark: true, .. })));
    let named: BesideNamed = round_trip(&json!({"app": "a", "kind": "Cat", "meow": true}));
    assert!(matches!(named.variant, BesideNamedVariant::Cat(Cat { meow: true, .. })));
    let untagged: BesideUntagged = round_trip(&json!({"app": "a", "kind": "wren", "chirp": true}));
    assert_eq!(untagged.kind.as_deref(), Some("wren"));
    assert!(matches!(untagged.variant, BesideUntaggedVariant::Wren(_)));
    let mapped = BesideMapped::new("a", BesideMappedVariant::Cat(Cat::new(true)));
    assert_eq!(encode(&mapped), json!({"app": "a", "kind": "cat", "meow": true}));
}

#[test]
fn a_tag_cannot_contradict_the_variant() {
    let mut square = Square::new("Square", 1.0);
    square.kind = "Circle".to_owned();
    let error = serde_json::to_value(Shape::Polygon(Polygon::Square(square))).unwrap_err();
    assert!(error.to_string().contains("`kind` selects another variant"), "{error}");
    let mapped = BesideMapped::new("a", BesideMappedVariant::Cat(Cat::new(true))).kind("dog");
    let error = serde_json::to_value(mapped).unwrap_err();
    assert!(error.to_string().contains("`kind` selects another variant"), "{error}");
}

#[tokio::test]
async fn a_request_whose_tag_contradicts_the_variant_says_so() {
    let client = Client::builder().base_url("http://127.0.0.1:9").build().unwrap();
    let mut square = Square::new("Square", 1.0);
    square.kind = "Ada".to_owned();
    let error = client.put_overlap(&All::new().shape(Shape::Polygon(Polygon::Square(square)))).await.unwrap_err();
    assert!(error.is_invalid_argument());
    let message = error.to_string();
    assert!(message.contains("`kind` selects another variant of the union; expected `Square`"), "{message}");
    let mapped = BesideMapped::new("a", BesideMappedVariant::Cat(Cat::new(true))).kind("dog");
    let error = client.put_overlap(&All::new().besidemapped(mapped)).await.unwrap_err();
    assert!(error.to_string().contains("`kind` selects another variant of the union"), "{error}");
}

#[test]
fn each_value_of_an_enum_selects_its_member() {
    for (value, is_second) in [("1.0", false), ("2.0", true), ("2.1", true)] {
        let versioned: Versioned = round_trip(&json!({"v": value, "x": "a"}));
        assert_eq!(matches!(versioned, Versioned::V2(_)), is_second, "{value}");
        assert_eq!(matches!(versioned, Versioned::V1(_)), !is_second, "{value}");
    }
    assert!(matches!(round_trip(&json!({"v": "beta"})), Versioned::Unknown(_)));
    assert!(matches!(round_trip(&json!({"v": "V3"})), Versioned::V3(_)));
    assert!(matches!(round_trip(&json!({"v": "2.1"})), Remapped::V1(_)));
    assert!(matches!(round_trip(&json!({"v": "2.0"})), Remapped::V2(_)));
    assert!(matches!(round_trip(&json!({"species": "Puma", "mane": true})), Species::Puma(_)));
}

#[test]
fn members_do_not_repeat_the_required_properties_around_their_union() {
    for member in ["x", "y", "z"] {
        let requiring: Requiring = round_trip(&json!({"a": "1", "type": member}));
        let text = format!("{requiring:?}");
        assert_eq!((requiring.a.as_deref(), text.matches("a: ").count()), (Some("1"), 1), "{text}");
    }
    let apart: types::RequiresA = round_trip(&json!({"type": "y", "a": "1"}));
    assert_eq!(apart.additional_properties["a"], json!("1"));
}

#[test]
fn a_property_that_is_always_null_rules_other_values_out() {
    let outcome: Outcome = round_trip(&json!({
        "typed": {"err": "e", "x": "1"}, "constant": {"err": {"code": 1}, "x": "1"},
    }));
    assert!(matches!(outcome.typed, Some(OutcomeTyped::Failure(_))));
    assert!(matches!(outcome.constant, Some(OutcomeConstant::Failure(_))));
    let outcome: Outcome = decode(json!({"typed": {"err": null, "x": "1"}, "constant": {"err": null, "x": "1"}}));
    assert!(matches!(outcome.typed, Some(OutcomeTyped::Success(_))));
    assert!(matches!(outcome.constant, Some(OutcomeConstant::Success(_))));
}

#[test]
fn variants_of_constants_are_named_by_type() {
    assert!(matches!(round_trip(&json!("a")), Scalar::Text(_)));
    assert!(matches!(round_trip(&json!(1)), Scalar::Integer(_)));
    assert!(matches!(round_trip(&json!(true)), Scalar::Flag(_)));
    assert!(matches!(round_trip(&json!(2.5)), Scalar::Number(_)));
}

#[test]
fn constructors_set_constants() {
    assert_eq!(encode(&Sparrow::new(true)), json!({"kind": "sparrow", "chirp": true}));
    assert_eq!(encode(&ExtendedA::new("1")), json!({"id": "1", "type": "a"}));
    assert_eq!(encode(&SharedB::new("1")), json!({"type": "b", "x": "1"}));
    assert_eq!(encode(&types::ConstantsNumberOne::default()), json!({"v": 1}));
    assert_eq!(encode(&types::ConstantsFlagNo::new().x("a")), json!({"ok": false, "x": "a"}));
}

#[test]
fn unions_in_unions_are_found_by_the_tags_of_their_members() {
    let shape: Shape = round_trip(&json!({"kind": "Triangle", "base": 1.5}));
    assert!(matches!(shape, Shape::Polygon(Polygon::Triangle(Triangle { .. }))));
    assert!(matches!(round_trip(&json!({"kind": "Circle", "radius": 1.5})), Shape::Circle(_)));
    for kind in ["square", "triangle"] {
        let shape: Drawing = decode(json!({"kind": kind, "side": 1.5, "base": 1.5}));
        assert!(matches!(shape, Drawing::Poly(Poly::Square(_) | Poly::Triangle(_))));
    }
}

#[test]
fn a_discriminator_of_the_common_parent_counts() {
    assert!(matches!(round_trip(&json!({"wheels": "four", "weight": 1})), Ride::Car(_)));
    assert!(matches!(round_trip(&json!({"wheels": "three", "weight": 1})), Ride::Unknown(_)));
}

#[test]
fn members_that_allow_anything_make_the_union_any_value() {
    let anything: Anything =
        round_trip(&json!({"nullable": {"a": [1]}, "either": {"meow": 1}, "listed": [1, {"a": 2}]}));
    let nullable: Option<Value> = anything.nullable.into();
    assert_eq!(nullable, Some(json!({"a": [1]})));
}

#[test]
fn a_property_that_is_null_selects_the_variant_that_describes_it() {
    assert!(matches!(decode(json!({"b": null})), Missing::Second(_)));
    assert!(matches!(decode(json!({"a": null})), Missing::First(_)));
}

#[test]
fn several_unions_in_a_struct_write_each_property_once() {
    let both: Both = decode(json!({"id": "1", "a": "x", "common": "y", "c": "z", "more": [1]}));
    assert!(matches!(&both.variant, BothVariant::LeftA(LeftA { common, .. }) if common == "y"));
    assert!(matches!(&both.variant_, BothVariant2::RightC(right) if right.common.as_deref() == Some("y")));
    let text = serde_json::to_string(&both).unwrap();
    assert_eq!(text, r#"{"id":"1","a":"x","common":"y","c":"z","more":[1]}"#);
    let _: Both = round_trip(&json!({"id": "1", "b": "x", "n": 7, "d": "z"}));
    let _: Both = round_trip(&json!({"id": "1", "a": "x", "common": "y", "shared": {"n": 1}, "c": "z"}));
    let unknown: Both = round_trip(&json!({"e": "x", "d": "z", "more": [1]}));
    assert!(matches!(unknown.variant, BothVariant::Unknown(_)));
}

#[test]
fn a_property_that_a_variant_and_its_struct_keep_is_stored_once() {
    let size = |depth: usize| {
        let text = format!("{}{{\"k\":\"1\",\"a\":\"2\"}}{}", "{\"x\":".repeat(depth), "}".repeat(depth));
        let root: Root = serde_json::from_str(&text).unwrap();
        assert_eq!(serde_json::to_string(&root).unwrap(), text);
        format!("{root:?}").len()
    };
    let (short, long) = (size(3), size(24));
    assert!(long < 10 * short, "{short} bytes became {long}");
}

#[test]
fn objects_that_a_struct_and_its_union_describe_are_complete_in_both() {
    let json = json!({"type": "created", "data": {"id": "a", "x": 1}, "items": [{"a": 1, "c": 2}, {}]});
    let mut event: types::Event = round_trip(&json);
    let types::EventVariant::Created(created) = &mut event.variant else { panic!("{event:?}") };
    assert_eq!((event.data.id.as_deref(), created.data.x), (Some("a"), 1));
    created.data.x = 2;
    event.data.id = Some("b".into());
    assert_eq!(encode(&event)["data"], json!({"id": "b", "x": 2}));
    let _: types::Event = round_trip(&json!({"type": "deleted", "data": {"id": "a"}}));
    let _: types::Event = round_trip(&json!({"type": "other", "data": {"id": "a", "y": 2}}));
}

#[test]
fn a_member_whose_map_does_not_fit_is_not_the_variant() {
    let kept: types::Kept = round_trip(&json!({"id": "a", "b": {"n": "c"}, "d": 1}));
    assert!(matches!(kept.variant, types::KeptVariant::Closed(_)), "{kept:?}");
    let kept: types::Kept = round_trip(&json!({"id": "a", "b": "c"}));
    assert!(matches!(kept.variant, types::KeptVariant::Open(_)), "{kept:?}");
}

#[test]
fn personal_data_under_a_pattern_is_redacted() {
    let coded: types::Coded = round_trip(&json!({"codes": {"a1": "ada"}}));
    assert_eq!(format!("{coded:?}"), "Coded { codes: Some([redacted]) }");
}

#[test]
fn a_union_without_a_discriminator_is_found_by_those_of_its_members() {
    let color: types::Outermost = round_trip(&json!({"kind": "Cyan", "s": 1}));
    let types::Outermost::Middle(types::Middle::Cold(types::Cold::Cyan(cyan))) = color else { panic!("{color:?}") };
    assert_eq!(cyan.s, Some(1));
}

#[test]
fn a_variant_is_made_from_a_type_that_only_it_has() {
    let all =
        All::new().scalar(Scalar::from(true)).alike(5_i64).tree(types::Branch::new(Tree::from("leaf".to_owned())));
    assert_eq!(encode(&all), json!({"scalar": true, "alike": 5, "tree": {"left": "leaf"}}));
    let guest: Either = types::Guest::new("Ada").into();
    assert!(matches!(guest, Either::Guest(_)));
    // `Vec<String>` is the type of two variants.
    assert_eq!(encode(&types::Alike::Few(vec!["a".to_owned()])), json!(["a"]));
}
