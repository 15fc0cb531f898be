//! HTTP/2 connections that die, and requests that a server refuses before it processes them (RFC 9113).

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use frontline::types::UpdateUserRequest;
use frontline::{CallOptions, Client, ErrorKind, Retry};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::Instant;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;

use crate::server::{authority, config};

/// What a server does when it receives a request.
#[derive(Clone, Copy)]
enum Answer {
    User,
    /// Sends this frame instead of a response. `RST_STREAM` gets the number of the request's stream.
    Frame {
        kind: u8,
        payload: &'static [u8],
    },
    /// Sends these frames, and closes the connection. The first request has stream 1.
    Last(&'static [u8]),
    /// Sends only a part of the body, and cancels its stream with this error.
    Part(u8),
    /// Sends these frames on the request's stream: the kind, the flags and the payload of each.
    Frames(&'static [(u8, u8, &'static [u8])]),
    /// Never reads or writes again, but keeps the connection open.
    Silence,
}

const DATA: u8 = 0;
const HEADERS: u8 = 1;
const RST_STREAM: u8 = 3;
const SETTINGS: u8 = 4;
const PING: u8 = 6;
const GOAWAY: u8 = 7;

const REFUSED: Answer = Answer::Frame { kind: RST_STREAM, payload: &[0, 0, 0, 7] };

/// A server whose answers depend on the number of the connection and of the request on it, both from 0.
struct Server {
    client: Client,
    connections: Arc<AtomicUsize>,
    requests: Arc<AtomicUsize>,
}

impl Server {
    async fn start(retry: Retry, answer: fn(usize, usize) -> Answer) -> Self {
        let ours = authority("ours");
        let mut config = config(&ours, "127.0.0.1", None);
        config.alpn_protocols = vec![b"h2".to_vec()];
        let acceptor = TlsAcceptor::from(Arc::new(config));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let client = Client::builder()
            .base_url(format!("https://{}", listener.local_addr().unwrap()))
            .basic_auth("AC1", "x")
            .root_certificates(ours.pem())
            .retry(retry.delays(Duration::ZERO, Duration::ZERO))
            .build()
            .unwrap();
        let server = Self { client, connections: Arc::default(), requests: Arc::default() };
        let (connections, requests) = (Arc::clone(&server.connections), Arc::clone(&server.requests));
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let number = connections.fetch_add(1, Ordering::SeqCst);
                let (acceptor, requests) = (acceptor.clone(), Arc::clone(&requests));
                // The client may close the connection at any time.
                tokio::spawn(async move {
                    let stream = acceptor.accept(stream).await.ok()?;
                    serve(stream, &requests, |request| answer(number, request)).await
                });
            }
        });
        server
    }

    fn counts(&self) -> (usize, usize) {
        (self.connections.load(Ordering::SeqCst), self.requests.load(Ordering::SeqCst))
    }
}

async fn serve(
    mut stream: TlsStream<TcpStream>,
    requests: &AtomicUsize,
    answer: impl Fn(usize) -> Answer,
) -> Option<()> {
    stream.read_exact(&mut [0; 24]).await.ok()?;
    write(&mut stream, SETTINGS, 0, 0, &[]).await?;
    let mut number = 0;
    loop {
        // The length has 24 bits (section 4.1).
        let length = u32::from(stream.read_u16().await.ok()?) << 8 | u32::from(stream.read_u8().await.ok()?);
        let (kind, flags) = (stream.read_u8().await.ok()?, stream.read_u8().await.ok()?);
        let id = stream.read_u32().await.ok()?;
        let mut payload = vec![0; length as usize];
        stream.read_exact(&mut payload).await.ok()?;
        match kind {
            SETTINGS | PING if flags & 1 == 0 => {
                let payload = if kind == PING { &payload[..] } else { &[] };
                write(&mut stream, kind, 1, 0, payload).await?;
            }
            HEADERS => {
                requests.fetch_add(1, Ordering::SeqCst);
                match answer(number) {
                    Answer::User => {
                        // In HPACK's static table, 8 is the status 200.
                        write(&mut stream, HEADERS, 4, id, &[0x88]).await?;
                        write(&mut stream, 0, 1, id, br#"{"sid":"US1"}"#).await?;
                    }
                    Answer::Part(error) => {
                        // 28 is `Content-Length` (RFC 7541, appendix A), which says 20.
                        write(&mut stream, HEADERS, 4, id, b"\x88\x0f\x0d\x0220").await?;
                        write(&mut stream, 0, 0, id, br#"{"sid":"US1"}"#).await?;
                        write(&mut stream, RST_STREAM, 0, id, &[0, 0, 0, error]).await?;
                    }
                    Answer::Frames(frames) => {
                        for (kind, flags, payload) in frames {
                            write(&mut stream, *kind, *flags, id, payload).await?;
                        }
                    }
                    Answer::Frame { kind, payload } => {
                        write(&mut stream, kind, 0, if kind == RST_STREAM { id } else { 0 }, payload).await?;
                    }
                    Answer::Last(frames) => {
                        stream.write_all(frames).await.ok()?;
                        return stream.flush().await.ok();
                    }
                    Answer::Silence => std::future::pending().await,
                }
                number += 1;
            }
            _ => {}
        }
    }
}

async fn write(stream: &mut TlsStream<TcpStream>, kind: u8, flags: u8, id: u32, payload: &[u8]) -> Option<()> {
    let length = u32::try_from(payload.len()).ok()?.to_be_bytes();
    let head = [&length[1..], &[kind, flags], &id.to_be_bytes()].concat();
    stream.write_all(&[&head, payload].concat()).await.ok()?;
    stream.flush().await.ok()
}

/// The first connection dies after its first response.
fn dying(connection: usize, request: usize) -> Answer {
    if (connection, request) == (0, 1) { Answer::Silence } else { Answer::User }
}

#[tokio::test]
async fn requests_share_a_connection() {
    let server = Server::start(Retry::never(), |_, _| Answer::User).await;
    for _ in 0..3 {
        server.client.fetch_user("x").await.unwrap();
    }
    assert_eq!(server.counts(), (1, 3));
}

#[tokio::test]
async fn the_attempt_after_a_timeout_uses_another_connection() {
    let server = Server::start(Retry::new().attempts(2), dying).await;
    let options = CallOptions::new().attempt_timeout(Duration::from_millis(200));
    let client = server.client.with(options);
    client.fetch_user("x").await.unwrap();
    let user = client.fetch_user("x").await.unwrap();
    assert_eq!((user.attempts(), server.counts()), (2, (2, 3)));
    // Only the dead connection was given up.
    client.fetch_user("x").await.unwrap();
    assert_eq!(server.counts(), (2, 4));
}

/// A ping finds the dead connection long before the attempt's time limit ends.
#[tokio::test]
async fn a_server_that_does_not_answer_pings_is_given_up() {
    let server = Server::start(Retry::never(), dying).await;
    let limit = Duration::from_secs(3600);
    let client = server.client.with(CallOptions::new().timeout(limit).attempt_timeout(limit));
    client.fetch_user("x").await.unwrap();
    tokio::time::pause();
    // Idle connections are not tested. After 50 seconds, they would be closed.
    tokio::time::advance(Duration::from_secs(40)).await;
    let started = Instant::now();
    let error = client.fetch_user("x").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout, "{error:?}");
    assert!(started.elapsed() < Duration::from_secs(9), "{:?}", started.elapsed());
    tokio::time::resume();
    client.fetch_user("x").await.unwrap();
    assert_eq!(server.counts(), (2, 3));
}

#[tokio::test]
async fn refused_requests_are_retried_whatever_their_method() {
    // The last stream that the server processes is 0: none.
    const LEAVES: Answer = Answer::Frame { kind: GOAWAY, payload: &[0, 0, 0, 0, 0, 0, 0, 0] };
    const FAILS: Answer = Answer::Frame { kind: GOAWAY, payload: &[0, 0, 0, 0, 0, 0, 0, 2] };
    for (answer, connections) in [
        ((|_, request| if request == 0 { REFUSED } else { Answer::User }) as fn(usize, usize) -> Answer, 1),
        (|connection, _| if connection == 0 { LEAVES } else { Answer::User }, 2),
        (|connection, _| if connection == 0 { FAILS } else { Answer::User }, 2),
    ] {
        let server = Server::start(Retry::new().attempts(2), answer).await;
        let user = server.client.update_user("x", &UpdateUserRequest::new()).await.unwrap();
        assert_eq!((user.attempts(), server.counts()), (2, (connections, 2)));
    }
    // Without a body, nothing shows that the server denies this request. It is idempotent.
    let server = Server::start(Retry::never(), |_, _| LEAVES).await;
    let error = server.client.fetch_user("x").await.unwrap_err();
    assert_eq!((error.kind(), error.maybe_sent()), (ErrorKind::Connection, true), "{error:?}");
    let server = Server::start(Retry::never(), |_, _| REFUSED).await;
    let error = server.client.update_user("x", &UpdateUserRequest::new()).await.unwrap_err();
    assert_eq!((error.kind(), error.maybe_sent()), (ErrorKind::NotSent, false), "{error:?}");
}

/// The server may have processed these requests.
#[tokio::test]
async fn other_requests_that_end_without_a_response_are_not_retried() {
    const RESET: fn(&'static [u8]) -> Answer = |payload| Answer::Frame { kind: RST_STREAM, payload };
    for answer in [
        // NO_ERROR, INTERNAL_ERROR, CANCEL, ENHANCE_YOUR_CALM, HTTP_1_1_REQUIRED
        (|_, _| RESET(&[0, 0, 0, 0])) as fn(usize, usize) -> Answer,
        |_, _| RESET(&[0, 0, 0, 2]),
        |_, _| RESET(&[0, 0, 0, 8]),
        |_, _| RESET(&[0, 0, 0, 11]),
        |_, _| RESET(&[0, 0, 0, 13]),
        // GOAWAY with INTERNAL_ERROR. The server may have processed stream 1.
        |_, _| Answer::Last(&[0, 0, 8, GOAWAY, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 2]),
        // GOAWAY with NO_ERROR, and the greatest number of a stream (section 6.8).
        |_, _| Answer::Last(&[0, 0, 8, GOAWAY, 0, 0, 0, 0, 0, 127, 255, 255, 255, 0, 0, 0, 0]),
        // The status 200, and RST_STREAM with REFUSED_STREAM.
        |_, _| Answer::Last(&[0, 0, 1, HEADERS, 4, 0, 0, 0, 1, 0x88, 0, 0, 4, RST_STREAM, 0, 0, 0, 0, 1, 0, 0, 0, 7]),
        // The status 200, and GOAWAY with INTERNAL_ERROR that denies stream 1.
        |_, _| {
            Answer::Last(&[
                0, 0, 1, HEADERS, 4, 0, 0, 0, 1, 0x88, 0, 0, 8, GOAWAY, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2,
            ])
        },
        |_, _| Answer::Last(&[]),
    ] {
        let server = Server::start(Retry::new().attempts(2), answer).await;
        let error = server.client.update_user("x", &UpdateUserRequest::new()).await.unwrap_err();
        assert_eq!((error.attempts(), error.maybe_sent(), server.counts()), (1, true, (1, 1)), "{error:?}");
    }
}

/// Even without an error (`NO_ERROR` is 0), which hyper takes for the end of the body.
#[tokio::test]
async fn a_body_whose_stream_is_canceled_is_incomplete() {
    for answer in [|_, _| Answer::Part(0), |_, _| Answer::Part(2), |_, _| Answer::Part(7), |_, _| Answer::Part(8)] {
        let server = Server::start(Retry::never(), answer).await;
        let error = server.client.fetch_user("x").await.unwrap_err();
        assert_eq!((error.kind(), error.attempts(), error.maybe_sent()), (ErrorKind::Connection, 1, true), "{error:?}");
    }
}

/// Without `Content-Length`, only `END_STREAM` (flag 1) tells that the body is complete.
#[tokio::test]
async fn a_body_of_unknown_length_is_complete_only_if_the_server_ends_its_stream() {
    const HEAD: (u8, u8, &[u8]) = (HEADERS, 4, &[0x88]);
    const BODY: (u8, u8, &[u8]) = (DATA, 0, br#"{"sid":"US1"}"#);
    const CANCEL: (u8, u8, &[u8]) = (RST_STREAM, 0, &[0, 0, 0, 0]);
    const END: (u8, u8, &[u8]) = (DATA, 1, &[]);
    // `age: 1`, because 21 is `age`.
    const TRAILERS: (u8, u8, &[u8]) = (HEADERS, 5, b"\x0f\x06\x011");
    let server = Server::start(Retry::never(), |_, request| match request % 4 {
        0 => Answer::Frames(&[HEAD, BODY, END]),
        1 => Answer::Frames(&[HEAD, BODY, END, CANCEL]),
        2 => Answer::Frames(&[HEAD, BODY, TRAILERS, CANCEL]),
        _ => Answer::Frames(&[HEAD, BODY, CANCEL]),
    })
    .await;
    for _ in 0..20 {
        for _ in 0..3 {
            let user = server.client.fetch_user("x").await.unwrap();
            assert_eq!(user.sid.as_deref(), Some("US1"));
        }
        let error = server.client.fetch_user("x").await.unwrap_err();
        assert_eq!((error.kind(), error.attempts(), error.maybe_sent()), (ErrorKind::Connection, 1, true), "{error:?}");
    }
    assert_eq!(server.counts(), (1, 80));
}
