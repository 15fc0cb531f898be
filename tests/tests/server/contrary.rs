//! Requests and names that a server could mistake, although the document allows them.

// What the macro expands must not need more than this.
#![deny(missing_docs, warnings, clippy::pedantic)]

use std::collections::BTreeMap;

use frontline::http::StatusCode;
use frontline::testing::{Fault, Received, example};
use frontline::{Error, Response, Retry};
use serde_json::{Value, json};

mod api {
    frontline::frontline_api!("specs/contrary.yaml", warnings = false);
}

use api::Client;
use api::server::{Examples, Server};
use api::types::{
    LevelLevel, LevelLevelText, LevelManyItem, LevelManyItemText, LevelParams, OpenParams, ReadonlyRequest, RequiredF,
    RequiredParams, VersionRequest, VersionRequest2,
};

async fn serve(examples: Examples) -> (Server<Examples>, Client) {
    let server = Server::start(examples).await.unwrap();
    let client = server.client().unwrap();
    (server, client)
}

#[tokio::test]
async fn arguments_and_operations_have_any_name() {
    let examples = Examples::new().on_ask(|a, b, c| async move { Ok(Response::new(format!("{a}{b}{c}"))) });
    let (_server, client) = serve(examples).await;
    assert_eq!(*client.ask("a", "b", "c").await.unwrap(), "abc");
    for called in [client.seed().await, client.seeded().await, client.on().await] {
        assert_eq!(called.unwrap().status(), 204);
    }
    let date = "2020-01-31".parse().unwrap();
    client.many("a", 1, 1.5, true, &date, &vec![1, 2], 7, 1.5, "a", "b", "c", "d", "e").await.unwrap();
}

#[tokio::test]
async fn paths_that_fit_several_templates_lead_to_the_closest() {
    let examples = Examples::new()
        .on_doc(|name| async move { Ok(Response::new(format!("doc {name}"))) })
        .on_doc_json(|name| async move { Ok(Response::new(format!("JSON {name}"))) });
    let (_server, client) = serve(examples).await;
    assert_eq!(*client.doc("x").await.unwrap(), "doc x");
    for name in ["x", "x.json.y", "x.json", "ü /%"] {
        assert_eq!(*client.doc_json(name).await.unwrap(), format!("JSON {name}"));
    }
    client.pair("a", "b").await.unwrap();
    client.uber("ü").await.unwrap();
}

#[tokio::test]
async fn texts_are_numbers_where_the_schema_lists_other_texts() {
    let (server, client) = serve(Examples::new()).await;
    let many = vec![LevelManyItem::Text(LevelManyItemText::Auto), LevelManyItem::Integer(5)];
    client.level_with(&LevelParams::new().level(LevelLevel::Integer(5)).many(many)).await.unwrap();
    client.level_with(&LevelParams::new().level(LevelLevel::Text(LevelLevelText::Auto))).await.unwrap();
    for value in [json!(1), json!(true), json!("two")] {
        client.level_with(&LevelParams::new().mixed(value)).await.unwrap();
    }
    let requests = server.requests();
    let values = |name| requests.iter().filter_map(|request| request.parameter(name).cloned()).collect::<Value>();
    assert_eq!(values("level"), json!([5, "auto"]));
    assert_eq!(values("many"), json!([["auto", 5]]));
    assert_eq!(values("mixed"), json!([1, true, "two"]));
}

#[tokio::test]
async fn a_failure_has_the_media_type_that_is_described_for_all_others() {
    let failing = |_| async { Err(Error::from_status(StatusCode::NOT_FOUND, r#"{"next":[]}"#)) };
    let (_server, client) = serve(Examples::new().on_nullable(failing)).await;
    let error = client.nullable(None).await.unwrap_err();
    assert_eq!(error.headers().unwrap()["content-type"], "application/vnd.x+json");
}

fn last(server: &Server<Examples>) -> Received {
    server.requests().pop().unwrap()
}

#[tokio::test]
async fn headers_are_utf_8() {
    let (server, client) = serve(Examples::new()).await;
    client.level_with(&LevelParams::new().x_name("ü")).await.unwrap();
    assert_eq!(last(&server).parameter("X-Name").unwrap(), "ü");
}

#[tokio::test]
async fn required_lists_and_objects_can_be_empty() {
    let (server, client) = serve(Examples::new()).await;
    client.required(&RequiredParams::new(vec![], RequiredF::default())).await.unwrap();
    assert_eq!(last(&server).parameter("ids").unwrap(), &json!([]));
}

#[tokio::test]
async fn an_open_object_of_the_query_contains_no_keys() {
    let (server, client) = serve(Examples::new()).await;
    let more = BTreeMap::from([("a".to_owned(), 1)]);
    client.open_with(&OpenParams::new().more(more)).await.unwrap();
    assert_eq!(last(&server).parameter("more").unwrap(), &json!({"a": 1}));
}

#[tokio::test]
async fn bodies_can_differ_in_the_parameters_of_their_media_type() {
    let (_server, client) = serve(Examples::new()).await;
    client.version(VersionRequest::new("a")).await.unwrap();
    client.version(VersionRequest2::new("b")).await.unwrap();
}

#[tokio::test]
async fn parts_that_only_responses_have_are_not_required() {
    let (_server, client) = serve(Examples::new()).await;
    client.readonly(ReadonlyRequest::new("a")).await.unwrap();
}

#[tokio::test]
async fn a_response_without_a_body_is_reset_as_well() {
    let (server, _) = serve(Examples::new()).await;
    let client = server.client_builder().retry(Retry::never()).build().unwrap();
    server.fail_next(Fault::reset_in_body());
    assert!(client.seed().await.unwrap_err().is_connection());
    server.fail_next(Fault::reset_in_body());
    assert!(client.head().await.unwrap_err().is_connection());
}

/// For example, because of an assertion in a closure.
#[tokio::test]
#[should_panic(expected = "the service panicked while it answered `doc`")]
async fn a_panic_of_the_service_fails_the_test() {
    let examples = Examples::new().on_doc(|name| async move {
        assert_eq!(name, "ada");
        Err(example(0))
    });
    let (_server, client) = serve(examples).await;
    assert!(client.doc("eve").await.unwrap_err().is_connection());
}

#[tokio::test]
async fn examples_answer_with_a_redirect_where_no_success_is_described() {
    let (_server, client) = serve(Examples::new()).await;
    assert_eq!(client.redirect().await.unwrap().status(), StatusCode::FOUND);
    assert_eq!(client.others().await.unwrap().status(), StatusCode::NOT_MODIFIED);
}

#[tokio::test]
#[should_panic(expected = "a response whose body has less than two bytes")]
async fn a_fault_that_changes_nothing_fails_the_test() {
    let (server, client) = serve(Examples::new()).await;
    server.fail_next(Fault::truncated());
    client.seed().await.unwrap();
}
