//! The results of all kinds of responses.

use std::error::Error as _;
use std::io::Read;
use std::iter::successors;
use std::net::TcpListener;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use frontline::{Client, ClientBuilder, Error, ErrorKind, Response, Retry, UpdateUserRequest, User, UserState};
use frontline_tests::{RawServer, http};

fn builder(server: &RawServer) -> ClientBuilder<Client> {
    Client::builder().base_url(server.url()).basic_auth("AC1", "canary-secret").retry(Retry::never())
}

async fn fetch(response: &str) -> Result<Response<User>, Error> {
    let server = RawServer::start(response);
    builder(&server).build().unwrap().fetch_user("canary-identity").await
}

async fn decoded(body: &str) -> User {
    fetch(&http("200 OK", "", body)).await.unwrap().into_inner()
}

#[tokio::test]
async fn all_fields_of_a_user_are_read() {
    let user = decoded(
        r#"{"sid":"US1","identity":"ada@example.com","friendly_name":"Ada","avatar":"https://x.example/a.png",
            "state":"deactivated","is_available":true,"url":"https://x.example/US1"}"#,
    )
    .await;
    assert_eq!(user.sid.as_deref(), Some("US1"));
    assert_eq!(user.identity.as_deref(), Some("ada@example.com"));
    assert_eq!(user.friendly_name.as_deref(), Some("Ada"));
    assert_eq!(user.avatar.as_deref(), Some("https://x.example/a.png"));
    assert_eq!(user.state, Some(UserState::Deactivated));
    assert_eq!(user.is_available, Some(true));
    assert_eq!(user.url.as_deref(), Some("https://x.example/US1"));
}

#[tokio::test]
async fn missing_null_and_extra_fields_are_accepted() {
    assert_eq!(decoded("{}").await, User::default());
    let nulls = r#"{"sid":null,"identity":null,"friendly_name":null,"avatar":null,"state":null,"is_available":null,"url":null}"#;
    assert_eq!(decoded(nulls).await, User::default());
    assert_eq!(decoded(r#" {"brand_new":{"a":[1,{"b":null}]},"links":[]} "#).await, User::default());
}

#[tokio::test]
async fn unknown_values_of_enums_are_kept() {
    for text in ["on leave", "", "Active", "ACTIVE "] {
        let user = decoded(&serde_json::json!({ "state": text }).to_string()).await;
        assert_eq!(user.state, Some(UserState::Unknown(text.to_owned())));
    }
}

#[tokio::test]
async fn status_headers_and_request_id_are_kept() {
    let response = fetch(&http("201 Created", "Twilio-Request-Id: RQ1\r\nX-Other: 2\r\n", "{}")).await.unwrap();
    assert_eq!(response.status(), 201);
    assert_eq!(response.request_id(), Some("RQ1"));
    assert_eq!(response.headers()["x-other"], "2");
}

#[tokio::test]
async fn decode_errors_locate_the_mistake_but_do_not_quote_the_body() {
    for (body, place) in [
        ("", "is empty"),
        (" \r\n\t", "is empty"),
        ("<html>canary-identity", "is not valid JSON at line 1, column 1"),
        (r#"{"identity":"canary-identity"#, "ends too early at line 1, column 29"),
        ("{\n\"is_available\":\"canary-identity\"}", "at `$.is_available` (line 2, column 16): expected a boolean"),
        (r#"{"identity":["canary-identity"]}"#, "at `$.identity` (line 1, column 13): expected a string"),
        (r#""canary-identity""#, "at `$` (line 1, column 1): expected struct User"),
        ("{} canary-identity", "is not valid JSON at line 1, column 4"),
    ] {
        let error = fetch(&http("200 OK", "Twilio-Request-Id: RQ1\r\n", body)).await.unwrap_err();
        assert!(error.is_decode(), "{error:?}");
        assert!(error.to_string().ends_with(place), "{error}");
        assert_eq!((error.status().unwrap().as_u16(), error.request_id()), (200, Some("RQ1")));
        assert_no_canary(&error);
    }
}

#[tokio::test]
async fn byte_order_marks_and_lone_surrogates_are_read() {
    let body = "\u{feff}{\"friendly_name\":\"\\ud83d Ada \\ud83d\\ude00\"}";
    let user = fetch(&http("200 OK", "", body)).await.unwrap();
    assert_eq!(user.friendly_name.as_deref(), Some("\u{fffd} Ada 😀"));
}

#[tokio::test]
async fn decode_errors_keep_the_start_of_the_body() {
    let long = format!(r#"{{"is_available":7,"identity":"canary-{}"}}"#, "x".repeat(70_000));
    for body in ["", "<html>canary-identity", r#"{"identity":["canary-identity"]}"#, &long] {
        let error = fetch(&http("200 OK", "", body)).await.unwrap_err();
        let start = &body.as_bytes()[..body.len().min(64 << 10)];
        assert!(error.is_decode() && error.body() == Some(start), "{error:?}");
        assert_no_canary(&error);
    }
    let error = fetch(&http("200 OK", "", r#"{"identity":["canary-identity"]}"#)).await.unwrap_err();
    assert_eq!(error.body_as::<serde_json::Value>().unwrap().unwrap()["identity"][0], "canary-identity");
}

#[tokio::test]
async fn twilios_errors_are_read() {
    let body = r#"{"code":20404,"message":"canary-identity is gone","more_info":"https://x.example","status":404}"#;
    let error = fetch(&http("404 Not Found", "Twilio-Request-Id: RQ1\r\n", body)).await.unwrap_err();
    assert!(error.is_status() && error.is_not_found());
    assert_eq!(error.status().unwrap(), 404);
    assert_eq!(error.code(), Some(20404));
    assert_eq!(error.message(), Some("canary-identity is gone"));
    assert_eq!(error.more_info(), Some("https://x.example"));
    assert_eq!(error.request_id(), Some("RQ1"));
    assert_eq!(error.to_string(), "GET /v1/Users/{Sid}: the server answered 404 Not Found (error code 20404)");
    assert_no_canary(&error);
}

#[tokio::test]
async fn predicates_follow_the_status() {
    type Predicate = fn(&Error) -> bool;
    let predicates: [(&str, Predicate); 5] = [
        ("401", Error::is_unauthorized),
        ("403", Error::is_forbidden),
        ("404", Error::is_not_found),
        ("429", Error::is_rate_limited),
        ("503", Error::is_server_error),
    ];
    for status in ["304", "400", "401", "403", "404", "429", "503", "799"] {
        let error = fetch(&http(&format!("{status} X"), "", "<html>")).await.unwrap_err();
        assert!(error.is_status(), "{status}");
        for (of, predicate) in predicates {
            assert_eq!(predicate(&error), of == status, "{status} {of}");
        }
    }
}

/// For redirects from https to http, see `tls.rs`.
#[tokio::test]
async fn redirects_are_not_followed() {
    let other = RawServer::start(http("200 OK", "", "{}"));
    let elsewhere = format!("{}/v1/Users/x", other.url());
    for status in ["301 Moved", "302 Found", "303 See Other", "307 Temporary", "308 Permanent"] {
        for location in ["/v1/Users/x", "?x", elsewhere.as_str(), "//user@127.0.0.1/"] {
            let server = RawServer::start(http(status, &format!("Location: {location}\r\n"), ""));
            let client = builder(&server).build().unwrap();
            let fetched = client.fetch_user("canary-identity").await.unwrap_err();
            let updated = client.update_user("canary-identity", &UpdateUserRequest::new()).await.unwrap_err();
            for error in [fetched, updated] {
                assert!(error.is_status() && error.status().unwrap().is_redirection());
                assert_eq!(error.headers().unwrap()["location"], location);
                assert_eq!(error.attempts(), 1);
            }
            assert_eq!((server.connections(), other.connections()), (2, 0), "{status} {location}");
        }
    }
}

#[tokio::test]
async fn bodies_over_the_limit_are_refused() {
    let body = format!(r#"{{"sid":"{}"}}"#, "x".repeat(1000));
    let chunked =
        format!("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{:x}\r\n{body}\r\n0\r\n\r\n", body.len());
    for response in [http("200 OK", "", &body), chunked] {
        let server = RawServer::start(response);
        let limited = |limit| builder(&server).max_response_bytes(limit).build().unwrap();
        assert!(limited(body.len()).fetch_user("ada").await.is_ok());
        let error = limited(body.len() - 1).fetch_user("ada").await.unwrap_err();
        assert!(error.is_body_too_large());
    }
}

#[tokio::test]
async fn error_bodies_are_truncated_and_the_status_is_kept() {
    let long = format!(r#"{{"code":20404,"message":"{}"}}"#, "x".repeat(70_000));
    let error = fetch(&http("404 Not Found", "", &long)).await.unwrap_err();
    assert!(error.is_not_found());
    assert_eq!(error.code(), None);

    let broken = "HTTP/1.1 503 Busy\r\nContent-Length: 50\r\n\r\n{";
    assert!(fetch(broken).await.unwrap_err().is_server_error());
}

#[tokio::test]
async fn compressed_bodies_are_not_decompressed_without_the_option() {
    let error = fetch(&http("200 OK", "Content-Encoding: gzip\r\n", "\u{1f}")).await.unwrap_err();
    assert!(error.is_decode());
}

#[tokio::test]
async fn connection_errors_tell_whether_anything_was_sent() {
    let unused = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let refused = Client::builder().base_url(format!("http://{unused}")).basic_auth("AC1", "canary-secret");
    let refused = refused.build().unwrap().fetch_user("canary-identity").await.unwrap_err();
    assert_eq!(refused.kind(), ErrorKind::NotSent);

    for response in ["", "HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n{", "nonsense\r\n\r\n"] {
        let error = fetch(response).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Connection, "{error:?}");
        assert_no_canary(&error);
    }
    assert_no_canary(&refused);
}

#[tokio::test]
async fn https_sends_nothing_before_the_handshake() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("https://{}", listener.local_addr().unwrap());
    let (sender, first_bytes) = mpsc::channel();
    thread::spawn(move || {
        let mut bytes = [0; 2];
        listener.accept().and_then(|(mut stream, _)| stream.read_exact(&mut bytes)).map(|()| sender.send(bytes))
    });
    let client = Client::builder().base_url(url).basic_auth("AC1", "canary-secret").build().unwrap();
    let error = client.fetch_user("canary-identity").await.unwrap_err();
    assert!(error.is_not_sent(), "{error:?}");
    assert_no_canary(&error);
    // A TLS handshake begins with these bytes: the record type and the major version.
    assert_eq!(first_bytes.recv_timeout(Duration::from_secs(5)).unwrap(), [22, 3]);
}

#[tokio::test]
async fn a_silent_server_times_out() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let client = Client::builder().base_url(url).basic_auth("AC1", "canary-secret");
    let client = client.attempt_timeout(Duration::from_millis(50)).build().unwrap();
    let error = client.fetch_user("canary-identity").await.unwrap_err();
    assert!(error.is_timeout(), "{error:?}");
    assert_no_canary(&error);
}

#[tokio::test]
async fn debug_of_client_and_response_contains_no_secrets() {
    let body = r#"{"sid":"US1","identity":"canary-identity","friendly_name":"canary-name"}"#;
    let server = RawServer::start(http("200 OK", "Set-Cookie: canary-cookie\r\n", body));
    let client = builder(&server).build().unwrap();
    let response = client.fetch_user("canary-identity").await.unwrap();
    let debug = format!("{client:?} {response:?} {:?}", builder(&server));
    assert!(debug.contains("US1"));
    assert!(!debug.contains("canary"), "{debug}");
}

fn assert_no_canary(error: &Error) {
    let sources = successors(error.source(), |error| (*error).source());
    let sources: Vec<_> = sources.map(|error| format!("{error} {error:?}")).collect();
    let text = format!("{error} {error:?} {error:#?} {sources:?}");
    assert!(!text.contains("canary"), "{text}");
}
