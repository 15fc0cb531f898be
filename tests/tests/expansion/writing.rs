//! How structs and unions share a JSON object when they are written.

use std::fs;
use std::time::{Duration, Instant};

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::json;

use crate::{encode, round_trip};

frontline::frontline_api!("specs/writing.yaml", warnings = false);

use types::{
    Beside, Delivery, DeliveryVariant, Loop, Open, Pair, PairVariant, PairVariant2, Rest, RestOrList, RestVariant,
    Selected, Tagged,
};

/// Returns the time to write `inside` within `depth` levels of `level` twenty times.
fn time<T: DeserializeOwned + Serialize>(depth: usize, level: &str, inside: &str) -> Duration {
    let text = format!("{}{inside}{}", level.repeat(depth), "}".repeat(depth));
    let value: T = serde_json::from_str(&text).unwrap();
    let start = Instant::now();
    let before = processor_time(start);
    for _ in 0..20 {
        assert_eq!(serde_json::to_string(&value).unwrap().len(), text.len());
    }
    processor_time(start).saturating_sub(before)
}

/// Returns the processor time of this thread if the system reports it. Unlike the time since `start`, it does not
/// depend on other processes.
fn processor_time(start: Instant) -> Duration {
    let text = fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let nanoseconds = text.split(' ').next().and_then(|time| time.parse().ok());
    nanoseconds.map_or_else(|| start.elapsed(), Duration::from_nanos)
}

/// If each level wrote a copy of what is inside, 60 levels would take up to 60 times as long as one.
fn assert_linear<T: DeserializeOwned + Serialize>(level: &str, leaf: &str) {
    let inside = format!("{leaf}\"texts\":[{}\"\"]}}", "\"text\",".repeat(20_000));
    let is_linear = || {
        let (shallow, deep) = (time::<T>(1, level, &inside), time::<T>(60, level, &inside));
        println!("{shallow:?} became {deep:?}");
        deep < 5 * shallow
    };
    assert!((0..3).any(|_| is_linear()), "the time grows with the depth");
}

#[test]
fn the_time_to_write_nested_tagged_unions_is_linear() {
    assert_linear::<Tagged>(r#"{"kind":"TaggedBranch","next":"#, r#"{"kind":"TaggedLeaf","#);
}

#[test]
fn the_time_to_write_nested_unions_beside_properties_is_linear() {
    assert_linear::<Beside>(r#"{"id":"1","next":"#, "{");
}

#[test]
fn the_time_to_write_nested_tagged_unions_beside_properties_is_linear() {
    assert_linear::<Selected>(r#"{"kind":"SelectedBranch","next":"#, r#"{"kind":"SelectedLeaf","#);
}

#[test]
fn a_property_that_allows_anything_is_complete_in_the_struct_and_in_the_variant() {
    let mut delivery: Delivery = round_trip(&json!({
        "type": "sent", "data": {"x": 1, "k": [2]}, "any": {"y": 1, "k": 2}, "labels": {"z": "1", "k": "2"},
        "entries": [{"w": 1, "k": 2}, {}], "names": ["a", "b"],
    }));
    assert_eq!((&delivery.data["k"], &delivery.data["x"]), (&json!([2]), &json!(1)));
    let DeliveryVariant::Sent(sent) = &mut delivery.variant else { panic!("{delivery:?}") };
    // What the variant describes takes precedence: the program changes it by name.
    sent.data.x = 7;
    sent.any.as_mut().unwrap().y = Some(8);
    sent.entries.as_mut().unwrap()[0].w = Some(9);
    let written = encode(&delivery);
    assert_eq!(written["data"], json!({"x": 7, "k": [2]}));
    assert_eq!((&written["any"], &written["entries"][0]), (&json!({"y": 8, "k": 2}), &json!({"w": 9, "k": 2})));
}

#[test]
fn a_property_that_allows_anything_can_be_changed_beside_an_unknown_variant() {
    for json in [json!({"type": "lost", "data": {"x": 1}}), json!({"type": "other", "data": {"x": 1}, "more": 1})] {
        let mut delivery: Delivery = round_trip(&json);
        delivery.data.insert("x".to_owned(), json!(2));
        assert_eq!(encode(&delivery)["data"], json!({"x": 2}));
    }
}

#[test]
fn an_object_that_two_unions_describe_is_complete_in_both() {
    let mut pair: Pair = round_trip(&json!({"id": "1", "a": "2", "c": "3", "both": {"x": 1, "y": 2}, "more": 4}));
    let (PairVariant::PairA(a), PairVariant2::PairC(c)) = (&mut pair.variant, &mut pair.variant_) else {
        panic!("{pair:?}")
    };
    assert_eq!((a.both.x, c.both.y), (Some(1), Some(2)));
    (a.both.x, c.both.y) = (Some(3), Some(4));
    assert_eq!(encode(&pair)["both"], json!({"x": 3, "y": 4}));
    let _: Pair = round_trip(&json!({"id": "1", "b": "2", "c": "3", "both": {"y": 2}}));
    let _: Pair = round_trip(&json!({"id": "1", "b": "2", "d": "3", "both": {"x": 1}}));
}

/// Otherwise, values would be stored twice at each level.
#[test]
fn a_property_that_contains_its_own_struct_belongs_to_the_struct() {
    let inside = json!({"a": "1", "inner": {"b": "2"}});
    let value: Loop = round_trip(&json!({"a": "0", "inner": inside}));
    assert_eq!(value.inner, Some(inside));
}

#[test]
fn a_field_takes_precedence_over_an_additional_property_of_its_name() {
    let mut open: Open = round_trip(&json!({"name": "Ada"}));
    open.additional_properties.insert("name".to_owned(), json!("Bea"));
    open.additional_properties.insert("age".to_owned(), json!("unknown"));
    let text = serde_json::to_string(&open).unwrap();
    assert_eq!(text, r#"{"name":"Ada","age":"unknown"}"#);
    open.age = Some(36);
    assert_eq!(serde_json::to_string(&open).unwrap(), r#"{"name":"Ada","age":36}"#);
}

#[test]
fn the_map_of_a_variant_gets_what_it_describes() {
    let rest: Rest = round_trip(&json!({"id": "1", "list": [1], "more": 2}));
    let RestVariant::RestNumbers(numbers) = &rest.variant else { panic!("{rest:?}") };
    assert_eq!((numbers.additional_properties["more"], rest.additional_properties.len()), (2, 0));
    let rest: Rest = round_trip(&json!({"id": "1", "text": "2", "more": true}));
    assert!(rest.additional_properties["more"] && matches!(rest.variant, RestVariant::RestText(_)));
    for json in [json!({"id": "1", "list": [1], "more": 2}), json!({"id": "1", "text": "2", "more": true})] {
        assert!(matches!(round_trip(&json), RestOrList::Rest(_)), "{json}");
    }
}
