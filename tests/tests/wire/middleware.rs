//! Middleware: what it sees, what it can change, and how it ends a call.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use frontline::{
    Attempt, AttemptFuture, AttemptResponse, Client, ClientBuilder, Error, ErrorKind, Middleware, Next, Retry,
    UpdateUserRequest,
};
use frontline_tests::{RawServer, http};

fn builder(server: &RawServer) -> ClientBuilder<Client> {
    let builder = Client::builder().base_url(server.url()).basic_auth("AC1", "canary-secret");
    builder.retry(Retry::new().delays(Duration::ZERO, Duration::ZERO))
}

fn header(server: &RawServer, index: usize, name: &str) -> Option<String> {
    server.requests()[index].headers.iter().find(|header| header.0 == name).map(|header| header.1.clone())
}

/// Records all attempts and responses.
#[derive(Clone)]
struct Recorder(&'static str, Arc<Mutex<Vec<String>>>);

impl Middleware for Recorder {
    fn handle<'a>(&'a self, attempt: Attempt, next: Next<'a>) -> AttemptFuture<'a> {
        Box::pin(async move {
            let write = |what: String| self.1.lock().unwrap().push(format!("{} {what}", self.0));
            assert!(!format!("{attempt:?} {next:?}").contains("canary"));
            let body = String::from_utf8_lossy(attempt.body().unwrap_or_default()).into_owned();
            write(format!("{} {} {} {body}", attempt.number(), attempt.method(), attempt.template()));
            assert!(attempt.url().ends_with("/v1/Users/canary-identity"));
            assert!(attempt.headers()["authorization"].is_sensitive());
            let mut response = next.run(attempt).await?;
            let body = response.body(1000).await?;
            write(format!("{} {}", response.status().as_u16(), String::from_utf8_lossy(&body)));
            assert!(!format!("{response:?}").contains("canary"));
            Ok(response)
        })
    }
}

#[tokio::test]
async fn the_first_middleware_is_the_outermost() {
    let server = RawServer::start_script([http("429 Slow", "", "x"), http("200 OK", "", r#"{"sid":"US1"}"#)]);
    let seen = Arc::new(Mutex::new(Vec::new()));
    let recorder = |name| Recorder(name, Arc::clone(&seen));
    let client = builder(&server).middleware(recorder("outer")).middleware(recorder("inner")).build().unwrap();
    let change = UpdateUserRequest::new().is_available(true);
    let user = client.update_user("canary-identity", &change).await.unwrap();
    assert_eq!(user.sid.as_deref(), Some("US1"));
    let request = |name: &str, number: u8| format!("{name} {number} POST /v1/Users/{{Sid}} IsAvailable=true");
    assert_eq!(
        *seen.lock().unwrap(),
        [
            request("outer", 1),
            request("inner", 1),
            "inner 429 x".to_owned(),
            "outer 429 x".to_owned(),
            request("outer", 2),
            request("inner", 2),
            r#"inner 200 {"sid":"US1"}"#.to_owned(),
            r#"outer 200 {"sid":"US1"}"#.to_owned(),
        ]
    );
}

/// Adds the number of the attempt as a signature, and replaces the body.
struct Signer;

impl Middleware for Signer {
    fn handle<'a>(&'a self, mut attempt: Attempt, next: Next<'a>) -> AttemptFuture<'a> {
        let signature = attempt.number().into();
        attempt.headers_mut().insert("x-signature", signature);
        attempt.set_body("IsAvailable=false&State=active");
        next.run(attempt)
    }
}

#[tokio::test]
async fn middleware_can_change_requests() {
    let server = RawServer::start_script([http("429 Slow", "", ""), http("200 OK", "", "{}")]);
    let client = builder(&server).middleware(Signer).build().unwrap();
    client.update_user("x", &UpdateUserRequest::new().is_available(true)).await.unwrap();
    client.update_user("x", &UpdateUserRequest::new()).await.unwrap();
    for (index, signature) in ["1", "2", "1"].into_iter().enumerate() {
        assert_eq!(header(&server, index, "x-signature").as_deref(), Some(signature));
        assert_eq!(header(&server, index, "content-length").as_deref(), Some("30"));
        assert_eq!(server.requests()[index].body, "IsAvailable=false&State=active");
    }
}

/// Answers instead of the server.
struct Double;

impl Middleware for Double {
    fn handle<'a>(&'a self, _: Attempt, _: Next<'a>) -> AttemptFuture<'a> {
        let headers =
            [("twilio-request-id", "RQ1")].map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap()));
        let body = r#"{"code":20404,"message":"none"}"#;
        let response = AttemptResponse::new("404".parse().unwrap(), headers.into_iter().collect(), body);
        Box::pin(async { Ok(response) })
    }
}

/// Cancels all calls.
struct Closed;

impl Middleware for Closed {
    fn handle<'a>(&'a self, _: Attempt, _: Next<'a>) -> AttemptFuture<'a> {
        Box::pin(async { Err(Error::cancelled("outside of office hours").with_source("it is night")) })
    }
}

#[tokio::test]
async fn middleware_can_answer_or_cancel_a_call() {
    let server = RawServer::start(http("200 OK", "", "{}"));
    let error = builder(&server).middleware(Double).build().unwrap().fetch_user("x").await.unwrap_err();
    assert!(error.is_not_found());
    assert_eq!((error.code(), error.request_id(), error.maybe_sent()), (Some(20404), Some("RQ1"), false));

    let error = builder(&server).middleware(Closed).build().unwrap().fetch_user("x").await.unwrap_err();
    assert_eq!((error.kind(), error.attempts(), error.maybe_sent()), (ErrorKind::Cancelled, 1, false));
    assert_eq!(error.to_string(), "GET /v1/Users/{Sid}: outside of office hours");
    assert_eq!(std::error::Error::source(&error).unwrap().to_string(), "it is night");
    assert_eq!(server.connections(), 0);
}

/// Reads a body with a limit that is too small.
struct Greedy;

impl Middleware for Greedy {
    fn handle<'a>(&'a self, attempt: Attempt, next: Next<'a>) -> AttemptFuture<'a> {
        Box::pin(async {
            let mut response = next.run(attempt).await?;
            response.body(3).await?;
            Ok(response)
        })
    }
}

#[tokio::test]
async fn middleware_reads_bodies_up_to_the_given_limit() {
    let server = RawServer::start(http("200 OK", "", "{  }"));
    let error = builder(&server).middleware(Greedy).build().unwrap().fetch_user("x").await.unwrap_err();
    assert_eq!((error.kind(), error.maybe_sent()), (ErrorKind::BodyTooLarge, true));
}
