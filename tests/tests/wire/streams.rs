//! Streamed uploads and downloads, and their time limits.

use std::error::Error as _;
use std::sync::mpsc;
use std::time::Duration;

use frontline::{ByteStream, CallOptions, Error, ErrorKind, File, Retry};
use frontline_tests::{RawRequest, RawServer, http};
use futures_util::{Stream, StreamExt, stream};
use tokio::time::sleep;

use crate::wire::{Client, types::UploadRequest};

const ATTEMPT: Duration = Duration::from_millis(500);

/// The limit is half a second for an attempt or without any bytes, and three seconds for the call.
fn client(server: &RawServer) -> Client {
    let builder = Client::builder().base_url(server.url()).attempt_timeout(ATTEMPT).timeout(ATTEMPT * 6);
    builder.retry(Retry::new().delays(Duration::ZERO, Duration::ZERO)).build().unwrap()
}

fn header<'a>(request: &'a RawRequest, name: &str) -> Option<&'a str> {
    request.headers.iter().find(|header| header.0 == name).map(|header| header.1.as_str())
}

/// Yields ten chunks, each after a fifth of the attempt's limit. Together they exceed that limit.
fn slow() -> impl Stream<Item = Result<&'static [u8], Error>> {
    stream::iter(0..10).then(async |_| {
        sleep(ATTEMPT / 5).await;
        Ok(&b"0123456789"[..])
    })
}

#[tokio::test]
async fn a_stream_is_sent_chunk_by_chunk() {
    let server = RawServer::start(http("307 Elsewhere", "", ""));
    client(&server).put_bytes(ByteStream::new(slow())).await.unwrap();
    client(&server).put_bytes(ByteStream::new(slow()).of_length(100)).await.unwrap();
    let [chunked, counted] = &server.requests()[..] else { panic!("two requests") };
    assert_eq!((header(chunked, "transfer-encoding"), header(chunked, "content-length")), (Some("chunked"), None));
    assert_eq!((header(counted, "transfer-encoding"), header(counted, "content-length")), (None, Some("100")));
    assert_eq!((&chunked.body, &counted.body), (&"0123456789".repeat(10), &chunked.body));
}

#[tokio::test]
async fn a_large_body_in_memory_arrives_completely() {
    let server = RawServer::start(http("307 Elsewhere", "", ""));
    let large = "x".repeat(1 << 20);
    client(&server).put_bytes(large.clone()).await.unwrap();
    let requests = server.requests();
    assert_eq!(header(&requests[0], "content-length"), Some("1048576"));
    assert_eq!(requests[0].body, large);
}

#[tokio::test]
async fn a_stream_counts_toward_the_concurrency_limit_until_it_is_dropped() {
    let server = RawServer::start(http("200 OK", "", "abc"));
    let client = Client::builder().base_url(server.url()).concurrency_limit(1).build().unwrap();
    let upload = async |client: &Client| client.upload(UploadRequest::new(File::new("x"))).await;
    let stream = upload(&client).await.unwrap();
    let hurried = client.with(CallOptions::new().timeout(Duration::from_millis(50)));
    let error = upload(&hurried).await.unwrap_err();
    assert_eq!((error.kind(), error.attempts(), server.connections()), (ErrorKind::Timeout, 0, 1), "{error:?}");
    drop(stream);
    upload(&client).await.unwrap();
}

#[tokio::test]
async fn files_can_be_streams() {
    let server = RawServer::start(http("200 OK", "", ""));
    let file = File::new(ByteStream::new(slow())).named("a.txt").of_type("text/plain");
    client(&server).upload(UploadRequest::new(file).title("Title")).await.unwrap();
    let file = File::new(ByteStream::new(slow()).of_length(100));
    client(&server).upload(UploadRequest::new(file)).await.unwrap();
    let [chunked, counted] = &server.requests()[..] else { panic!("two requests") };
    assert_eq!(header(chunked, "transfer-encoding"), Some("chunked"));
    assert_eq!(header(counted, "content-length"), Some(counted.body.len().to_string().as_str()));
    for request in [chunked, counted] {
        let boundary = multer::parse_boundary(header(request, "content-type").unwrap()).unwrap();
        let body = stream::iter([Ok::<_, std::convert::Infallible>(request.body.clone())]);
        let mut parts = multer::Multipart::new(body, boundary);
        assert_eq!(parts.next_field().await.unwrap().unwrap().text().await.unwrap(), "0123456789".repeat(10));
    }
}

#[tokio::test]
async fn a_stalled_upload_times_out() {
    let server = RawServer::start(http("307 Elsewhere", "", ""));
    let stuck = slow().take(2).chain(stream::pending());
    let error = client(&server).put_bytes(ByteStream::new(stuck)).await.unwrap_err();
    assert_eq!((error.kind(), error.attempts(), error.maybe_sent()), (ErrorKind::Timeout, 1, true), "{error:?}");
    // The server reads nothing, so the upload stops when the system's socket buffers are full.
    let server = RawServer::start_with(|connection| {
        connection.head()?;
        connection.park()
    });
    let error = client(&server).put_bytes("x".repeat(64 << 20)).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout, "{error:?}");
}

#[tokio::test]
async fn a_failed_stream_ends_the_call_without_a_retry() {
    let server = RawServer::start(http("307 Elsewhere", "", ""));
    let failing = slow().take(1).map(Ok).chain(stream::iter([Err("the disk is gone")])).map(|chunk| match chunk {
        Ok(chunk) => chunk.map_err(|error| error.to_string()),
        Err(error) => Err(error.to_owned()),
    });
    let error = client(&server).put_bytes(ByteStream::new(failing)).await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Connection, 1));
    let chain = std::iter::successors(error.source(), |&error| error.source());
    assert!(chain.into_iter().any(|error| error.to_string().contains("the disk is gone")), "{error:?}");

    let busy = RawServer::start(http("503 Busy", "", ""));
    let error = client(&busy).put_bytes(ByteStream::new(slow())).await.unwrap_err();
    assert_eq!((error.attempts(), busy.requests().len()), (1, 1));
    let error = client(&busy).put_bytes("in memory").await.unwrap_err();
    assert_eq!((error.attempts(), busy.requests().len()), (3, 4));
}

/// Sends a body in ten parts, and waits after the last one if `length` announces more.
fn dripping(length: usize) -> RawServer {
    RawServer::start_with(move |connection| {
        connection.request()?;
        connection.write(format!("HTTP/1.1 200 OK\r\nContent-Length: {length}\r\n\r\n"))?;
        let (_sender, clock) = mpsc::channel::<()>();
        for _ in 0..10 {
            _ = clock.recv_timeout(ATTEMPT / 5);
            connection.write("0123456789")?;
        }
        connection.wait()
    })
}

async fn download(server: &RawServer) -> ByteStream {
    let form = UploadRequest::new(File::new("x"));
    client(server).upload(form).await.unwrap().into_inner()
}

#[tokio::test]
async fn a_download_that_makes_progress_does_not_time_out() {
    let all = download(&dripping(100)).await.collect(100).await.unwrap();
    assert_eq!(all, "0123456789".repeat(10));

    let mut stuck = download(&dripping(101)).await;
    let mut read = 0;
    let error = loop {
        match stuck.next_chunk().await {
            Ok(chunk) => read += chunk.expect("no end").len(),
            Err(error) => break error,
        }
    };
    assert_eq!((error.kind(), read), (ErrorKind::Timeout, 100));
    assert_eq!((error.attempts(), error.maybe_sent()), (1, true));
    assert!(error.to_string().starts_with("POST /upload: "), "{error}");
    assert!(stuck.next_chunk().await.unwrap().is_none());
}

#[tokio::test]
async fn collect_refuses_more_than_the_limit() {
    let error = download(&dripping(100)).await.collect(99).await.unwrap_err();
    assert!(error.is_body_too_large() && error.maybe_sent());
    let cut = RawServer::start("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n0123");
    let error = download(&cut).await.collect(99).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Connection);
}
