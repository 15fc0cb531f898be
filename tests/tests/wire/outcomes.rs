//! What errors report about the request: the number of attempts, and whether the server may have got it.

use std::future::Future;
use std::net::TcpListener;
use std::pin::Pin;
use std::time::Duration;

use frontline::{
    Attempt, AttemptFuture, AttemptResponse, Client, ClientBuilder, Credential, CredentialsProvider, Error, ErrorKind,
    Middleware, Next, ProviderFuture, Retry, UpdateUserRequest,
};
use frontline_tests::{Connection, RawServer, http};
use reqwest::header::HeaderMap;

type Call = Pin<Box<dyn Future<Output = Result<(), Error>> + Send>>;

const LIMIT: Duration = Duration::from_millis(250);

fn anonymous(url: &str) -> ClientBuilder<Client> {
    Client::builder().base_url(url).retry(Retry::new().delays(Duration::ZERO, Duration::ZERO))
}

fn builder(url: &str) -> ClientBuilder<Client> {
    anonymous(url).basic_auth("user", "password")
}

fn fetch(builder: ClientBuilder<Client>, identity: impl Into<String>) -> Call {
    let identity = identity.into();
    Box::pin(async move { builder.build()?.fetch_user(&identity).await.map(drop) })
}

/// Sends a POST, which is not idempotent.
fn update(builder: ClientBuilder<Client>) -> Call {
    Box::pin(async move { builder.build()?.update_user("ada", &UpdateUserRequest::new()).await.map(drop) })
}

fn answering(status: &str, body: &str) -> String {
    RawServer::start(http(status, "", body)).url()
}

/// Accepts connections, and neither reads nor writes.
fn silent() -> String {
    RawServer::start_with(Connection::wait).url()
}

/// Nothing listens on the port.
fn closed() -> String {
    format!("http://{}", TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap())
}

/// Fails or hangs.
struct Provider(bool);

impl CredentialsProvider for Provider {
    fn credential(&self) -> ProviderFuture<'_> {
        Box::pin(async {
            if self.0 {
                std::future::pending::<()>().await;
            }
            Err::<Credential, _>("no credentials".into())
        })
    }
}

/// A middleware that sends the request or not, makes another call, and then answers itself.
struct Then {
    sends: bool,
    other: fn() -> Call,
    status: u16,
}

impl Middleware for Then {
    fn handle<'a>(&'a self, attempt: Attempt, next: Next<'a>) -> AttemptFuture<'a> {
        Box::pin(async move {
            if self.sends {
                next.run(attempt).await?;
            }
            (self.other)().await?;
            Ok(AttemptResponse::new(self.status.try_into().unwrap(), HeaderMap::new(), "no JSON"))
        })
    }
}

fn nothing() -> Call {
    Box::pin(async { Ok(()) })
}

/// Every kind of error, and the situations in which it occurs.
fn table() -> Vec<(&'static str, Call, (ErrorKind, u32, bool))> {
    use ErrorKind as Kind;
    let ok = || answering("200 OK", "{}");
    let https = |url: String| url.replace("http:", "https:");
    let stopping = || -> Call { Box::pin(async { Err(Error::cancelled("")) }) };
    let with = |sends, other, status| builder(&ok()).middleware(Then { sends, other, status });
    vec![
        // Before an attempt.
        ("a bad base URL", fetch(builder("x"), "ada"), (Kind::Configuration, 0, false)),
        ("no credentials", fetch(anonymous(&ok()), "ada"), (Kind::Configuration, 0, false)),
        ("a bad path", fetch(builder(&ok()), ".."), (Kind::InvalidArgument, 0, false)),
        ("a long URL", fetch(builder(&ok()), "x".repeat(70_000)), (Kind::InvalidArgument, 0, false)),
        // Before the request is sent.
        (
            "a provider fails",
            fetch(anonymous(&ok()).credentials_provider(Provider(false)), "ada"),
            (Kind::Credentials, 1, false),
        ),
        (
            "a provider hangs",
            fetch(anonymous(&ok()).credentials_provider(Provider(true)).timeout(LIMIT), "ada"),
            (Kind::Timeout, 1, false),
        ),
        ("refused", update(builder(&closed())), (Kind::NotSent, 3, false)),
        ("connect timeout", update(builder(&https(silent())).connect_timeout(LIMIT)), (Kind::NotSent, 3, false)),
        (
            "a limit while connecting",
            fetch(builder(&https(silent())).attempt_timeout(LIMIT), "ada"),
            (Kind::Timeout, 3, false),
        ),
        ("another limit while connecting", update(builder(&https(silent())).timeout(LIMIT)), (Kind::Timeout, 1, false)),
        ("a middleware stops the call", update(with(false, stopping, 204)), (Kind::Cancelled, 1, false)),
        (
            "a middleware fails to connect",
            update(with(false, || update(builder(&closed())), 204)),
            (Kind::NotSent, 3, false),
        ),
        ("a middleware answers 500", update(with(false, nothing, 500)), (Kind::Status, 1, false)),
        ("a middleware answers wrongly", update(with(false, nothing, 200)), (Kind::Decode, 1, false)),
        // After the request is sent.
        ("a limit after sending", fetch(builder(&silent()).attempt_timeout(LIMIT), "ada"), (Kind::Timeout, 3, true)),
        ("no answer", fetch(builder(&answering_nothing()), "ada"), (Kind::Connection, 3, true)),
        ("no answer to POST", update(builder(&answering_nothing())), (Kind::Connection, 1, true)),
        ("404", fetch(builder(&answering("404 X", "")), "ada"), (Kind::Status, 1, true)),
        ("503", fetch(builder(&answering("503 X", "")), "ada"), (Kind::Status, 3, true)),
        ("no JSON", fetch(builder(&answering("200 OK", "?")), "ada"), (Kind::Decode, 1, true)),
        ("too large", fetch(builder(&ok()).max_response_bytes(1), "ada"), (Kind::BodyTooLarge, 1, true)),
        ("a middleware stops the call later", update(with(true, stopping, 204)), (Kind::Cancelled, 1, true)),
        (
            "a middleware fails to connect later",
            update(with(true, || update(builder(&closed())), 204)),
            (Kind::Cancelled, 1, true),
        ),
        (
            "a middleware is set up wrongly",
            update(with(true, || fetch(builder("x"), "ada"), 204)),
            (Kind::Cancelled, 1, true),
        ),
        ("a middleware answers 500 later", update(with(true, nothing, 500)), (Kind::Status, 1, true)),
        ("a middleware answers wrongly later", update(with(true, nothing, 200)), (Kind::Decode, 1, true)),
        // Nothing is sent by the last attempt, but by the first.
        ("refused later", fetch(builder(&once()), "ada"), (Kind::NotSent, 3, true)),
    ]
}

fn answering_nothing() -> String {
    RawServer::start("").url()
}

/// Gets a request, and then closes the port.
fn once() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        drop(listener);
        std::io::Read::read(&mut stream, &mut [0]).unwrap();
    });
    url
}

#[tokio::test]
async fn each_kind_of_error_reports_attempts_and_whether_something_was_sent() {
    for (what, call, expected) in table() {
        let error = call.await.expect_err(what);
        assert_eq!((error.kind(), error.attempts(), error.maybe_sent()), expected, "{what}: {error:?}");
    }
}
