//! What is read in JSON and sent back in a form, a part, or a parameter.

use std::collections::BTreeMap;

use frontline::{Error, Nullable};
use frontline_tests::RawServer;
use serde_json::json;

use crate::answering;

frontline::frontline_api!("specs/sent_back.yaml");

use types::{Filter, FilterInner, FindLabelParams, FindParams, PostTagRequest, PutFilterBody};

fn client(server: &RawServer) -> Client {
    Client::builder().base_url(server.url()).build().unwrap()
}

fn body(server: &RawServer) -> String {
    server.requests().pop().unwrap().body
}

#[tokio::test]
async fn a_form_keeps_unknown_properties_except_null() {
    let card = r#"{"name":"a","owner":{"age":1,"more":{"b":null}},"flag":true,"list":[1,"c"],"none":null,"text":"d"}"#;
    let server = answering("200 OK", card);
    let client = client(&server);
    let card = client.fetch_card().await.unwrap().into_inner();
    client.post_card(&card).await.unwrap();
    let body = body(&server);
    let pairs: Vec<(String, String)> = form_urlencoded::parse(body.as_bytes()).into_owned().collect();
    let owner = r#"{"age":1,"more":{"b":null}}"#;
    let expected = [("name", "a"), ("owner", owner), ("flag", "true"), ("list", "1"), ("list", "c"), ("text", "d")];
    assert_eq!(pairs, expected.map(|(name, value)| (name.to_owned(), value.to_owned())));
}

#[tokio::test]
async fn a_part_in_json_keeps_unknown_properties_and_null() {
    let server = answering("200 OK", r#"{"name":"a","note":null,"more":null}"#);
    let client = client(&server);
    let tag = client.fetch_tag().await.unwrap().into_inner();
    client.post_tag(PostTagRequest::new().tag(tag)).await.unwrap();
    assert!(body(&server).contains("\r\n\r\n{\"name\":\"a\",\"note\":null,\"more\":null}\r\n"), "{}", body(&server));
}

#[tokio::test]
async fn a_parameter_in_json_keeps_unknown_properties_and_null() {
    let server = answering("200 OK", r#"{"name":"a","note":null,"more":null}"#);
    let client = client(&server);
    let label = client.find_label_with(&FindLabelParams::new()).await.unwrap().into_inner();
    client.find_label_with(&FindLabelParams::new().label(label)).await.unwrap();
    let line = server.requests().pop().unwrap().line;
    let query = line.split(['?', ' ']).nth(2).unwrap();
    let (_, sent) = form_urlencoded::parse(query.as_bytes()).next().unwrap();
    assert_eq!(sent, r#"{"name":"a","note":null,"more":null}"#);
}

/// Asserts that the error comes before anything is sent.
fn refused<T>(result: Result<T, Error>, why: &str) {
    let error = result.err().unwrap();
    assert!(error.is_invalid_argument() && error.to_string().contains(why), "{error}");
}

#[tokio::test]
async fn null_is_refused_where_only_json_could_express_it() {
    let why = "a property is null, which only JSON can express";
    let server = answering("200 OK", "{}");
    let client = client(&server);
    let named = || Filter::new().name(None);
    let inner = || Filter::new().inner(FilterInner::new().note(None));
    for filter in [named(), inner()] {
        refused(client.put_filter(PutFilterBody::Form(filter.clone())).await, why);
        refused(client.find_with(&FindParams::new().deep(filter)).await, why);
    }
    refused(client.find_with(&FindParams::new().exploded(named())).await, why);
    refused(client.find_with(&FindParams::new().x_filter(named())).await, why);
    assert_eq!(server.connections(), 0);
    // The inner object is JSON text.
    client.find_with(&FindParams::new().exploded(inner())).await.unwrap();
    assert!(server.requests()[0].line.contains("inner=%7B%22note%22%3Anull%7D"));
    client.put_filter(PutFilterBody::Json(named())).await.unwrap();
    assert_eq!(body(&server), r#"{"name":null}"#);
    client.put_filter(PutFilterBody::Form(Filter::new().name("a"))).await.unwrap();
    assert_eq!(body(&server), "name=a");
    assert_eq!(Filter::new().name, Nullable::Absent);
}

#[tokio::test]
async fn a_list_does_not_lose_items_that_are_null() {
    let server = answering("200 OK", "{}");
    let client = client(&server);
    let mut filter = Filter::new();
    filter.additional_properties = BTreeMap::from([("list".to_owned(), json!([1, null]))]);
    let why = "cannot be sent in its style, because an item of a list is null or empty";
    refused(client.put_filter(PutFilterBody::Form(filter.clone())).await, why);
    refused(client.find_with(&FindParams::new().deep(filter.clone())).await, why);
    assert_eq!(server.connections(), 0);
    client.put_filter(PutFilterBody::Json(filter)).await.unwrap();
    assert_eq!(body(&server), r#"{"list":[1,null]}"#);
}
