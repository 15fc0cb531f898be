//! The raw request for each kind of body, and each kind of response.

mod wire {
    frontline::frontline_api!("specs/wire.yaml");
}

use frontline::{ByteStream, File};
use frontline_tests::{RawRequest, RawServer, http};
use serde_json::json;
use wire::{Client, types};

fn client(server: &RawServer) -> Client {
    Client::builder().base_url(server.url()).build().unwrap()
}

fn nothing() -> RawServer {
    RawServer::start(http("204 No Content", "", ""))
}

fn only(server: &RawServer) -> RawRequest {
    let [request] = &server.requests()[..] else { panic!("one request was expected") };
    request.clone()
}

fn header(request: &RawRequest, name: &str) -> Option<String> {
    request.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone())
}

fn colors() -> Vec<String> {
    vec!["blue".into(), "a,b|c d".into()]
}

#[tokio::test]
async fn forms_repeat_the_names_of_lists_unless_an_encoding_joins_them() {
    let server = nothing();
    let form = types::SendFormRequest::new()
        .tag(colors())
        .attributes([("k".to_owned(), json!(1))].into())
        .joined(vec!["x".into(), "y".into()]);
    let answer = client(&server).send_form(&form).await.unwrap();
    assert_eq!(answer.into_inner(), None);
    let request = only(&server);
    assert_eq!(header(&request, "content-type").as_deref(), Some("application/x-www-form-urlencoded"));
    let pairs: Vec<(String, String)> = form_urlencoded::parse(request.body.as_bytes()).into_owned().collect();
    let expected = [("Tag", "blue"), ("Tag", "a,b|c d"), ("Attributes", r#"{"k":1}"#), ("Joined", "x,y")];
    assert_eq!(pairs, expected.map(|(name, value)| (name.to_owned(), value.to_owned())));
}

#[tokio::test]
async fn form_properties_use_the_style_of_their_encoding() {
    let server = nothing();
    let range = || types::Range::new(1).to(2);
    let form = types::SendStyledFormRequest::new()
        .spaces(colors())
        .pipes(colors())
        .deep(range())
        .exploded(range())
        .joined(range())
        .json(colors())
        .plain("a=b&c+d")
        .ranges(vec![range(), types::Range::new(3)]);
    client(&server).send_styled_form(&form).await.unwrap();
    let body = only(&server).body;
    let pairs: Vec<(String, String)> = form_urlencoded::parse(body.as_bytes()).into_owned().collect();
    let expected = [
        ("Spaces", "blue a,b|c d"),
        ("Pipes", "blue|a,b|c d"),
        ("Deep[from]", "1"),
        ("Deep[to]", "2"),
        ("from", "1"),
        ("to", "2"),
        ("Joined", "from,1,to,2"),
        ("Json", r#"["blue","a,b|c d"]"#),
        ("Plain", "a=b&c+d"),
        ("Ranges", r#"{"from":1,"to":2}"#),
        ("Ranges", r#"{"from":3}"#),
    ];
    assert_eq!(pairs, expected.map(|(name, value)| (name.to_owned(), value.to_owned())));
}

#[tokio::test]
async fn optional_bodies_of_each_kind_can_be_omitted() {
    let server = nothing();
    let client = client(&server);
    client.send_text(None).await.unwrap();
    client.send_text(Some("a,b")).await.unwrap();
    client.send_bytes(None).await.unwrap();
    client.send_bytes(Some(ByteStream::from("any"))).await.unwrap();
    client.send_anything(None).await.unwrap();
    for body in [
        types::Range::new(1).into(),
        types::Cat::new().lives(9).into(),
        types::SendAnythingBody::Bytes(ByteStream::from("any")),
    ] {
        client.send_anything(Some(body)).await.unwrap();
    }
    let requests = server.requests();
    let sent: Vec<_> =
        requests.iter().map(|request| (header(request, "content-type"), request.body.as_str())).collect();
    let of = |media: &str, body| (Some(media.to_owned()), body);
    assert_eq!(
        sent,
        [
            (None, ""),
            of("text/csv", "a,b"),
            (None, ""),
            of("application/octet-stream", "any"),
            (None, ""),
            of("application/merge-patch+json", r#"{"from":1}"#),
            of("application/x-www-form-urlencoded", "lives=9"),
            of("application/octet-stream", "any"),
        ]
    );
}

#[tokio::test]
async fn the_type_of_the_argument_selects_the_media_type() {
    let server = RawServer::start(http("200 OK", "Content-Type: text/plain\r\n", "done"));
    let client = client(&server);
    assert_eq!(client.send_either(types::Range::new(1)).await.unwrap().into_inner(), "done");
    client.send_either("ä".to_owned()).await.unwrap();
    let requests = server.requests();
    let sent = |index: usize| (header(&requests[index], "content-type").unwrap(), requests[index].body.clone());
    assert_eq!(sent(0), ("application/json".into(), r#"{"from":1}"#.into()));
    assert_eq!(sent(1), ("text/plain".into(), "ä".into()));
}

#[tokio::test]
async fn variants_of_a_body_enum_select_the_media_type() {
    use types::SendAlikeBody;
    let server = nothing();
    let client = client(&server);
    for body in [
        SendAlikeBody::Json(colors()),
        SendAlikeBody::Json2(colors()),
        SendAlikeBody::Json3(vec!["red".to_owned()]),
        SendAlikeBody::Json4("red".to_owned()),
        SendAlikeBody::Text("red".to_owned()),
        types::Range::new(1).into(),
        ByteStream::from("any").into(),
    ] {
        client.send_alike(body).await.unwrap();
    }
    let requests = server.requests();
    let sent: Vec<_> =
        requests.iter().map(|request| (header(request, "content-type").unwrap(), request.body.as_str())).collect();
    let expected = [
        ("application/json", r#"["blue","a,b|c d"]"#),
        ("application/vnd.names+json", r#"["blue","a,b|c d"]"#),
        ("application/vnd.list+json", r#"["red"]"#),
        ("application/vnd.text+json", r#""red""#),
        ("text/plain", "red"),
        ("application/x-www-form-urlencoded", "from=1"),
        ("application/octet-stream", "any"),
    ];
    assert_eq!(sent, expected.map(|(media, body)| (media.to_owned(), body)));
}

#[tokio::test]
async fn files_arrive_with_name_and_media_type() {
    let server = RawServer::start(http("200 OK", "", "\0\u{1}"));
    let file = File::new("content\r\n--x").named("a \"b\".txt").of_type("text/plain");
    let others = vec![File::new("1").named("1"), File::new(ByteStream::from("2")).named("2")];
    let form = types::UploadRequest::new(file).title("Title").range(types::Range::new(1)).others(others);
    let form = form.tags(colors()).level(types::UploadRequestLevel::High);
    let form = form.photo("png").labels(colors()).note("any");
    let answer = client(&server).upload(form).await.unwrap().into_inner();
    assert_eq!(&answer.collect(2).await.unwrap()[..], b"\0\x01");
    let request = only(&server);
    let boundary = multer::parse_boundary(header(&request, "content-type").unwrap()).unwrap();
    let body = futures_util::stream::iter([Ok::<_, std::convert::Infallible>(request.body.clone())]);
    let mut parts = multer::Multipart::new(body, boundary);
    let mut found = Vec::new();
    while let Some(part) = parts.next_field().await.unwrap() {
        let name = part.name().unwrap().to_owned();
        let file_name = part.file_name().map(ToOwned::to_owned);
        let media = part.content_type().map(ToString::to_string);
        let text: String = part.text().await.unwrap();
        found.push((name, file_name, media, text));
    }
    let expected = [
        ("file", Some("a %22b%22.txt"), Some("text/plain"), "content\r\n--x"),
        ("title", None, None, "Title"),
        ("range", None, Some("application/json"), r#"{"from":1}"#),
        ("others", Some("1"), Some("application/octet-stream"), "1"),
        ("others", Some("2"), Some("application/octet-stream"), "2"),
        ("tags", None, None, "blue"),
        ("tags", None, None, "a,b|c d"),
        ("level", None, None, "high"),
        ("photo", Some("file"), Some("image/png"), "png"),
        ("labels", None, Some("application/json"), r#"["blue","a,b|c d"]"#),
        ("note", None, None, "any"),
    ];
    let found: Vec<_> = found
        .iter()
        .map(|(name, file, media, text)| (name.as_str(), file.as_deref(), media.as_deref(), text.as_str()))
        .collect();
    assert_eq!(found, expected);
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
    let requests = server.requests();
    let asked: Vec<_> = requests.iter().filter_map(|request| header(request, "accept")).collect();
    let vendor = "application/vnd.range+json;v=2";
    assert_eq!(asked, [vendor, "text/plain, application/json", "application/json", "*/*", "*/*"]);
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
    let mut items = client(&server).list_classic_stream(&types::ListClassicParams::new().page_size(1).x_tenant("7"));
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
    assert!(matches!(read(json!(5)), types::Loose::Unknown(_)));
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
        assert!(error.is_decode(), "{next}: {error}");
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
