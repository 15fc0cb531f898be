//! Bodies and schemas that may be null as a whole.

use frontline::{JsonLines, Nullable};
use serde_json::{Value, json};

use crate::{answering, decode, encode, round_trip};

frontline::frontline_api!("specs/null.yaml", warnings = false);

use types::{FetchUnionResponse, Holder, HolderEither, Maybe, Part, PostPartBody, PostPartOutcome, Together};

fn client(server: &frontline_tests::RawServer) -> Client {
    Client::builder().base_url(server.url()).build().unwrap()
}

#[tokio::test]
async fn a_response_that_may_be_null_is_an_option() {
    let server = answering("200 OK", "null");
    let client = client(&server);
    let part: Option<Part> = client.fetch_part().await.unwrap().into_inner();
    let text: Option<String> = client.fetch_text().await.unwrap().into_inner();
    let list: Option<Vec<Option<Maybe>>> = client.fetch_list().await.unwrap().into_inner();
    let union: Option<FetchUnionResponse> = client.fetch_union().await.unwrap().into_inner();
    let changed: Option<Maybe> = client.patch_part(None).await.unwrap().into_inner();
    assert_eq!((part, text, list, union, changed), (None, None, None, None, None));
    assert_eq!(client.post_part("x".to_owned()).await.unwrap().into_inner(), PostPartOutcome::Ok(None));
    let mut lines: JsonLines<Option<Maybe>> = client.fetch_lines().await.unwrap().into_inner();
    assert_eq!(lines.next_item().await.unwrap(), Some(None));
}

#[tokio::test]
async fn a_response_that_may_be_null_is_read_as_its_type() {
    let server = answering("200 OK", r#"{"name": "a", "size": 1}"#);
    let client = client(&server);
    assert_eq!(client.fetch_part().await.unwrap().as_ref().unwrap().name.as_deref(), Some("a"));
    assert_eq!(client.patch_part(None).await.unwrap().as_ref().unwrap().size, 1);
    let server = answering("404 Not Found", "null");
    let error = self::client(&server).post_part(None).await.unwrap_err();
    assert_eq!(error.body_as::<Option<Maybe>>().unwrap().unwrap(), None);
}

#[tokio::test]
async fn a_required_body_that_may_be_null_is_sent_as_null() {
    let server = answering("204 No Content", "");
    let client = client(&server);
    let part = Part::new().name("a");
    client.put_part(Some(&part)).await.unwrap();
    client.put_part(None).await.unwrap();
    client.put_text(Some("a")).await.unwrap();
    client.put_text(None).await.unwrap();
    client.put_count(Some(1)).await.unwrap();
    client.put_count(None).await.unwrap();
    client.post_part(Some(Maybe::new(1))).await.unwrap_err();
    client.post_part(PostPartBody::Json(None)).await.unwrap_err();
    // An optional body is left out instead.
    client.patch_part(None).await.unwrap();
    client.patch_part(Some(&Maybe::new(1))).await.unwrap();
    let bodies: Vec<String> = server.requests().into_iter().map(|request| request.body).collect();
    let expected =
        [r#"{"name":"a"}"#, "null", r#""a""#, "null", "1", "null", r#"{"size":1}"#, "null", "", r#"{"size":1}"#];
    assert_eq!(bodies, expected);
}

#[tokio::test]
async fn an_empty_body_is_null_and_an_error_if_the_type_does_not_allow_null() {
    for (status, body) in [("200 OK", ""), ("200 OK", " \r\n\t"), ("202 Accepted", ""), ("204 No Content", "")] {
        let server = answering(status, body);
        let client = client(&server);
        assert_eq!(client.fetch_part().await.unwrap().into_inner(), None, "{status}");
        assert_eq!(client.patch_part(None).await.unwrap().into_inner(), None, "{status}");
        let anything: Value = client.fetch_anything().await.unwrap().into_inner();
        assert_eq!(anything, Value::Null, "{status}");
        let error = client.put_holder(&decode(json!({"list": [], "map": {}, "lists": []}))).await.unwrap_err();
        assert!(error.is_decode() && error.to_string().contains("the response body is empty"), "{error}");
        assert_eq!(error.status().unwrap().to_string(), status);
        // The content that the document describes for 204 does not exist.
        let () = client.delete_anything().await.unwrap().into_inner();
    }
    let server = answering("202 Accepted", "");
    assert_eq!(client(&server).post_part(None).await.unwrap().into_inner(), PostPartOutcome::Accepted(None));
}

#[test]
fn null_survives_wherever_a_schema_is_reached() {
    let holder: Holder = round_trip(&json!({
        "one": null, "list": [null, {"size": 1}], "map": {"a": null, "b": {"size": 2}}, "either": null, "again": null,
        "lists": [null, [null, true, {"size": 3}]],
    }));
    assert_eq!((holder.one, holder.again, holder.either), (None, None, None));
    let holder: Holder = round_trip(&json!({
        "one": {"size": 1}, "list": [], "map": {}, "either": {"size": 2}, "again": {"size": 3}, "lists": [],
    }));
    assert!(matches!(holder.either, Some(HolderEither::Maybe(Maybe { size: 2, .. }))));
}

#[test]
fn null_of_an_optional_property_is_sent_wherever_its_struct_is_reached() {
    let change = json!({"kind": "a", "note": null, "value": null, "part": null});
    let set = json!({"kind": "a", "note": "b", "value": [null], "part": {"size": 1}});
    let mut holder = json!({"one": null, "list": [], "map": {}, "either": "a", "again": null, "lists": []});
    let _: Holder = round_trip(&holder);
    for (name, value) in [
        ("anything", json!(null)),
        ("nothing", json!(null)),
        ("change", change.clone()),
        ("changes", json!([change, "b", set])),
        ("by_name", json!({"c": change})),
        ("ways", json!([{"out": null}, {"in": null}, {"out": "a"}, {"in": "b"}])),
        ("secret", json!({"key": null})),
    ] {
        holder[name] = value;
    }
    let holder: Holder = round_trip(&holder);
    assert_eq!(holder.anything, Nullable::Null);
    assert_eq!(encode(&types::Secret::new(None)), json!({"key": null}));
}

#[test]
fn null_is_allowed_if_the_other_members_of_all_of_have_no_type() {
    for (name, value) in [
        ("part", json!(null)),
        ("part", json!({"a": 1, "b": 2})),
        ("either", json!(null)),
        ("named", json!(null)),
        ("named", json!({"size": 1, "b": 2})),
        ("list", json!(null)),
        ("list", json!([{"a": 1, "b": 2}])),
        ("parts", json!([null, {"a": 1, "b": 2}])),
        ("inner", json!(null)),
        ("items", json!([null, {"a": 1, "b": 2}])),
    ] {
        let _: Together = round_trip(&json!({name: value}));
    }
    for name in ["strict", "untyped"] {
        let error = serde_json::from_value::<Together>(json!({name: [null]})).unwrap_err();
        assert!(error.to_string().contains("expected struct"), "{name}: {error}");
    }
}

#[test]
fn a_property_of_any_type_is_absent_null_or_set() {
    let change = |change: types::Change| encode(&change);
    assert_eq!(change(types::Change::new("a")), json!({"kind": "a"}));
    assert_eq!(change(types::Change::new("a").value(None)), json!({"kind": "a", "value": null}));
    assert_eq!(change(types::Change::new("a").value(json!(1))), json!({"kind": "a", "value": 1}));
    assert_eq!(change(types::Change::new("a").value(Value::Null)), json!({"kind": "a", "value": null}));
    assert_eq!(decode::<types::Change>(json!({"kind": "a"})).value, Nullable::Absent);
}

mod old {
    frontline::frontline_api!("specs/null_30.yaml");
}

#[tokio::test]
async fn nullable_of_3_0_makes_a_body_an_option() {
    let server = answering("200 OK", "null");
    let client = old::Client::builder().base_url(server.url()).build().unwrap();
    let a: Option<old::types::A> = client.fetch_a().await.unwrap().into_inner();
    let b: Option<old::types::B> = client.fetch_b().await.unwrap().into_inner();
    client.patch_b(Some(&old::types::PatchBRequest::new())).await.unwrap();
    assert!(a.is_none() && b.is_none());
    assert_eq!(server.requests()[2].body, "{}");
}
