//! The number of attempts for each method and each kind of failure.

use std::net::TcpListener;
use std::time::{Duration, Instant};

use frontline::{
    Attempt, AttemptFuture, CallOptions, ClientBuilder, Error, ErrorKind, Middleware, Next, Retry, UpdateUserRequest,
};
use frontline_tests::{RawServer, http};

use crate::methods::Client;

fn builder(url: String) -> ClientBuilder<Client> {
    Client::builder().base_url(url)
}

/// Three attempts without pauses.
fn retry() -> Retry {
    Retry::new().delays(Duration::ZERO, Duration::ZERO)
}

async fn call(client: &Client, method: &str) -> Result<(), Error> {
    match method {
        "GET" => client.get_thing().await.map(drop),
        "POST" => client.post_thing().await.map(drop),
        "HEAD" => client.head_thing().await.map(drop),
        _ => client.delete_thing().await.map(drop),
    }
}

enum Failure {
    Reset,
    Timeout,
    Status(u16),
}

impl Failure {
    /// The time limit of an attempt: long enough for the request to arrive, but short if no response will come.
    fn limit(&self) -> Duration {
        if matches!(self, Self::Timeout) { Duration::from_millis(250) } else { Duration::from_secs(10) }
    }

    fn server(self) -> RawServer {
        RawServer::start_with(move |connection| {
            connection.request()?;
            match self {
                Self::Reset => connection.reset(),
                Self::Timeout => connection.wait(),
                Self::Status(status) => connection.write(http(&format!("{status} X"), "", "")),
            }
        })
    }
}

#[tokio::test]
async fn attempts_depend_on_method_failure_and_policy() {
    let statuses = |statuses: &[u16]| statuses.iter().map(|status| Failure::Status(*status)).collect::<Vec<_>>();
    // Failures after which the server may have acted; 429, after which it has not; and failures that a retry cannot
    // fix.
    let open = [Failure::Reset, Failure::Timeout].into_iter().chain(statuses(&[408, 500, 502, 503, 504]));
    let rows = open.map(|failure| (failure, [3, 1, 3], [3, 3, 3]));
    let rows = rows.chain(statuses(&[429]).into_iter().map(|failure| (failure, [3, 3, 3], [3, 3, 3])));
    let last = statuses(&[400, 401, 403, 404, 409, 410, 422]);
    let rows = rows.chain(last.into_iter().map(|failure| (failure, [1, 1, 1], [1, 1, 1])));
    for (row, (failure, by_default, opted_in)) in rows.enumerate() {
        let limit = failure.limit();
        let server = failure.server();
        let client = builder(server.url()).attempt_timeout(limit).build().unwrap();
        for (policy, expected) in
            [(retry(), by_default), (retry().assume_idempotent(), opted_in), (Retry::never(), [1; 3])]
        {
            let client = client.with(CallOptions::new().retry(policy));
            for (method, expected) in ["GET", "POST", "DELETE"].into_iter().zip(expected) {
                let before = server.requests().len();
                let error = call(&client, method).await.unwrap_err();
                let cell = format!("row {row}, {method}, {policy:?}, {error:?}");
                assert_eq!(server.requests().len() - before, expected, "{cell}");
                assert_eq!((error.attempts() as usize, error.maybe_sent()), (expected, true), "{cell}");
            }
        }
    }
}

/// Counts attempts when no server can count them.
struct Counter(std::sync::mpsc::Sender<u32>);

impl Middleware for Counter {
    fn handle<'a>(&'a self, attempt: Attempt, next: Next<'a>) -> AttemptFuture<'a> {
        self.0.send(attempt.number()).unwrap();
        next.run(attempt)
    }
}

#[tokio::test]
async fn a_refused_connection_is_retried_for_all_methods() {
    let unused = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let (sender, numbers) = std::sync::mpsc::channel();
    let client = builder(format!("http://{unused}")).middleware(Counter(sender)).build().unwrap();
    for (policy, expected) in
        [(retry(), &[1, 2, 3][..]), (retry().assume_idempotent(), &[1, 2, 3]), (Retry::never(), &[1])]
    {
        let client = client.with(CallOptions::new().retry(policy));
        for method in ["GET", "POST", "DELETE"] {
            let error = call(&client, method).await.unwrap_err();
            assert_eq!(numbers.try_iter().collect::<Vec<_>>(), expected, "{method} {policy:?}");
            assert_eq!((error.kind(), error.maybe_sent()), (ErrorKind::NotSent, false));
        }
    }
}

#[tokio::test]
async fn a_connect_timeout_is_not_sent() {
    // The server accepts no connection: its backlog of 1 is full after some connections, and others hang.
    let listener = socket2::Socket::new(socket2::Domain::IPV4, socket2::Type::STREAM, None).unwrap();
    let any: std::net::SocketAddr = "127.0.0.1:0".parse().unwrap();
    listener.bind(&any.into()).and_then(|()| listener.listen(0)).unwrap();
    let address = listener.local_addr().unwrap().as_socket().unwrap();
    let fillers: Vec<_> =
        (0..8).map(|_| std::net::TcpStream::connect_timeout(&address, Duration::from_millis(100))).collect();
    assert!(fillers.iter().any(Result::is_err), "the backlog is not full");
    let builder = || Client::builder().base_url(format!("http://{address}")).retry(retry());
    let limit = Duration::from_millis(100);
    let own = builder().build().unwrap().with(CallOptions::new().connect_timeout(limit));
    for client in [builder().connect_timeout(limit).build().unwrap(), own] {
        let started = Instant::now();
        let error = client.post_thing().await.unwrap_err();
        assert_eq!((error.kind(), error.attempts(), error.maybe_sent()), (ErrorKind::NotSent, 3, false), "{error:?}");
        assert!((3 * limit..4 * limit).contains(&started.elapsed()), "{:?}", started.elapsed());
    }
}

#[tokio::test]
async fn maybe_sent_covers_all_attempts() {
    // The first attempt arrives. After it, the server no longer listens.
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || listener.accept().map(drop));
    let client = builder(url).retry(retry()).build().unwrap();
    let error = client.get_thing().await.unwrap_err();
    assert_eq!((error.kind(), error.attempts(), error.maybe_sent()), (ErrorKind::NotSent, 3, true), "{error:?}");
}

#[tokio::test]
async fn a_call_succeeds_if_its_last_attempt_does() {
    let well = http("200 OK", "", r#"{"name":"x"}"#);
    let busy = http("503 Busy", "Retry-After: 0\r\n", "");
    let server = RawServer::start_script([busy.clone(), busy, well]);
    let thing = builder(server.url()).retry(retry()).build().unwrap().get_thing().await.unwrap();
    assert_eq!((thing.name.as_deref(), thing.attempts(), server.connections()), (Some("x"), 3, 3));
}

#[tokio::test]
async fn each_attempt_sends_the_same_request() {
    let server = RawServer::start_script([http("429 Slow", "", ""), http("200 OK", "", "{}")]);
    let client = frontline::Client::builder().base_url(server.url()).basic_auth("AC1", "x").retry(retry());
    let change = UpdateUserRequest::new().is_available(true);
    client.build().unwrap().update_user("ada@example.com", &change).await.unwrap();
    let [first, second] = &server.requests()[..] else { panic!("two requests") };
    assert_eq!(first, second);
    assert_eq!(first.body, "IsAvailable=true");
}
