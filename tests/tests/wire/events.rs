//! Streams of server-sent events and of JSON values.

use std::sync::mpsc;
use std::time::Duration;

use frontline::{ByteStream, CallOptions, Error, ErrorKind, Event, Events};
use frontline_tests::{RawRequest, RawServer, http};
use futures_util::TryStreamExt;
use serde_json::json;

mod api {
    frontline::frontline_api!("specs/streams.yaml");
}

use api::Client;
use api::types::{Change, Kind, Piece, Question, Refusal};

const ATTEMPT: Duration = Duration::from_millis(500);

fn client(server: &RawServer) -> Client {
    Client::builder().base_url(server.url()).attempt_timeout(ATTEMPT).timeout(ATTEMPT * 3 / 2).build().unwrap()
}

fn answering(media: &str, body: &str) -> RawServer {
    RawServer::start(http("200 OK", &format!("Content-Type: {media}\r\n"), body))
}

fn events(body: &str) -> RawServer {
    answering("text/event-stream", body)
}

fn header<'a>(request: &'a RawRequest, name: &str) -> Option<&'a str> {
    request.headers.iter().find(|header| header.0 == name).map(|header| header.1.as_str())
}

fn pieces(events: &[Event<Piece>]) -> Vec<&str> {
    events.iter().map(|event| event.piece.as_str()).collect()
}

#[tokio::test]
async fn events_have_data_a_type_and_an_id() {
    let server = events(
        ": welcome\n\nid: 7\nevent: change\ndata: {\"type\":\"Added\",\ndata:  \"count\":2}\n\nretry: 1500\ndata: \
         {\"type\":\"moved\"}\n\n",
    );
    let response = client(&server).watch().await.unwrap();
    assert_eq!(response.status(), 200);
    let mut events: Events<Change> = response.into_inner();
    let first = events.next_event().await.unwrap().unwrap();
    let Change::Added(added) = &*first else { panic!("{first:?}") };
    assert_eq!((added.count, first.event.as_deref(), first.id.as_deref()), (Some(2), Some("change"), Some("7")));
    assert_eq!(events.retry(), None);
    let second = events.next_event().await.unwrap().unwrap();
    assert_eq!((second.event.as_deref(), second.id.as_deref()), (None, Some("7")));
    assert_eq!(second.into_inner(), Change::Unknown(json!({"type": "moved"})));
    assert_eq!(events.retry(), Some(Duration::from_millis(1500)));
    assert!(events.next_event().await.unwrap().is_none());
    assert_eq!(header(&server.requests()[0], "accept"), Some("text/event-stream"));
}

#[tokio::test]
async fn each_stream_and_each_range_has_a_method() {
    let typed = |media: &str, body| http("200 OK", &format!("Content-Type: {media}\r\n"), body);
    let server = RawServer::start_script([
        typed("application/json", r#"{"piece":"a"}"#),
        typed("text/event-stream", "data: {\"piece\":\"b\"}\n\n"),
        typed("application/x-ndjson", "{\"type\":\"Added\",\"count\":3}\n"),
        typed("image/webp", "RIFF"),
        typed("text/weird", "c"),
    ]);
    let client = client(&server);
    assert_eq!(client.feed().await.unwrap().piece, "a");
    let events: Vec<_> = client.feed_stream().await.unwrap().into_inner().try_collect().await.unwrap();
    assert_eq!(pieces(&events), ["b"]);
    let changes: Vec<Change> = client.feed_ndjson().await.unwrap().into_inner().try_collect().await.unwrap();
    assert!(matches!(&changes[..], [Change::Added(added)] if added.count == Some(3)));
    let image = client.feed_image().await.unwrap();
    assert_eq!(image.headers()["content-type"], "image/webp");
    assert_eq!(image.into_inner().collect(9).await.unwrap(), "RIFF");
    assert_eq!(client.feed_any().await.unwrap().into_inner().collect(9).await.unwrap(), "c");
    let requests = server.requests();
    let asked: Vec<_> = requests.iter().filter_map(|request| header(request, "accept")).collect();
    assert_eq!(asked, ["application/json", "text/event-stream", "application/x-ndjson", "image/*", "*/*"]);
}

#[tokio::test]
async fn an_operation_has_a_method_for_each_kind_of_response() {
    let server = RawServer::start_with(|connection| {
        connection.request()?;
        if connection.number == 0 {
            return connection.write(http("200 OK", "", r#"{"text":"whole"}"#));
        }
        connection.write("HTTP/1.1 200 OK\r\nContent-Type: Text/Event-Stream; charset=utf-8\r\n\r\n")?;
        connection.write("data: {\"piece\":\"gr\u{f6}")?;
        connection.write("\u{df}e\"}\r\n\r\ndata: [DONE]\n\n")?;
        // Only the last event marks the end.
        connection.wait()
    });
    let client = client(&server);
    let whole = client.chat(&Question::new("?")).await.unwrap().into_inner();
    assert_eq!(whole.unwrap().text, "whole");
    let stream = client.chat_events(&Question::new("?").stream(true)).await.unwrap().into_inner();
    let events: Vec<Event<Piece>> = stream.try_collect().await.unwrap();
    assert_eq!(pieces(&events), ["gr\u{f6}\u{df}e"]);
    let [plain, streamed] = &server.requests()[..] else { panic!("two requests") };
    assert_eq!((header(plain, "accept"), plain.body.as_str()), (Some("application/json"), r#"{"text":"?"}"#));
    assert_eq!(header(streamed, "accept"), Some("text/event-stream"));
    assert_eq!(streamed.body, r#"{"text":"?","stream":true}"#);
}

#[tokio::test]
async fn an_operation_can_return_bytes_or_events() {
    let sound: ByteStream = client(&answering("audio/mpeg", "pling")).speak().await.unwrap().into_inner();
    assert_eq!(sound.collect(10).await.unwrap(), "pling");
    let server = events("data: {\"piece\":\"pling\"}\n\n");
    let events: Vec<_> = client(&server).speak_stream().await.unwrap().into_inner().try_collect().await.unwrap();
    assert_eq!(pieces(&events), ["pling"]);
}

#[tokio::test]
async fn a_schema_can_describe_all_fields_of_an_event() {
    let server = events("event: piece\ndata: {\"piece\":\"a\"}\n\nevent: end\ndata: bye\n\nevent: new\ndata: 1\n\n");
    let mut described = client(&server).described().await.unwrap().into_inner();
    let first: Event<Piece> = described.next_event().await.unwrap().unwrap();
    assert_eq!((first.piece.as_str(), first.event.as_deref()), ("a", Some("piece")));

    let mut kinds = client(&server).kinds().await.unwrap().into_inner();
    let first: Event<Kind> = kinds.next_event().await.unwrap().unwrap();
    let Kind::Object(piece) = first.into_inner() else { panic!("a piece") };
    assert_eq!(piece.data.piece, "a");
    let Kind::Object2(end) = kinds.next_event().await.unwrap().unwrap().into_inner() else { panic!("the end") };
    assert_eq!(end.data, "bye");
    let unknown = kinds.next_event().await.unwrap().unwrap();
    assert_eq!(*unknown, Kind::Unknown(json!({"event": "new", "data": 1})));
}

#[tokio::test]
async fn events_without_a_schema_are_text_or_json() {
    let server = events("data: {\"a\":1}\n\ndata\n\ndata: plain\ndata: text\n\n");
    let text: Vec<_> = client(&server).text().await.unwrap().into_inner().try_collect().await.unwrap();
    let text: Vec<String> = text.into_iter().map(Event::into_inner).collect();
    assert_eq!(text, ["{\"a\":1}", "", "plain\ntext"]);
    // Data that is not JSON is a string, and events without data are skipped.
    let any: Vec<_> = client(&server).any().await.unwrap().into_inner().try_collect().await.unwrap();
    let any: Vec<_> = any.into_iter().map(Event::into_inner).collect();
    assert_eq!(any, [json!({"a": 1}), json!("plain\ntext")]);
}

#[tokio::test]
async fn item_schemas_describe_the_data_of_events() {
    let server = events("data: {\"piece\":\"a\"}\n\n");
    let events: Vec<_> = client(&server).items().await.unwrap().into_inner().try_collect().await.unwrap();
    assert_eq!(pieces(&events), ["a"]);
}

#[tokio::test]
async fn json_values_are_read_from_lines_and_sequences() {
    let server = answering("application/x-ndjson", "{\"piece\":\"a\"}\n\n{\"piece\":\"b\"}");
    let lines: Vec<Piece> = client(&server).lines().await.unwrap().into_inner().try_collect().await.unwrap();
    assert_eq!(lines.iter().map(|line| line.piece.as_str()).collect::<Vec<_>>(), ["a", "b"]);
    assert_eq!(header(&server.requests()[0], "accept"), Some("application/x-ndjson"));

    let server = answering("application/json-seq", "\x1e{\n\"piece\":\"a\"}\n\x1e{\"piece\":\"b\"}\n");
    let sequence: Vec<Piece> = client(&server).sequence().await.unwrap().into_inner().try_collect().await.unwrap();
    assert_eq!(sequence.iter().map(|item| item.piece.as_str()).collect::<Vec<_>>(), ["a", "b"]);

    let server = answering("application/jsonl", "{\"a\":1}\n\"text\"\n");
    let values: Vec<_> = client(&server).put_lines("1\n2\n").await.unwrap().into_inner().try_collect().await.unwrap();
    assert_eq!(values, [json!({"a": 1}), json!("text")]);
    let request = &server.requests()[0];
    assert_eq!((header(request, "content-type"), request.body.as_str()), (Some("application/jsonl"), "1\n2\n"));
}

#[tokio::test]
async fn events_of_the_wrong_type_are_errors_that_do_not_end_the_stream() {
    let server = events("data: {\"piece\":[\"canary\"]}\n\ndata: canary\n\ndata: {\"piece\":\"a\"}\n\n");
    let mut events = client(&server).items().await.unwrap().into_inner();
    for (text, data) in [
        (
            "GET /items: the event does not match its type at `$.piece` (line 1, column 10): expected a string",
            r#"{"piece":["canary"]}"#,
        ),
        ("GET /items: the event is not valid JSON at line 1, column 1", "canary"),
    ] {
        let error = events.next_event().await.unwrap_err();
        assert_eq!(error.body(), Some(data.as_bytes()));
        assert!(error.is_decode() && !format!("{error:?}").contains("canary"), "{error:?}");
        assert_eq!(error.to_string(), text);
    }
    assert_eq!(events.next_event().await.unwrap().unwrap().piece, "a");
    assert!(events.next_event().await.unwrap().is_none());
}

#[tokio::test]
async fn decode_errors_of_streams_keep_the_start_of_the_data() {
    let long = format!("[{}]", "1,".repeat(40_000));
    let start = Some(&long.as_bytes()[..64 << 10]);
    let server = events(&format!("event: piece\ndata: {long}\n\n"));
    let error = client(&server).items().await.unwrap().into_inner().next_event().await.unwrap_err();
    assert!(error.is_decode() && error.body() == start, "{error:?}");
    // The schema describes the whole event, but the server's text is its data.
    let error = client(&server).described().await.unwrap().into_inner().next_event().await.unwrap_err();
    assert!(error.is_decode() && error.body() == start, "{error:?}");
    let server = answering("application/x-ndjson", &format!("{long}\n"));
    let error = client(&server).lines().await.unwrap().into_inner().next_item().await.unwrap_err();
    assert!(error.is_decode() && error.body() == start, "{error:?}");
}

#[tokio::test]
async fn a_response_without_a_stream_is_an_error() {
    let server = RawServer::start(http("400 Bad", "", r#"{"reason":"none"}"#));
    let error = client(&server).watch().await.unwrap_err();
    assert_eq!(error.body_as::<Refusal>().unwrap().unwrap().reason.as_deref(), Some("none"));

    let server = answering("application/json", r#"{"text":"canary"}"#);
    let error = client(&server).chat_events(&Question::new("?")).await.unwrap_err();
    assert!(error.is_decode() && error.to_string().contains("`text/event-stream`"), "{error}");
    // An empty response without a media type is an empty stream.
    let server = RawServer::start(http("204 No Content", "", ""));
    assert!(client(&server).watch().await.unwrap().into_inner().next_event().await.unwrap().is_none());
}

#[tokio::test]
async fn the_size_limit_applies_to_each_event() {
    let body = "data: {\"piece\":\"a\"}\n\n".repeat(10) + "data: {\"piece\":\"too long\"}\n\n" + "data: never read\n\n";
    let client = client(&events(&body)).with(CallOptions::new().max_response_bytes(20));
    let mut events = client.items().await.unwrap().into_inner();
    for _ in 0..10 {
        assert_eq!(events.next_event().await.unwrap().unwrap().piece, "a");
    }
    let error = events.next_event().await.unwrap_err();
    assert!(error.is_body_too_large() && error.maybe_sent());
    assert!(error.to_string().starts_with("GET /"), "{error}");
    assert!(events.next_event().await.unwrap().is_none());
}

#[tokio::test]
async fn a_connection_that_breaks_ends_the_stream() {
    let head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: 900\r\n\r\n";
    let server = RawServer::start(format!("{head}data: {{\"piece\":\"a\"}}\n\ndata: "));
    let mut events = client(&server).items().await.unwrap().into_inner();
    assert_eq!(events.next_event().await.unwrap().unwrap().piece, "a");
    assert_eq!(events.next_event().await.unwrap_err().kind(), ErrorKind::Connection);
    assert!(events.next_event().await.unwrap().is_none());
}

/// The server sends comments for longer than the call's time limit, then an event, and then nothing.
#[tokio::test]
async fn a_stream_times_out_only_if_it_is_silent() {
    let server = RawServer::start_with(move |connection| {
        connection.request()?;
        connection.write("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n")?;
        let (_sender, clock) = mpsc::channel::<()>();
        for _ in 0..10 {
            _ = clock.recv_timeout(ATTEMPT / 3);
            connection.write(":\n")?;
        }
        connection.write("data: {\"piece\":\"a\"}\n\n")?;
        connection.wait()
    });
    let mut events = client(&server).items().await.unwrap().into_inner();
    assert_eq!(events.next_event().await.unwrap().unwrap().piece, "a");
    assert!(events.next_event().await.unwrap_err().is_timeout());
    assert!(events.next_event().await.unwrap().is_none());
}

#[test]
fn blocking_streams_are_iterators() {
    let server = events("data: {\"piece\":\"a\"}\n\ndata: 1\n\ndata: {\"piece\":\"b\"}\n\ndata: [DONE]\n\n");
    let client = client(&server).blocking().unwrap();
    let events: Vec<Result<Event<Piece>, Error>> = client.items().unwrap().into_inner().collect();
    let [Ok(first), Err(error), Ok(last)] = &events[..] else { panic!("{events:?}") };
    assert_eq!((first.piece.as_str(), error.is_decode(), last.piece.as_str()), ("a", true, "b"));
    let streamed = client.chat_events(&Question::new("?")).unwrap().into_inner();
    assert_eq!(streamed.count(), 3);
}
