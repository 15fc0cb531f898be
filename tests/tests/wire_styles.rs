//! Each style of parameter and kind of body, as it arrives at a socket, and each kind of answer.

mod wire {
    frontline::frontline_api!("specs/wire.yaml");
}

use frontline::{DateTime, File};
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
async fn parameters_arrive_in_their_styles() {
    let server = nothing();
    let time: DateTime = serde_json::from_value(json!("2026-01-31T12:00:00Z")).unwrap();
    let params = types::StylesParams::new()
        .form(colors())
        .exploded(colors())
        .pipes(colors())
        .spaces(colors())
        .deep(types::Range::new(1).to(2))
        .date_created(serde_json::from_value(json!("2026-01-31")).unwrap())
        .date_created_before(time)
        .filter(types::Range::new(3))
        .x_colors(vec!["x".into(), "y".into()])
        .session("a b");
    client(&server).styles(&colors(), &colors(), 5, &params).await.unwrap();
    let request = only(&server);
    let (target, _) = request.line.strip_prefix("GET ").unwrap().split_once(' ').unwrap();
    let (path, query) = target.split_once('?').unwrap();
    assert_eq!(path, "/colors/blue,a%2Cb%7Cc%20d/.blue.a%2Cb%7Cc%20d/;matrix=5");
    // What delimits is as it is or encoded as the specification says; what is a value is encoded always.
    assert!(query.contains("form=blue,a%2Cb%7Cc%20d&"), "{query}");
    assert!(query.contains("pipes=blue%7Ca%2Cb%7Cc%20d&"), "{query}");
    assert!(query.contains("spaces=blue%20a%2Cb%7Cc%20d&"), "{query}");
    let pairs: Vec<(String, String)> = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
    let values = |name: &str| -> Vec<&str> {
        pairs.iter().filter(|(known, _)| known == name).map(|(_, value)| value.as_str()).collect()
    };
    assert_eq!(values("exploded"), ["blue", "a,b|c d"]);
    assert_eq!((values("deep[from]"), values("deep[to]")), (vec!["1"], vec!["2"]));
    assert_eq!(values("DateCreated"), ["2026-01-31"]);
    assert_eq!(values("DateCreated<"), ["2026-01-31T12:00:00Z"]);
    assert_eq!(values("filter"), [r#"{"from":3}"#]);
    assert_eq!(header(&request, "x-colors").as_deref(), Some("x,y"));
    assert_eq!(header(&request, "cookie").as_deref(), Some("session=a%20b"));
}

#[tokio::test]
async fn an_empty_list_in_the_path_is_refused_and_nothing_is_sent() {
    let server = nothing();
    let error = client(&server).styles(&Vec::new(), &colors(), 5, &types::StylesParams::new()).await.unwrap_err();
    assert!(error.is_invalid_argument(), "{error}");
    assert_eq!(server.connections(), 0);
}

#[tokio::test]
async fn forms_repeat_lists_but_where_an_encoding_joins_them() {
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
async fn the_caller_chooses_the_media_type_by_the_type() {
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
async fn files_arrive_with_name_and_media_type() {
    let server = RawServer::start(http("200 OK", "", "\0\u{1}"));
    let file = File::new("content\r\n--x").named("a \"b\".txt").of_type("text/plain");
    let form = types::UploadRequest::new(file).title("Title").range(types::Range::new(1));
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
        found.push((name, file_name, media, part.text().await.unwrap()));
    }
    assert_eq!(
        found,
        [
            ("file".into(), Some("a %22b%22.txt".into()), Some("text/plain".into()), "content\r\n--x".into()),
            ("title".into(), None, None, "Title".into()),
            ("range".into(), None, Some("application/json".into()), r#"{"from":1}"#.into()),
        ]
    );
}

#[tokio::test]
async fn a_documented_redirect_is_the_answer_and_is_not_followed() {
    let elsewhere = RawServer::start(http("200 OK", "", ""));
    let location = format!("Location: {}\r\n", elsewhere.url());
    let server = RawServer::start(http("307 Temporary Redirect", &location, ""));
    let answer = client(&server).put_bytes("png").await.unwrap();
    assert_eq!((answer.status().as_u16(), elsewhere.connections()), (307, 0));
    assert_eq!(answer.headers()["location"], elsewhere.url());
    assert_eq!(header(&only(&server), "content-type").as_deref(), Some("image/png"));
}

#[tokio::test]
async fn the_status_decides_what_the_answer_is() {
    for (status, body, expected) in [
        ("200 OK", r#"{"from":1}"#, types::OutcomeOutcome::Ok(types::Range::new(1))),
        ("202 Accepted", "later", types::OutcomeOutcome::Accepted("later".into())),
    ] {
        let server = RawServer::start(http(status, "", body));
        assert_eq!(client(&server).outcome().await.unwrap().into_inner(), expected);
    }
    let server = RawServer::start(http("206 Partial Content", "", "ada@example.com"));
    let error = client(&server).outcome().await.unwrap_err();
    assert_eq!(error.to_string(), "GET /outcome: the document describes no response of status 206");
}

#[test]
fn the_tag_of_a_union_decides() {
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
fn a_union_without_a_tag_keeps_the_most() {
    let read = |value: serde_json::Value| serde_json::from_value::<types::Loose>(value).unwrap();
    assert!(matches!(read(json!({"lives": 9})), types::Loose::Cat(_)));
    assert!(matches!(read(json!({"tricks": ["sit"]})), types::Loose::Dog(_)));
    assert!(matches!(read(json!("word")), types::Loose::Text(_)));
    assert!(matches!(read(json!(5)), types::Loose::Unknown(_)));
}

#[tokio::test]
async fn pages_follow_each_other_on_the_same_server_alone() {
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

    // A page that names itself would never end.
    let server = RawServer::start(page(1, json!("/pages?page=2")));
    let mut items = client(&server).list_ranges_stream();
    for _ in 0..4 {
        assert!(items.next_item().await.unwrap().is_some());
    }
    assert!(items.next_item().await.unwrap_err().is_decode());
}
