//! Each kind of answer, as it leaves a socket.

use frontline::ErrorKind;
use frontline_tests::{RawServer, http};
use serde_json::json;

use crate::wire::{Client, types};
use crate::{header, nothing, only};

fn client(server: &RawServer) -> Client {
    Client::builder().base_url(server.url()).build().unwrap()
}

#[tokio::test]
async fn a_documented_redirect_is_a_success_and_is_not_followed() {
    let elsewhere = RawServer::start(http("200 OK", "", ""));
    let location = format!("Location: {}\r\n", elsewhere.url());
    let server = RawServer::start(http("307 Temporary Redirect", &location, ""));
    let answer = client(&server).put_bytes("png").await.unwrap();
    assert_eq!((answer.status().as_u16(), elsewhere.connections()), (307, 0));
    assert_eq!(answer.headers()["location"], elsewhere.url());
    assert_eq!(header(&only(&server), "content-type").as_deref(), Some("image/png"));
}

#[tokio::test]
async fn the_status_selects_the_type_of_the_response() {
    for (status, body, expected) in [
        ("200 OK", r#"{"from":1}"#, types::OutcomeOutcome::Ok(types::Range::new(1))),
        ("202 Accepted", "later", types::OutcomeOutcome::Accepted("later".into())),
    ] {
        let server = RawServer::start(http(status, "", body));
        assert_eq!(client(&server).outcome().await.unwrap().into_inner(), expected);
    }
    let server = RawServer::start(http("206 Partial Content", "", "ada@example.com"));
    let error = client(&server).outcome().await.unwrap_err();
    assert_eq!(error.to_string(), "GET /outcome: the document does not describe a response with status 206");
    assert_eq!(error.body(), Some(&b"ada@example.com"[..]));
    let server = RawServer::start(b"HTTP/1.1 202 Accepted\r\nContent-Length: 1\r\nConnection: close\r\n\r\n\xff");
    let error = client(&server).outcome().await.unwrap_err();
    assert_eq!((error.is_decode(), error.body()), (true, Some(&b"\xff"[..])), "{error:?}");
}

#[tokio::test]
async fn an_exact_status_takes_precedence_over_a_range() {
    for (status, body, expected) in [
        ("201 Created", "later", types::AnySuccessOutcome::Created("later".into())),
        ("200 OK", r#"{"from":1}"#, types::AnySuccessOutcome::Success(types::Range::new(1))),
        ("299 Odd", r#"{"from":2}"#, types::AnySuccessOutcome::Success(types::Range::new(2))),
    ] {
        let server = RawServer::start(http(status, "", body));
        assert_eq!(client(&server).any_success().await.unwrap().into_inner(), expected);
    }
    // If the document describes only the default response, it describes success too.
    let server = RawServer::start(http("202 Accepted", "", r#"{"from":1}"#));
    assert_eq!(client(&server).only_default().await.unwrap().from, 1);
    let server = RawServer::start(http("400 Bad", "", r#"{"from":1}"#));
    assert!(client(&server).only_default().await.unwrap_err().is_status());
}

#[tokio::test]
async fn documented_media_types_are_accepted() {
    let server = RawServer::start(http("200 OK", "", r#"{"from":1}"#));
    let client = client(&server);
    assert_eq!(client.get_vendor().await.unwrap().from, 1);
    client.any_success().await.unwrap();
    client.only_default().await.unwrap();
    client.send_either("text".to_owned()).await.unwrap();
    client.upload(types::UploadRequest::new("bytes")).await.unwrap();
    client.get_table().await.unwrap();
    client.get_image().await.unwrap();
    client.get_anything().await.unwrap();
    let requests = server.requests();
    let asked: Vec<_> = requests.iter().filter_map(|request| header(request, "accept")).collect();
    let expected = [
        "application/vnd.range+json;v=2",
        "text/plain, application/json",
        "application/json",
        "text/plain, */*;q=0.1",
        "application/octet-stream, */*;q=0.1",
        "text/csv; header=present, */*;q=0.1",
        "image/*, */*;q=0.1",
        "*/*",
    ];
    assert_eq!(asked, expected);
}

#[tokio::test]
async fn each_media_type_of_a_response_can_be_requested() {
    let answers = ["{\"from\":1}", "%PDF", "a;b", "[\"a\"]"].map(|body| http("200 OK", "", body));
    let server = RawServer::start_script(answers);
    let client = client(&server);
    let year = types::GetReportParams::new().year(2026);
    assert_eq!(client.get_report_with(&year).await.unwrap().from, 1);
    assert_eq!(client.get_report_pdf_with(&year).await.unwrap().into_inner().collect(9).await.unwrap(), "%PDF");
    // Another operation has the name without the number.
    assert_eq!(*client.get_report_csv2_with(&year).await.unwrap(), "a;b");
    assert_eq!(*client.get_report_brief_with(&year).await.unwrap(), ["a"]);
    let requests = server.requests();
    assert!(requests.iter().all(|request| request.line == "GET /report?year=2026 HTTP/1.1"));
    let asked: Vec<_> = requests.iter().filter_map(|request| header(request, "accept")).collect();
    assert_eq!(asked, ["application/json", "application/pdf", "text/csv", "application/vnd.acme.brief+json"]);
}

#[tokio::test]
async fn each_format_of_a_file_or_a_text_can_be_requested() {
    let server = RawServer::start(http("200 OK", "", "a"));
    let client = client(&server);
    assert_eq!(*client.get_picture().await.unwrap(), "a");
    assert_eq!(*client.get_picture_text().await.unwrap(), "a");
    assert_eq!(client.get_picture_png().await.unwrap().into_inner().collect(1).await.unwrap(), "a");
    assert_eq!(client.get_picture_jpeg().await.unwrap().into_inner().collect(1).await.unwrap(), "a");
    let requests = server.requests();
    let asked: Vec<_> = requests.iter().filter_map(|request| header(request, "accept")).collect();
    assert_eq!(asked, ["text/html, */*;q=0.1", "text/plain", "image/png", "image/jpeg"]);
}

#[tokio::test]
async fn error_bodies_are_decoded_as_documented() {
    let server = RawServer::start(http("404 Not Found", "", r#"{"lives":9}"#));
    let error = client(&server).any_success().await.unwrap_err();
    assert_eq!(error.body_as::<types::Cat>().unwrap().unwrap().lives, Some(9));
    let server = RawServer::start(http("409 Conflict", "", r#"{"tricks":["sit"]}"#));
    let error = client(&server).any_success().await.unwrap_err();
    assert_eq!(error.body_as::<types::Dog>().unwrap().unwrap().tricks, Some(vec!["sit".to_owned()]));
}

#[tokio::test]
async fn pages_with_next_page_uri_are_followed() {
    let page = |from: u8, next: serde_json::Value| {
        let body = json!({"ranges": [{"from": from}], "page": from, "next_page_uri": next, "uri": "/classic.json"});
        http("200 OK", "", &body.to_string())
    };
    let server = RawServer::start_script([page(1, json!("/classic.json?PageSize=1&Page=1")), page(2, json!(null))]);
    let mut items =
        client(&server).list_classic_stream_with(&types::ListClassicParams::new().page_size(1).x_tenant("7"));
    let mut found = Vec::new();
    while let Some(range) = items.next_item().await.unwrap() {
        found.push(range.from);
    }
    assert_eq!(found, [1, 2]);
    let lines: Vec<String> = server.requests().iter().map(|request| request.line.clone()).collect();
    assert_eq!(lines, ["GET /classic.json?PageSize=1 HTTP/1.1", "GET /classic.json?PageSize=1&Page=1 HTTP/1.1"]);
    // Headers are sent for each page, because the URL of the next page does not contain them.
    assert!(server.requests().iter().all(|request| header(request, "x-tenant").as_deref() == Some("7")));
}

#[tokio::test]
async fn relative_addresses_of_pages_are_resolved_against_the_page_that_names_them() {
    let page = |next| http("200 OK", "", &json!({"ranges": [], "page": 0, "next_page_uri": next}).to_string());
    let server =
        RawServer::start_script([page(Some("?Page=1")), page(Some("other/2?x=y")), page(Some("./3")), page(None)]);
    let client = Client::builder().base_url(format!("{}/v1", server.url())).build().unwrap();
    let mut items = client.list_classic_stream_with(&types::ListClassicParams::new().page_size(1));
    assert!(items.next_item().await.unwrap().is_none());
    let lines: Vec<String> = server.requests().iter().map(|request| request.line.replace(" HTTP/1.1", "")).collect();
    assert_eq!(
        lines,
        ["GET /v1/classic.json?PageSize=1", "GET /v1/classic.json?Page=1", "GET /v1/other/2?x=y", "GET /v1/other/3"]
    );
}

#[test]
fn the_discriminator_selects_the_variant() {
    let read = |value: serde_json::Value| serde_json::from_value::<types::Pet>(value).unwrap();
    let cat = read(json!({"kind": "cat", "lives": 9}));
    assert!(matches!(&cat, types::Pet::Cat(cat) if cat.lives == Some(9)), "{cat:?}");
    assert_eq!(serde_json::to_value(&cat).unwrap(), json!({"lives": 9, "kind": "cat"}));
    let dog = read(json!({"kind": "Dog", "tricks": ["sit"]}));
    assert_eq!(serde_json::to_value(&dog).unwrap(), json!({"kind": "Dog", "tricks": ["sit"]}));
    let bird = json!({"kind": "bird", "sings": true});
    assert_eq!(serde_json::to_value(read(bird.clone())).unwrap(), bird);
}

#[test]
fn an_untagged_union_selects_the_variant_that_keeps_the_most() {
    let read = |value: serde_json::Value| serde_json::from_value::<types::Loose>(value).unwrap();
    assert!(matches!(read(json!({"lives": 9})), types::Loose::Cat(_)));
    assert!(matches!(read(json!({"tricks": ["sit"]})), types::Loose::Dog(_)));
    assert!(matches!(read(json!("word")), types::Loose::Text(_)));
    assert!(matches!(read(json!([5])), types::Loose::Unknown(_)));
}

#[tokio::test]
async fn pages_are_followed_only_on_the_same_server() {
    let page = |from: u8, next: serde_json::Value| {
        let body =
            json!({"ranges": [{"from": from}, {"from": from + 1}], "meta": {"key": "ranges", "next_page_url": next}});
        http("200 OK", "", &body.to_string())
    };
    let server = RawServer::start_script([page(1, json!("/pages?page=2")), page(3, json!(null))]);
    let mut items = client(&server).list_ranges_stream();
    let mut found = Vec::new();
    while let Some(range) = items.next_item().await.unwrap() {
        found.push(range.from);
    }
    assert_eq!(found, [1, 2, 3, 4]);
    let lines: Vec<String> = server.requests().iter().map(|request| request.line.clone()).collect();
    assert_eq!(lines, ["GET /pages HTTP/1.1", "GET /pages?page=2 HTTP/1.1"]);

    let elsewhere = nothing();
    for next in [format!("{}/pages", elsewhere.url()), "http://user@127.0.0.1/".into(), "//evil.example/".into()] {
        let server = RawServer::start(page(1, json!(next)));
        let mut items = client(&server).list_ranges_stream();
        assert!(items.next_item().await.unwrap().is_some() && items.next_item().await.unwrap().is_some());
        let error = items.next_item().await.unwrap_err();
        assert_eq!(
            (error.kind(), error.attempts(), error.maybe_sent()),
            (ErrorKind::Decode, 0, false),
            "{next}: {error}"
        );
    }
    assert_eq!(elsewhere.connections(), 0);

    let server = RawServer::start(page(1, json!("/pages?page=2")));
    let mut items = client(&server).list_ranges_stream().limit(2);
    assert!(items.next_item().await.unwrap().is_some() && items.next_item().await.unwrap().is_some());
    assert!(items.next_item().await.unwrap().is_none());
    assert_eq!(server.connections(), 1);

    // A page that names itself as the next one would never end.
    let server = RawServer::start(page(1, json!("/pages?page=2")));
    let mut items = client(&server).list_ranges_stream();
    for _ in 0..4 {
        assert!(items.next_item().await.unwrap().is_some());
    }
    assert!(items.next_item().await.unwrap_err().is_decode());
}

#[tokio::test]
async fn pages_without_items_do_not_go_on_forever() {
    let page = |number: usize| {
        let next = format!("/pages?page={number}");
        http("200 OK", "", &json!({"ranges": [], "meta": {"key": "ranges", "next_page_url": next}}).to_string())
    };
    let server = RawServer::start_script((0..200).map(page));
    let error = client(&server).list_ranges_stream().limit(10).next_item().await.unwrap_err();
    assert_eq!(error.to_string(), "100 pages in a row contain no items");
    assert_eq!(server.connections(), 100);
}
