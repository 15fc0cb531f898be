//! Objects: merged, recursive, with additional properties, and with personal data.

use std::collections::BTreeMap;

use frontline::Nullable;
use serde_json::json;

use crate::{answering, decode, round_trip};

frontline::frontline_api!("specs/objects.yaml", warnings = false);

use types::Visit;
use types::{AddContactParams, AddContactRequest, AddContactRequest2, Contact, ContactCountParams};
use types::{
    Alias, Alone, Bird, Chest, Directory, Egg, Folders, Guest, Member, Named, Open, Person, Pet, Shelter, Tree,
};

#[test]
fn all_of_is_one_struct() {
    let pet: Pet = round_trip(&json!({"name": "Ada", "note": "shy", "legs": 4}));
    let (name, note, legs): (String, Option<String>, u32) = (pet.name, pet.note, pet.legs);
    assert_eq!((name.as_str(), note.as_deref(), legs), ("Ada", Some("shy"), 4));
}

#[test]
fn all_of_with_one_member_is_that_member() {
    let alone: Alone = decode(json!({"name": "Ada"}));
    let named: Named = alone;
    assert_eq!(named.name, "Ada");
}

#[test]
fn only_recursive_fields_are_boxed() {
    let tree: Tree = round_trip(&json!({"label": "a", "left": {"label": "b"}, "branches": [{"right": {}}]}));
    let (left, branches): (Option<Box<Tree>>, Option<Vec<Tree>>) = (tree.left, tree.branches);
    assert_eq!(left.unwrap().label.as_deref(), Some("b"));
    assert_eq!(branches.unwrap()[0].right, Some(Box::default()));

    let egg: Egg = round_trip(&json!({"bird": {"egg": {"bird": {}}}}));
    let (bird, inner): (Bird, Option<Box<Egg>>) = (egg.bird.clone(), egg.bird.egg);
    assert_eq!(bird.egg, inner);
}

#[test]
fn maps_lists_and_untyped_values_are_read() {
    let json = json!({
        "byName": {"ada": {"name": "Ada"}}, "visits": [{"day": "Monday"}], "anything": {"a": [1]}, "whatever": null,
    });
    let shelter: Shelter = decode(json);
    let by_name: BTreeMap<String, Named> = shelter.by_name.unwrap();
    assert_eq!(by_name["ada"].name, "Ada");
    let visits: Vec<types::ShelterVisitsItem> = shelter.visits.unwrap();
    assert_eq!(visits[0].day.as_deref(), Some("Monday"));
    assert_eq!(shelter.anything.unwrap()["a"], json!([1]));
    assert_eq!(shelter.whatever, None);
}

#[test]
fn formats_select_the_width_of_numbers() {
    let shelter: Shelter = decode(json!({"cost": 0.1, "weight": 0.1, "count": i64::MIN, "born": i32::MIN}));
    assert_eq!((shelter.cost, shelter.weight), (Some(0.1_f64), Some(0.1_f64)));
    assert_eq!((shelter.count, shelter.born), (Some(i64::MIN), Some(i32::MIN)));
    let shelter: Shelter = round_trip(&json!({"port": 65535, "unsigned": [u64::MAX], "wide": -1}));
    assert_eq!((shelter.port, shelter.unsigned), (Some(65535_u32), Some(vec![u64::MAX])));
    assert_eq!(shelter.wide, Some(-1_i128));
}

#[test]
fn integers_have_a_type_that_can_represent_all_that_the_document_allows() {
    let largest = i128::from(u64::MAX);
    for (least, most) in [(-1, u64::MAX), (i64::MIN, 0)] {
        let shelter: Shelter = round_trip(&json!({"most": least, "usual": most, "signed": most}));
        let found = (shelter.most, shelter.usual, shelter.signed);
        assert_eq!(found, (Some(i128::from(least)), Some(i128::from(most)), Some(i128::from(most))));
    }
    assert_eq!(round_trip::<Shelter>(&json!({"beyond": 4_294_967_296_i64})).beyond, Some(4_294_967_296_i64));
    assert_eq!(round_trip::<Shelter>(&json!({"listed": u64::MAX})).listed, Some(u64::MAX));
    let text = format!(r#"{{"most": "{largest}", "signed": 1.0}}"#);
    let shelter: Shelter = serde_json::from_str(&text).unwrap();
    assert_eq!((shelter.most, shelter.signed), (Some(largest), Some(1)));
}

#[test]
fn numbers_whose_format_is_an_integer_keep_all_digits() {
    let exact = (1 << 53) + 1;
    let shelter: Shelter = round_trip(&json!({"stamp": exact, "rank": u32::MAX, "total": u64::MAX, "rating": 1.5}));
    assert_eq!((shelter.stamp, shelter.rank, shelter.total), (Some(exact), Some(u32::MAX), Some(u64::MAX)));
    assert_eq!(shelter.rating, Some(1.5));
    assert_eq!(decode::<Shelter>(json!({"stamp": 1.0})).stamp, Some(1));
}

#[test]
fn large_integers_keep_all_digits() {
    // `serde_json` can only read them as an `f64`.
    let shelter = Shelter { wide: Some(i128::MAX), ..Shelter::default() };
    let text = serde_json::to_string(&shelter).unwrap();
    assert_eq!(text, format!(r#"{{"wide":{}}}"#, i128::MAX));
}

#[test]
fn numbers_are_read_from_strings() {
    let shelter: Shelter = decode(json!({"cost": "0.05", "weight": "2"}));
    assert_eq!((shelter.cost, shelter.weight), (Some(0.05), Some(2.0)));
    assert!(serde_json::from_value::<Shelter>(json!({"cost": "free"})).is_err());
    let shelter: Shelter = decode(json!({"count": "-3", "born": 4.0, "counts": [null, "5"]}));
    assert_eq!((shelter.count, shelter.born, shelter.counts), (Some(-3), Some(4), Some(vec![None, Some(5)])));
}

#[test]
fn dates_are_read_from_midnight_times() {
    let shelter: Shelter = decode(json!({"opened": "2026-01-31T00:00:00"}));
    assert_eq!(shelter.opened.unwrap().to_string(), "2026-01-31");
    assert!(serde_json::from_value::<Shelter>(json!({"opened": "2026-01-31T12:00:00"})).is_err());
}

#[test]
fn optional_references_can_be_null_or_absent() {
    for json in [json!({}), json!({"keeper": null})] {
        assert_eq!(decode::<Shelter>(json).keeper, None);
    }
    let keeper: Option<Named> = decode::<Shelter>(json!({"keeper": {"name": "Ada", "more": 1}})).keeper;
    assert_eq!(keeper.unwrap().name, "Ada");
}

#[test]
fn required_nullable_properties_are_written_as_null() {
    let visit: Visit = round_trip(&json!({"guest": null, "host": null}));
    assert_eq!((visit.guest, visit.host), (None, None));
}

#[test]
fn additional_properties_are_kept() {
    let open: Open = round_trip(&json!({"id": "a", "x": 1, "y": 2}));
    assert_eq!(open.additional_properties, BTreeMap::from([("x".to_owned(), 1), ("y".to_owned(), 2)]));

    let chest: Chest = round_trip(&json!({"additional_properties": "own", "more": [true]}));
    assert_eq!(chest.additional_properties.as_deref(), Some("own"));
    assert_eq!(chest.additional_properties_["more"], json!([true]));
}

#[test]
fn personal_data_is_redacted_in_debug() {
    let person: Person = round_trip(&json!({"email": "ada@example.com", "phone": "123", "city": "London"}));
    assert_eq!(format!("{person:?}"), "Person { email: [redacted], phone: Some([redacted]), city: Some(\"London\") }");
}

#[test]
fn personal_data_in_lists_maps_and_compositions_is_redacted() {
    let ada = "ada@example.com";
    let directory: Directory = round_trip(&json!({
        "listed": [ada], "mapped": {ada: ada}, "wrapped": ada, "either": ada, "members": [{"name": ada}],
        "owners": [{"email": ada, "phone": ada, "city": "London"}], "city": "Paris", "other": ada,
    }));
    let shown = format!("{directory:?}");
    assert!(!shown.contains("ada") && shown.contains("London") && shown.contains("Paris"), "{shown}");
    let member: Member = round_trip(&json!({"name": "ada"}));
    assert_eq!(format!("{member:?}"), "Member { name: Some([redacted]) }");
    let guest: Guest = round_trip(&json!({"name": "ada", "visits": 1}));
    assert!(!format!("{guest:?}").contains("ada"));
    assert!(!format!("{:?}", ContactCountParams::new().address(ada.to_owned())).contains("ada"));
}

/// The document marks a property only in the request, or only in the response.
#[test]
fn personal_data_is_redacted_in_all_types_of_an_operation() {
    let params = AddContactParams::new().email("ada@example.com").limit(3);
    assert_eq!(format!("{params:?}"), "AddContactParams { email: Some([redacted]), limit: Some(3) }");
    let form = AddContactRequest::new().email("ada@example.com").nickname("ada").city("London");
    let shown = "{ email: Some([redacted]), nickname: Some([redacted]), city: Some(\"London\") }";
    assert_eq!(format!("{form:?}"), format!("AddContactRequest {shown}"));
    let parts = AddContactRequest2::new("123").city("London");
    let shown = "{ phone: [redacted], city: Some(\"London\"), photo: None }";
    assert_eq!(format!("{parts:?}"), format!("AddContactRequest2 {shown}"));
    let contact: Contact = round_trip(&json!({"nickname": "ada", "city": "London"}));
    let shown = "{ nickname: Some([redacted]), city: Some(\"London\"), person: None }";
    assert_eq!(format!("{contact:?}"), format!("Contact {shown}"));
    // Another operation is not affected.
    assert!(format!("{:?}", ContactCountParams::new().nickname("ada")).contains("ada"));
}

#[test]
fn personal_data_that_fits_no_variant_is_redacted() {
    let sender: types::Sender = round_trip(&json!({"email": {"local": "ada"}}));
    assert_eq!(format!("{sender:?}"), "Unknown([redacted])");
    assert_eq!(format!("{:?}", round_trip::<types::Sender>(&json!(1))), "Integer(1)");
}

#[tokio::test]
async fn a_response_of_personal_data_is_redacted() {
    let server = answering("200 OK", r#"["ada@example.com"]"#);
    let addresses = Client::builder().base_url(server.url()).build().unwrap().addresses().await.unwrap();
    assert_eq!(*addresses, ["ada@example.com"]);
    assert_eq!(format!("{addresses:?}"), "Response { status: 200, request_id: None, body: [redacted], .. }");
}

#[test]
fn recursive_maps_are_supported() {
    let json = json!({"home": {"ada": {}, "bob": {"music": {}}}});
    let folders: Folders = round_trip(&json);
    assert!(folders.0["home"].0.contains_key("ada"));
    let _: Alias = round_trip(&json);
}

#[test]
fn members_that_only_restrict_a_type_do_not_change_it() {
    let code: String = round_trip::<types::Code>(&json!("2026-01-01"));
    let restricted: types::Restricted = round_trip(&json!({"code": "ab"}));
    assert_eq!((code.as_str(), restricted.code), ("2026-01-01", Some("ab".to_owned())));
}

#[test]
fn any_of_indistinguishable_objects_is_one_struct() {
    let json = json!({"links": {"self": "a", "next": "b", "first": "c"}, "more": true, "self": "d"});
    let ways: types::Ways = round_trip(&json);
    let links = ways.links.unwrap();
    assert_eq!((links.self_, links.next, links.first), (Some("a".into()), Some("b".into()), Some("c".into())));
    assert_eq!((ways.more, ways.self_.as_deref()), (Some(true), Some("d")));
    // The member that describes nothing allows any properties.
    round_trip::<types::Ways>(&json!({"links": {"any": {}, "first": 1}}));
}

#[test]
fn any_of_distinguishable_members_is_a_union() {
    let json = json!({
        "required": {"a": "x"}, "typed": {"self": 1}, "told": {"self": "Way"}, "open": {"x": 1}, "one": {"first": "a"},
    });
    let ways: types::Ways = round_trip(&json);
    assert!(matches!(ways.required, Some(types::WaysRequired::Object(_))));
    assert!(matches!(ways.typed, Some(types::WaysTyped::Object(_))));
    assert!(matches!(ways.told, Some(types::WaysTold::Way(_))));
    assert!(matches!(ways.open, Some(types::WaysOpen::Chest(_))));
    assert!(matches!(ways.one, Some(types::WaysOne::Object(_))));
}

#[test]
fn a_property_that_only_one_member_requires_is_optional() {
    for json in [json!({"name": "a"}), json!({"name": "a", "options": ["b"]})] {
        let setting: types::Setting = round_trip(&json);
        assert_eq!(setting.options.is_some(), json.get("options").is_some());
    }
}

#[test]
fn nullability_is_inherited_from_the_members_of_a_schema() {
    let nullish: types::Nullish = decode(json!({
        "wrapped": null, "chosen": null, "not": {"name": "Ada"}, "described": null,
    }));
    assert_eq!((nullish.wrapped, nullish.chosen, nullish.described), (None, None, None));
    assert_eq!(nullish.not.name, "Ada");
}

#[test]
fn items_of_lists_and_maps_can_be_nullable() {
    let gaps: types::Gaps = round_trip(&json!({
        "list": [null, {}], "map": {"a": [1, null], "b": null}, "tuple": [null, "a"], "any": [null],
        "self": [null, []], "more": null, "most": {"name": "Ada"},
    }));
    assert_eq!(gaps.list, [None, Some(types::Missing::default())]);
    assert_eq!(gaps.map, [("a".to_owned(), Some(vec![Some(1), None])), ("b".to_owned(), None)].into());
    assert_eq!(
        (gaps.tuple, gaps.any),
        (types::GapsTuple(Nullable::Null, Some("a".to_owned()), vec![]), vec![json!(null)])
    );
    let _: types::Chain = round_trip(&json!(["a", ["b", null]]));
    assert!(gaps.additional_properties["more"].is_none() && gaps.additional_properties["most"].is_some());
}
