//! Time limits of bodies, and streams that are not as long as they promise.

use std::io;
use std::sync::mpsc;
use std::time::{Duration, Instant};

use frontline::{ByteStream, ClientBuilder, ErrorKind, File, Retry};
use frontline_tests::{Connection, RawServer, http};
use futures_util::stream;

use crate::methods;
use crate::wire::{Client, types::UploadRequest};

const ATTEMPT: Duration = Duration::from_millis(200);

fn builder(server: &RawServer) -> ClientBuilder<Client> {
    Client::builder().base_url(server.url()).attempt_timeout(ATTEMPT).retry(Retry::never())
}

/// Reads a request body at a steady rate. The system's buffers take a large part of it at once.
fn read_slowly(connection: &mut Connection, bytes: u64, time: Duration) -> io::Result<()> {
    let (_sender, clock) = mpsc::channel::<()>();
    connection.head()?;
    for _ in 0..128 {
        _ = clock.recv_timeout(time / 128);
        connection.discard(bytes / 128)?;
    }
    connection.write(http("307 Elsewhere", "", ""))
}

#[tokio::test]
async fn an_error_whose_body_stalls_keeps_status_and_headers() {
    let server = RawServer::start_with(|connection| {
        connection.request()?;
        connection
            .write("HTTP/1.1 404 X\r\nRetry-After: 7\r\nX-Request-Id: RQ1\r\nContent-Length: 99\r\n\r\n{\"code\"")?;
        connection.wait()
    });
    let client = methods::Client::builder().base_url(server.url()).timeout(ATTEMPT * 2).build().unwrap();
    let error = client.get_thing().await.unwrap_err();
    assert!(error.is_not_found(), "{error:?}");
    assert_eq!((error.request_id(), error.retry_after()), (Some("RQ1"), Some(Duration::from_secs(7))));
    assert_eq!(error.body(), Some(&b"{\"code\""[..]));
    assert_eq!((error.attempts(), server.connections()), (1, 1));
}

#[tokio::test]
async fn an_upload_that_the_system_takes_at_once_may_take_longer_than_an_attempt() {
    const BYTES: u64 = 1 << 20;
    let server = RawServer::start_with(|connection| read_slowly(connection, BYTES, ATTEMPT * 4));
    let body = vec![b'x'; usize::try_from(BYTES).unwrap()];
    builder(&server).build().unwrap().put_bytes(body).await.unwrap();
}

#[tokio::test]
async fn no_upload_exceeds_the_time_limit_of_the_call() {
    const BYTES: u64 = 16 << 20;
    let server = RawServer::start_with(|connection| read_slowly(connection, BYTES, ATTEMPT * 20));
    let client = builder(&server).timeout(ATTEMPT * 5).attempt_timeout(ATTEMPT * 20).build().unwrap();
    let started = Instant::now();
    let error = client.put_bytes(vec![b'x'; usize::try_from(BYTES).unwrap()]).await.unwrap_err();
    assert!(error.is_timeout(), "{error:?}");
    assert!(started.elapsed() < ATTEMPT * 15, "{:?}", started.elapsed());
}

#[tokio::test]
async fn a_stream_that_is_longer_or_shorter_than_its_length_fails() {
    let server = RawServer::start(http("307 Elsewhere", "", ""));
    let client = builder(&server).build().unwrap();
    for (length, chunks, what) in [
        (10, &["01234567890"][..], "more"),
        (10, &["0123456789", "0"], "more"),
        (10, &["0123456789", "", "0"], "more"),
        (10, &["01234", "567890"], "more"),
        (10, &["012345678"], "fewer"),
        (10, &["01234", ""], "fewer"),
        (10, &[], "fewer"),
        (0, &["", "0"], "more"),
    ] {
        let stream = ByteStream::new(stream::iter(chunks.iter().map(|chunk| Ok::<_, io::Error>(*chunk))));
        let error = client.put_bytes(stream.of_length(length)).await.unwrap_err();
        assert_eq!((error.kind(), error.maybe_sent()), (ErrorKind::Connection, length > 0), "{error:?}");
        let chain = std::iter::successors(Some(&error as &dyn std::error::Error), |&error| error.source());
        let expected = format!("the stream of the request body contains {what} than the {length} bytes that were set");
        assert!(chain.into_iter().any(|error| error.to_string().ends_with(&expected)), "{error:?}");
    }
    // A short file does not make up for a long one.
    let file = |bytes: &'static str| File::new(ByteStream::new(stream::iter([Ok::<_, io::Error>(bytes)])).of_length(2));
    let form = UploadRequest::new(file("123")).others(vec![file("1")]);
    assert_eq!(client.upload(form).await.unwrap_err().kind(), ErrorKind::Connection);
    // The server never gets a complete body.
    assert_eq!(server.requests(), []);
    let empty = ByteStream::new(stream::iter([Ok::<_, io::Error>("")])).of_length(0);
    client.put_bytes(empty).await.unwrap();
    assert_eq!(crate::header(&crate::only(&server), "content-length").as_deref(), Some("0"));
}
