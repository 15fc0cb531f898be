//! Required properties that a service omits.

use serde_json::{Value, json};

use crate::{answering, decode, encode, round_trip};

frontline::frontline_api!("specs/required.yaml");

mod lenient {
    frontline::frontline_api!("specs/required.yaml", required = lenient);
}

use lenient::types::{Mark, Note, Order, Seal, Thing, ThingEither};

/// A value that has all properties.
fn whole() -> Value {
    json!({
        "id": "a", "names": ["b"], "owner": {"login": "c"}, "by_name": {"d": "e"}, "count": 1, "seen": "f",
        "either": {"two": "g"},
    })
}

#[tokio::test]
async fn required_properties_that_are_null_or_missing_are_errors_with_their_place() {
    for (name, is_null) in [("id", true), ("names", true), ("owner", true), ("by_name", true), ("count", false)] {
        let mut body = whole();
        if is_null {
            body[name] = Value::Null;
        } else {
            body.as_object_mut().unwrap().remove(name);
        }
        let server = answering("200 OK", &body.to_string());
        let error = Client::builder().base_url(server.url()).build().unwrap().fetch_thing().await.unwrap_err();
        assert!(error.is_decode() && error.to_string().contains(name), "{error}");
    }
}

#[tokio::test]
async fn lenient_clients_read_responses_without_required_properties() {
    let body = r#"{"id": null, "names": null, "owner": {}, "count": null}"#;
    let server = answering("200 OK", body);
    let client = lenient::Client::builder().base_url(server.url()).build().unwrap();
    let thing: Thing = client.fetch_thing().await.unwrap().into_inner();
    let (id, names, login): (Option<String>, Option<Vec<String>>, Option<String>) =
        (thing.id, thing.names, thing.owner.unwrap().login);
    assert_eq!((id, names, login), (None, None, None));
    assert_eq!((thing.by_name, thing.count, thing.seen, thing.either), (None, None, None, None));
    let _: Thing = round_trip(&whole());
    let missing: Thing = decode(json!({}));
    assert_eq!(missing, decode(json!({"id": null, "by_name": null, "either": null})));
}

#[test]
fn null_among_items_is_an_error_even_if_lenient() {
    for (name, value) in [("names", json!(["a", null])), ("by_name", json!({"a": null}))] {
        let error = serde_json::from_value::<Thing>(json!({ name: value })).unwrap_err();
        assert!(error.to_string().contains(name), "{error}");
    }
}

#[test]
fn required_properties_still_decide_between_the_members_of_a_union() {
    let thing: Thing = decode(json!({"either": {"two": "a"}}));
    assert!(matches!(thing.either, Some(ThingEither::Two(_))));
}

#[test]
fn requests_stay_strict() {
    assert_eq!(encode(&Order::new(1)), json!({"count": 1}));
    let count: i64 = Order::new(1).count;
    assert_eq!(count, 1);
    // A struct that is sent and received has options, but its constructor takes what requests must contain.
    let note = Note::new("a");
    assert_eq!((note.text.as_deref(), encode(&note)), (Some("a"), json!({"text": "a", "place": null})));
    assert_eq!(decode::<Note>(json!({})).text, None);
}

#[test]
fn constructors_set_constants_that_responses_may_lack() {
    let constants = json!({"kind": "mark", "version": 2, "ratio": 0.5, "is_new": true, "secret": "s", "empty": 3});
    assert_eq!((encode(&Mark::new()), encode(&types::Mark::new())), (constants.clone(), constants));
    assert_eq!(encode(&Seal::new("red")), json!({"kind": "seal", "color": "red"}));
    assert_eq!(decode::<Mark>(json!({})).version, None);
}
