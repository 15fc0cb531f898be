//! Time limits of bodies, and streams that are not as long as they promise.

use std::error::Error as _;
use std::io;
use std::sync::mpsc;
use std::time::{Duration, Instant};

use frontline::{ByteStream, ClientBuilder, ErrorKind, Retry};
use frontline_tests::{Connection, RawServer, http};
use futures_util::stream;

use crate::methods;
use crate::wire::Client;

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

/// Each stream has another length than the 10 bytes that it promises.
#[tokio::test]
async fn a_stream_that_is_longer_or_shorter_than_its_length_fails() {
    let server = RawServer::start(http("307 Elsewhere", "", ""));
    let client = builder(&server).build().unwrap();
    for (chunks, what) in [
        (&["01234567890"][..], "more"),
        (&["0123456789", "0"], "more"),
        (&["0123456789", "", "0"], "more"),
        (&["01234", "567890"], "more"),
        (&["012345678"], "fewer"),
        (&["01234", ""], "fewer"),
        (&[], "fewer"),
    ] {
        let chunks: Vec<_> = chunks.iter().map(|chunk| Ok::<_, io::Error>(*chunk)).collect();
        let error = client.put_bytes(ByteStream::new(stream::iter(chunks)).of_length(10)).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Connection, "{error:?}");
        let sources = std::iter::successors(error.source(), |&error| error.source());
        let expected = format!("the stream of the request body contains {what} than the 10 bytes that were set");
        assert!(sources.into_iter().any(|source| source.to_string() == expected), "{error:?}");
    }
    // The server never gets a complete body.
    assert_eq!(server.requests(), []);
}
