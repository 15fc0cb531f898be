//! Faults of servers and networks, and the errors that they cause.

use std::io;
use std::net::TcpListener;
use std::time::{Duration, Instant};

use frontline::{ClientBuilder, Error, ErrorKind, Retry};
use frontline_tests::{Connection, RawServer};

use crate::methods::Client;

const LIMIT: Duration = Duration::from_millis(200);
/// The imprecision of the clock and the scheduler.
const TOLERANCE: Duration = Duration::from_millis(50);

fn builder(url: String) -> ClientBuilder<Client> {
    Client::builder().base_url(url).timeout(LIMIT).max_response_bytes(1 << 20).retry(Retry::never())
}

type Serve = fn(&mut Connection) -> io::Result<()>;

/// Reads the request, writes the text, and closes the connection.
macro_rules! answer {
    ($text:expr) => {
        |connection| {
            connection.request()?;
            connection.write($text)
        }
    };
}

/// Reads the request, writes the text, and waits until the client closes the connection.
macro_rules! answer_and_wait {
    ($text:expr) => {
        |connection| {
            connection.request()?;
            connection.write($text)?;
            connection.wait()
        }
    };
}

fn endlessly(connection: &mut Connection, start: &str, again: &[u8]) -> io::Result<()> {
    connection.request()?;
    connection.write(start)?;
    loop {
        connection.write(again)?;
    }
}

/// Writes one byte at a time, too slowly for the time limit.
fn drip(connection: &mut Connection, text: &str) -> io::Result<()> {
    slowly(connection, text.as_bytes().chunks(1))
}

/// Writes a part every 20 milliseconds. A receiver without messages serves as the clock.
fn slowly<'a>(connection: &mut Connection, parts: impl IntoIterator<Item = &'a [u8]>) -> io::Result<()> {
    connection.request()?;
    let (_sender, clock) = std::sync::mpsc::channel::<()>();
    for part in parts {
        connection.write(part)?;
        _ = clock.recv_timeout(Duration::from_millis(20));
    }
    Ok(())
}

const HEAD: &str = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";
const WHOLE: &str = "HTTP/1.1 200 OK\r\nContent-Length: 12\r\n\r\n{\"name\":\"x\"}";

/// The faults, each with its name and the expected error kind.
const FAULTS: &[(&str, ErrorKind, Serve)] = &[
    ("closed after the request", ErrorKind::Connection, answer!("")),
    ("reset after the request", ErrorKind::Connection, |connection| {
        connection.request()?;
        connection.reset()
    }),
    ("closed within the status line", ErrorKind::Connection, answer!("HTTP/1.1 2")),
    ("closed within a header", ErrorKind::Connection, answer!("HTTP/1.1 200 OK\r\nContent-Len")),
    ("closed behind a header", ErrorKind::Connection, answer!("HTTP/1.1 200 OK\r\nContent-Length: 12\r\n")),
    ("reset within a header", ErrorKind::Connection, |connection| {
        connection.request()?;
        connection.write("HTTP/1.1 200 OK\r\nContent-Len")?;
        connection.reset()
    }),
    ("closed before the body", ErrorKind::Connection, answer!("HTTP/1.1 200 OK\r\nContent-Length: 12\r\n\r\n")),
    ("closed within the body", ErrorKind::Connection, answer!("HTTP/1.1 200 OK\r\nContent-Length: 12\r\n\r\n{\"na")),
    ("reset within the body", ErrorKind::Connection, |connection| {
        connection.request()?;
        connection.write("HTTP/1.1 200 OK\r\nContent-Length: 12\r\n\r\n{\"na")?;
        connection.reset()
    }),
    ("closed before a chunk", ErrorKind::Connection, answer!(format!("{HEAD}Transfer-Encoding: chunked\r\n\r\n"))),
    (
        "closed within a chunk's size",
        ErrorKind::Connection,
        answer!(format!("{HEAD}Transfer-Encoding: chunked\r\n\r\nc")),
    ),
    (
        "closed within a chunk",
        ErrorKind::Connection,
        answer!(format!("{HEAD}Transfer-Encoding: chunked\r\n\r\nc\r\n{{\"na")),
    ),
    (
        "closed before the last chunk",
        ErrorKind::Connection,
        answer!(format!("{HEAD}Transfer-Encoding: chunked\r\n\r\nc\r\n{{\"name\":\"x\"}}\r\n")),
    ),
    (
        "a chunk's size that is none",
        ErrorKind::Connection,
        answer!(format!("{HEAD}Transfer-Encoding: chunked\r\n\r\nxyz\r\n{{}}\r\n0\r\n\r\n")),
    ),
    (
        "a chunk of more bytes than can be counted",
        ErrorKind::Connection,
        answer!(format!("{HEAD}Transfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\n{{}}\r\n0\r\n\r\n")),
    ),
    ("no HTTP", ErrorKind::Connection, answer!("SSH-2.0-OpenSSH_9.6\r\n")),
    ("a body alone", ErrorKind::Connection, answer!("{\"name\":\"x\"}")),
    ("TLS", ErrorKind::Connection, answer!(b"\x15\x03\x03\x00\x02\x02\x28")),
    ("another version", ErrorKind::Connection, answer!("HTTP/9.9 200 OK\r\n\r\n")),
    ("a status of two digits", ErrorKind::Connection, answer!("HTTP/1.1 20 OK\r\nContent-Length: 0\r\n\r\n")),
    ("a status of letters", ErrorKind::Connection, answer!("HTTP/1.1 abc OK\r\nContent-Length: 0\r\n\r\n")),
    ("a status that nobody knows", ErrorKind::Status, answer!("HTTP/1.1 999 What\r\nContent-Length: 0\r\n\r\n")),
    (
        "another protocol",
        ErrorKind::Status,
        answer!("HTTP/1.1 101 Switching\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n"),
    ),
    ("a NUL in a header", ErrorKind::Connection, answer!("HTTP/1.1 200 OK\r\nX: a\0b\r\nContent-Length: 0\r\n\r\n")),
    ("a length below zero", ErrorKind::Connection, answer!("HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n{}")),
    (
        "two lengths",
        ErrorKind::Connection,
        answer!("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 12\r\n\r\n{}"),
    ),
    (
        "a length that is too short",
        ErrorKind::Decode,
        answer!("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n{\"name\":\"x\"}"),
    ),
    (
        "a length that is too long",
        ErrorKind::Connection,
        answer!("HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n{\"name\":\"x\"}"),
    ),
    (
        "a length that is too long, and silence",
        ErrorKind::Timeout,
        answer_and_wait!("HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n{}"),
    ),
    ("silence at once", ErrorKind::Timeout, |connection| connection.wait()),
    ("silence after the request", ErrorKind::Timeout, answer_and_wait!("")),
    ("silence within a header", ErrorKind::Timeout, answer_and_wait!("HTTP/1.1 200 OK\r\nContent-Len")),
    (
        "silence within an error's body",
        ErrorKind::Status,
        answer_and_wait!("HTTP/1.1 500 X\r\nContent-Length: 9\r\n\r\n{"),
    ),
    ("a head that drips", ErrorKind::Timeout, |connection| drip(connection, WHOLE)),
    ("a body that drips", ErrorKind::Timeout, |connection| {
        drip(connection, "HTTP/1.1 200 OK\r\nContent-Length: 12\r\n\r\n{\"name\":\"x\"}")
    }),
    ("headers without end", ErrorKind::Connection, |connection| endlessly(connection, HEAD, b"X-More: and more\r\n")),
    ("a header without end", ErrorKind::Connection, |connection| endlessly(connection, HEAD, &[b'a'; 1024])),
    // tests/tls.rs has a flood of them. Over plain `http`, a flood delays the time limits.
    ("answers that announce another, without end", ErrorKind::Timeout, |connection| {
        slowly(connection, std::iter::repeat(&b"HTTP/1.1 103 Early Hints\r\n\r\n"[..]))
    }),
    ("a burst of answers that announce another, and silence", ErrorKind::Timeout, |connection| {
        connection.request()?;
        connection.write("HTTP/1.1 103 Early Hints\r\n\r\n".repeat(1000))?;
        connection.wait()
    }),
    ("chunks without end", ErrorKind::BodyTooLarge, |connection| {
        let chunk = format!("400\r\n{}\r\n", "a".repeat(1024));
        endlessly(connection, &format!("{HEAD}Transfer-Encoding: chunked\r\n\r\n"), chunk.as_bytes())
    }),
    ("a body without end", ErrorKind::BodyTooLarge, |connection| {
        endlessly(connection, &format!("{HEAD}\r\n"), &[b' '; 1024])
    }),
];

async fn call(server: &RawServer) -> Result<(), Error> {
    builder(server.url()).build().unwrap().get_thing().await.map(drop)
}

#[tokio::test(flavor = "multi_thread")]
async fn each_fault_returns_its_error_kind_within_the_time_limit() {
    assert!(FAULTS.len() >= 25);
    for (fault, kind, serve) in FAULTS {
        let mut times = Vec::new();
        // On a busy machine single calls may take longer, or reach the limit first: only one of several has to be in time.
        while times.len() < 5 && times.iter().all(|time| *time >= LIMIT + TOLERANCE) {
            let server = RawServer::start_with(serve);
            let started = Instant::now();
            let error = call(&server).await.expect_err(fault);
            if error.is_timeout() && *kind != ErrorKind::Timeout {
                times.push(Duration::MAX);
                continue;
            }
            times.push(started.elapsed());
            assert_eq!(error.kind(), *kind, "{fault}: {error:?}");
            let connections = server.connections();
            assert_eq!((error.attempts(), error.maybe_sent(), connections), (1, true, 1), "{fault}: {error:?}");
        }
        assert!(times.iter().any(|time| *time < LIMIT + TOLERANCE), "{fault}: {times:?}");
    }
}

#[tokio::test]
async fn an_unreachable_server_is_not_sent() {
    let unused = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    for host in [unused.to_string(), format!("localhost:{}", unused.port()), "127.0.0.1:0".to_owned()] {
        let error = builder(format!("http://{host}")).build().unwrap().get_thing().await.unwrap_err();
        assert_eq!((error.kind(), error.maybe_sent()), (ErrorKind::NotSent, false), "{host}: {error:?}");
    }
}

/// Whether the connection is made before it closes depends on timing.
#[tokio::test]
async fn a_connection_that_closes_at_once_is_not_sent_or_broken() {
    const AT_ONCE: [Serve; 2] = [|_| Ok(()), Connection::reset];
    for serve in AT_ONCE {
        let server = RawServer::start_with(serve);
        for _ in 0..50 {
            let error = call(&server).await.unwrap_err();
            let sent = match error.kind() {
                ErrorKind::Connection => true,
                ErrorKind::NotSent => false,
                _ => panic!("{error:?}"),
            };
            assert_eq!((error.attempts(), error.maybe_sent()), (1, sent), "{error:?}");
        }
    }
}

#[tokio::test]
async fn unusual_but_valid_responses_are_read() {
    const ODD: &[(&str, Serve)] = &[
        ("announced", answer!(format!("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nX: y\r\n\r\n{WHOLE}"))),
        ("until the end", answer!("HTTP/1.1 200 OK\r\n\r\n{\"name\":\"x\"}")),
        ("an old version", answer!("HTTP/1.0 200 OK\r\n\r\n{\"name\":\"x\"}")),
        (
            "the same length twice",
            answer!("HTTP/1.1 200 OK\r\nContent-Length: 12\r\nContent-Length: 12\r\n\r\n{\"name\":\"x\"}"),
        ),
        ("no reason", answer!("HTTP/1.1 200\r\nContent-Length: 12\r\n\r\n{\"name\":\"x\"}")),
        (
            "chunks with extensions and trailers",
            answer!(format!(
                "{HEAD}Transfer-Encoding: chunked\r\n\r\nc;a=b\r\n{{\"name\":\"x\"}}\r\n0\r\nX: y\r\n\r\n"
            )),
        ),
    ];
    for (what, serve) in ODD {
        let server = RawServer::start_with(serve);
        let thing = builder(server.url()).build().unwrap().get_thing().await.expect(what);
        assert_eq!(thing.name.as_deref(), Some("x"), "{what}");
    }
}
