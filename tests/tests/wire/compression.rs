//! Compressed responses.

use std::io::Write as _;
use std::time::{Duration, Instant};

use flate2::Compression;
use flate2::write::GzEncoder;
use frontline::{Client, ClientBuilder, ErrorKind, File, Retry, StalledStreamProtection};
use frontline_tests::{RawRequest, RawServer, http};

use crate::wire::types::UploadRequest;

const USER: &[u8] = br#"{"sid":"US1"}"#;

fn builder(url: &str) -> ClientBuilder<Client> {
    Client::builder().base_url(url).basic_auth("AC1", "canary-secret").retry(Retry::never())
}

fn header<'a>(request: &'a RawRequest, name: &str) -> Option<&'a str> {
    request.headers.iter().find(|header| header.0 == name).map(|header| header.1.as_str())
}

fn packed(body: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(body).unwrap();
    encoder.finish().unwrap()
}

/// Returns a response with a compressed body.
fn gzip(body: &[u8]) -> Vec<u8> {
    let body = packed(body);
    let head = format!("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: {}\r\n\r\n", body.len());
    [head.into_bytes(), body].concat()
}

#[tokio::test]
async fn compression_is_requested_only_if_enabled() {
    let server = RawServer::start(gzip(USER));
    let user = builder(&server.url()).gzip().build().unwrap().fetch_user("x").await.unwrap();
    assert_eq!(user.sid.as_deref(), Some("US1"));
    // Without the option, compression is not requested, and compressed bodies are not decompressed.
    let error = builder(&server.url()).build().unwrap().fetch_user("x").await.unwrap_err();
    assert!(error.is_decode());
    let asked: Vec<_> =
        server.requests().iter().map(|request| header(request, "accept-encoding").map(str::to_owned)).collect();
    assert_eq!(asked, [Some("gzip".to_owned()), None]);
}

#[tokio::test]
async fn the_size_limit_applies_to_the_decompressed_body() {
    let body = serde_json::json!({ "friendly_name": "x".repeat(1 << 20) }).to_string();
    let server = RawServer::start(gzip(body.as_bytes()));
    let of_at_most =
        async |limit| builder(&server.url()).gzip().max_response_bytes(limit).build().unwrap().fetch_user("x").await;
    assert!(of_at_most(body.len()).await.is_ok());
    assert!(of_at_most(body.len() - 1).await.unwrap_err().is_body_too_large());
}

#[tokio::test]
async fn a_corrupt_compressed_body_is_an_error() {
    let mut cut = gzip(USER);
    cut.truncate(cut.len() - 3);
    let server = RawServer::start(cut);
    let error = builder(&server.url()).gzip().build().unwrap().fetch_user("x").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Connection);
    let server = RawServer::start(http("200 OK", "Content-Encoding: gzip\r\n", "{}"));
    let error = builder(&server.url()).gzip().build().unwrap().fetch_user("x").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode, "{error:?}");
}

/// Answers with a body that ends when the connection is closed.
fn unbounded(parts: impl IntoIterator<Item = Vec<u8>>) -> RawServer {
    let parts: Vec<_> = parts.into_iter().collect();
    RawServer::start_with(move |connection| {
        connection.request()?;
        connection.write("HTTP/1.1 200 OK\r\nContent-Encoding: GZip\r\n\r\n")?;
        parts.iter().try_for_each(|part| connection.write(part))
    })
}

/// All members of a file in gzip format belong to the body (RFC 1952, section 2.2).
#[tokio::test]
async fn compressed_bodies_may_arrive_byte_by_byte_and_have_several_members() {
    let (start, end) = USER.split_at(5);
    let body = [packed(start), packed(b""), packed(end)].concat();
    let server = unbounded(body.into_iter().map(|byte| vec![byte]));
    let user = builder(&server.url()).gzip().build().unwrap().fetch_user("x").await.unwrap();
    assert_eq!(user.sid.as_deref(), Some("US1"));
    assert!(!user.headers().contains_key("content-encoding"));
}

#[tokio::test]
async fn a_compressed_body_that_is_cut_off_is_incomplete_wherever_it_ends() {
    let body = packed(USER);
    for length in 1..body.len() {
        let server = unbounded([body[..length].to_vec()]);
        let error = builder(&server.url()).gzip().build().unwrap().fetch_user("x").await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Connection, "{length}: {error:?}");
    }
    // Zeros are no further member.
    let server = unbounded([body, vec![0; 20]]);
    let error = builder(&server.url()).gzip().build().unwrap().fetch_user("x").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode, "{error:?}");
}

#[tokio::test]
async fn responses_without_content_are_not_decompressed() {
    let server = RawServer::start("HTTP/1.1 204 No Content\r\nContent-Encoding: gzip\r\n\r\n");
    let client = crate::wire::Client::builder().base_url(server.url()).gzip().build().unwrap();
    let response = client.send_bytes(None).await.unwrap();
    assert!(response.headers().contains_key("content-encoding"));
    // An empty body is null, which is no user.
    let server = RawServer::start(http("200 OK", "Content-Encoding: gzip\r\n", ""));
    let error = builder(&server.url()).gzip().build().unwrap().fetch_user("x").await.unwrap_err();
    assert!(error.is_decode() && error.body().is_some_and(<[u8]>::is_empty), "{error:?}");
}

/// The whole compressed body arrives at once. It contains many bytes, or many members without any.
#[tokio::test]
async fn decompression_ends_at_the_time_limit_of_the_call() {
    let limit = Duration::from_millis(100);
    for body in [packed(&vec![b' '; 20_000_000]).repeat(50), packed(b"").repeat(500_000)] {
        let server = unbounded([body]);
        let client = builder(&server.url()).gzip().timeout(limit).max_response_bytes(usize::MAX).build().unwrap();
        let started = Instant::now();
        let error = client.fetch_user("x").await.unwrap_err();
        assert!(started.elapsed() < limit + Duration::from_millis(50), "{:?}", started.elapsed());
        assert_eq!(error.kind(), ErrorKind::Timeout, "{error:?}");
    }
}

/// The server has flushed its compressor, but the response goes on.
#[tokio::test]
async fn all_bytes_that_have_arrived_are_decompressed() {
    for length in [40_000, 70_000, 100_000, 1_000_000] {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(&vec![b' '; length]).unwrap();
        encoder.flush().unwrap();
        let flushed = encoder.get_ref().clone();
        let server = RawServer::start_with(move |connection| {
            connection.request()?;
            connection.write("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n")?;
            connection.write(&flushed)?;
            connection.head()
        });
        let protection = StalledStreamProtection::new().grace_period(Duration::from_millis(500));
        let client = crate::wire::Client::builder().base_url(server.url()).gzip().stalled_stream_protection(protection);
        let response = client.build().unwrap().upload(UploadRequest::new(File::new("x"))).await.unwrap();
        let (mut body, mut read) = (response.into_inner(), 0);
        while read < length {
            read += body.next_chunk().await.unwrap().unwrap().len();
        }
    }
}
