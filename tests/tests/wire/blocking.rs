//! The blocking client.

use std::time::Duration;

use frontline::{BlockingClient, CallOptions, Client, File, Retry, UpdateUserRequest};
use frontline_tests::{RawServer, http};
use tokio::runtime::Runtime;
use tokio::task::{block_in_place, spawn_blocking, unconstrained};

use crate::wire;

fn server() -> RawServer {
    RawServer::start(http("200 OK", "", r#"{"sid":"US1"}"#))
}

fn client(server: &RawServer) -> BlockingClient {
    Client::builder().base_url(server.url()).basic_auth("AC1", "secret").build().unwrap().blocking().unwrap()
}

#[test]
fn methods_wait_for_their_responses() {
    let server = server();
    let client = client(&server);
    assert_eq!(client.fetch_user("ada").unwrap().sid.as_deref(), Some("US1"));
    client.update_user("ada", &UpdateUserRequest::new().is_available(true)).unwrap();
    let lines: Vec<_> = server.requests().into_iter().map(|request| (request.line, request.body)).collect();
    let line = |line: &str, body: &str| (format!("{line} /v1/Users/ada HTTP/1.1"), body.to_owned());
    assert_eq!(lines, [line("GET", ""), line("POST", "IsAvailable=true")]);
    assert!(!format!("{client:?}").contains("secret"));
}

#[test]
fn limits_and_options_apply() {
    let silent = RawServer::start_with(frontline_tests::Connection::wait);
    let limit = Duration::from_millis(50);
    let error = client(&silent).with(CallOptions::new().timeout(limit)).fetch_user("ada").unwrap_err();
    assert!(error.is_timeout());
    let busy = RawServer::start(http("503 Busy", "", ""));
    let retry = Retry::new().delays(Duration::ZERO, Duration::ZERO);
    let error = client(&busy).with(CallOptions::new().retry(retry)).fetch_user("ada").unwrap_err();
    assert_eq!((error.attempts(), busy.connections()), (3, 3));
}

#[test]
fn threads_share_a_client() {
    let server = server();
    let client = client(&server);
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| client.clone().fetch_user("ada").unwrap());
        }
    });
    assert_eq!(server.requests().len(), 8);
}

#[test]
fn calls_from_async_code_are_refused() {
    let server = server();
    let client = client(&server);
    for runtime in [Runtime::new(), tokio::runtime::Builder::new_current_thread().build()] {
        let runtime = runtime.unwrap();
        let within = runtime.block_on(async { client.fetch_user("ada").unwrap_err() });
        let inner = client.clone();
        let in_a_task = runtime.block_on(runtime.spawn(async move { inner.fetch_user("ada").unwrap_err() })).unwrap();
        for error in [within, in_a_task] {
            assert!(error.is_configuration());
            assert!(error.to_string().contains("spawn_blocking"), "{error}");
        }
    }
    assert_eq!(server.connections(), 0);
}

/// tokio cannot tell these from threads that may block, so the calls are made.
#[test]
fn calls_from_unconstrained_tasks_do_not_panic() {
    let server = server();
    let client = client(&server);
    for runtime in [Runtime::new(), tokio::runtime::Builder::new_current_thread().build()] {
        let runtime = runtime.unwrap();
        runtime.block_on(unconstrained(async { client.fetch_user("ada").unwrap() }));
        let inner = client.clone();
        let task = async move { inner.fetch_user("ada").unwrap() };
        runtime.block_on(runtime.spawn(unconstrained(task))).unwrap();
    }
    assert_eq!(server.requests().len(), 4);
}

#[test]
fn calls_from_blocking_threads_are_allowed() {
    let server = server();
    let client = client(&server);
    Runtime::new().unwrap().block_on(async {
        let inner = client.clone();
        spawn_blocking(move || inner.fetch_user("ada").unwrap()).await.unwrap();
        block_in_place(|| client.fetch_user("ada").unwrap());
        // The last clone of a client can be dropped anywhere.
        drop(client);
    });
    assert_eq!(server.requests().len(), 2);
}

#[test]
fn pages_are_an_iterator() {
    let page = |items: &str, next: &str| {
        http("200 OK", "", &format!(r#"{{"ranges":[{items}],"meta":{{"key":"ranges","next_page_url":{next}}}}}"#))
    };
    let server = RawServer::start_script([
        page(r#"{"from":1},{"from":2}"#, r#""/ranges?Page=1""#),
        page(r#"{"from":3}"#, "null"),
    ]);
    let client = wire::Client::builder().base_url(server.url()).build().unwrap().blocking().unwrap();
    let from: Vec<_> = client.list_ranges_stream().map(|range| range.unwrap().from).collect();
    assert_eq!((from, server.connections()), (vec![1, 2, 3], 2));
}

#[test]
fn downloads_are_iterators_or_collected() {
    let server = RawServer::start_with(|connection| {
        connection.request()?;
        connection.write("HTTP/1.1 200 OK\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n")?;
        connection.write("2\r\nde\r\n0\r\n\r\n")
    });
    let client = wire::Client::builder().base_url(server.url()).build().unwrap().blocking().unwrap();
    let download = || client.upload(wire::types::UploadRequest::new(File::new("x"))).unwrap().into_inner();
    let all: Vec<u8> = download().flat_map(Result::unwrap).collect();
    assert_eq!(all, b"abcde");
    assert_eq!(download().into_bytes(5).unwrap(), "abcde");
    assert!(download().into_bytes(4).unwrap_err().is_body_too_large());
}
