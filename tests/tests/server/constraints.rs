//! Each kind of constraint is violated once, by requests that no client would send.

use std::net::SocketAddr;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

mod constrained {
    frontline::frontline_api!("tests/server/constraints.yaml", warnings = false);
}

use constrained::server::{Examples, Server};

/// Sends a request on a connection of its own, and returns the whole response.
async fn exchange(server: &Server<Examples>, request: &str) -> String {
    let address: SocketAddr = server.url().trim_start_matches("http://").parse().unwrap();
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut response = String::new();
    stream.read_to_string(&mut response).await.unwrap();
    response
}

async fn get(server: &Server<Examples>, target: &str, header: &str) -> String {
    exchange(server, &format!("GET {target} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n{header}\r\n")).await
}

async fn post(server: &Server<Examples>, media: &str, body: &str) -> String {
    let length = body.len();
    let head = format!("POST /body HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Type: {media}\r\n");
    exchange(server, &format!("{head}Content-Length: {length}\r\n\r\n{body}")).await
}

/// Asserts that a request is refused because of a parameter or a property, and that no value is told.
fn assert_refused(response: &str, name: &str, request: &str) {
    assert!(response.starts_with("HTTP/1.1 400 "), "{request}: {response}");
    assert!(response.contains(name), "{request}: {response}");
    assert!(!response.contains("secret") && !response.contains("4711"), "{request}: {response}");
}

#[tokio::test]
async fn each_violated_constraint_of_a_parameter_is_told_without_the_value() {
    let server = Server::start(Examples::new()).await.unwrap();
    for query in [
        "short=secret",
        "long=secret",
        "shaped=secret",
        "listed=secret",
        "constant=secret",
        "day=secret",
        "whole=secret",
        "whole=4711.5",
        "small=4711",
        "large=4711",
        "below=4711",
        "above=4711",
        "even=4711",
        "flag=secret",
        "few=secret&few=secret2",
        "many=secret",
        "distinct=secret&distinct=secret",
        "numbers=1&numbers=secret",
        "deep%5Ba%5D=secret",
        "either=secret",
    ] {
        let name = query.split(['=', '%']).next().unwrap();
        let response = get(&server, &format!("/plain?{query}"), "").await;
        assert_refused(&response, &format!("the query parameter `{name}`"), query);
    }
    for (header, shown) in [
        ("X-Short: secret\r\n", "the header parameter `X-Short`"),
        ("X-Whole: secret\r\n", "the header parameter `X-Whole`"),
        ("Cookie: crumb=secret\r\n", "the cookie parameter `crumb`"),
    ] {
        assert_refused(&get(&server, "/plain", header).await, shown, header);
    }
    assert_refused(&get(&server, "/whole/secret", "").await, "the path parameter `id`", "/whole/secret");
    let all = "X-Needed: a\r\nCookie: biscuit=a\r\n";
    assert!(get(&server, "/needed?q=a", all).await.starts_with("HTTP/1.1 204 "));
    for (query, headers, shown) in [
        ("", all, "the query parameter `q`"),
        ("?q=a", "Cookie: biscuit=a\r\n", "the header parameter `X-Needed`"),
        ("?q=a", "X-Needed: a\r\n", "the cookie parameter `biscuit`"),
    ] {
        assert_refused(&get(&server, &format!("/needed{query}"), headers).await, shown, query);
    }
}

#[tokio::test]
async fn each_violated_constraint_of_a_body_is_told_without_the_value() {
    let server = Server::start(Examples::new()).await.unwrap();
    for (body, place) in [
        (r#"{"name": "secret"}"#, "the body contradicts its schema: /name: "),
        (r#"{"age": "secret"}"#, "the body contradicts its schema: /age: "),
        (r#"{"age": 4711.5}"#, "the body contradicts its schema: /age: "),
        (r#"{"secret": 1}"#, "the body contradicts its schema: "),
        (r#"{"name": "a", "age": 1, "counts": {}, "names": {}}"#, "the body contradicts its schema: "),
        (r#"{"counts": {"secret": "a"}}"#, "the body contradicts its schema: /counts/*: "),
        (r#"{"names": {"secret": 1}}"#, "the body contradicts its schema: /names: "),
        (r#"{"closed": {"secret": 1}}"#, "the body contradicts its schema: /closed: "),
        (r#"{"pair": {"left": 1}}"#, "the body contradicts its schema: /pair: "),
        (r#"{"either": "secret"}"#, "the body contradicts its schema: /either: "),
        (r#"{"list": [{"name": "a"}, {"name": "secret"}]}"#, "the body contradicts its schema: /list/1/name: "),
        (r#""secret""#, "the body contradicts its schema: "),
        ("secret", "the body is not JSON"),
        ("", "the body is not JSON"),
    ] {
        assert_refused(&post(&server, "application/json", body).await, place, body);
    }
    for (body, place) in [
        ("name=secret", "the body contradicts its schema: /name: "),
        ("name=a&age=secret", "the body contradicts its schema: /age: "),
        ("age=1", "the body contradicts its schema: "),
    ] {
        assert_refused(&post(&server, "application/x-www-form-urlencoded", body).await, place, body);
    }
    let part =
        |name: &str, value: &str| format!("--x\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
    for (body, place) in [
        (part("name", "secret"), "the part `name` of the body"),
        (part("name", "a") + &part("age", "secret"), "the part `age` of the body"),
        (part("age", "1"), "the part `name` of the body is missing"),
    ] {
        assert_refused(&post(&server, "multipart/form-data; boundary=x", &(body + "--x--\r\n")).await, place, place);
    }
    let other = post(&server, "text/secret", "a").await;
    assert!(other.starts_with("HTTP/1.1 415 ") && !other.contains("secret"), "{other}");
}

#[tokio::test]
async fn a_client_that_goes_away_disturbs_no_other() {
    let server = Server::start(Examples::new()).await.unwrap();
    let address = server.url().trim_start_matches("http://").to_owned();
    for part in [
        "GE",
        "GET /plain HTTP/1.1\r\n",
        "POST /body HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n{",
        "GET /plain HTTP/1.1\r\nHost: a\r\n\r\n",
    ] {
        let mut stream = TcpStream::connect(&address).await.unwrap();
        stream.write_all(part.as_bytes()).await.unwrap();
    }
    assert!(get(&server, "/plain", "").await.starts_with("HTTP/1.1 204 "));
}

#[tokio::test]
async fn a_body_that_is_too_large_is_refused_with_the_reason() {
    let server = Server::start(Examples::new()).await.unwrap();
    let response = post(&server, "application/json", &" ".repeat((64 << 20) + 1)).await;
    assert!(response.starts_with("HTTP/1.1 413 ") && response.contains("64 MiB"), "{response}");
    assert_eq!(server.requests()[0].operation(), Some("body"));
}

#[tokio::test]
async fn a_number_is_none_of_the_texts_beside_it() {
    let server = Server::start(Examples::new()).await.unwrap();
    for (id, status) in [("7", 204), ("123e4567-e89b-12d3-a456-426614174000", 204), ("secret", 400)] {
        let response = get(&server, &format!("/either/{id}"), "").await;
        assert!(response.starts_with(&format!("HTTP/1.1 {status} ")), "{id}: {response}");
    }
    assert_eq!(server.requests()[0].parameter("id").unwrap(), 7);
}
