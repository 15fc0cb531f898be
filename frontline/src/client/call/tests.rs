//! Tests of time limits and pauses, with tokio's paused clock.

mod bodies;
mod decoding;

use std::sync::{Arc, Mutex};
use std::time::Duration;

use http::header::{DATE, HeaderMap, HeaderName, HeaderValue, RETRY_AFTER};
use http::{Method, StatusCode};
use tokio::time::Instant;

use crate::client::{Api, Transport};
use crate::profile::Standard;
use crate::request::{Request, Scheme};
use crate::{
    Attempt, AttemptFuture, AttemptResponse, CallOptions, ClientBuilder, CredentialsProvider, Error, ErrorKind,
    Middleware, Next, ProviderFuture, Retry,
};

const SECOND: Duration = Duration::from_secs(1);

/// A client without operations.
struct Bare(Transport);

impl Api for Bare {
    type Profile = Standard;

    const SERVER: Option<&'static str> = None;

    fn from_transport(transport: Transport) -> Self {
        Self(transport)
    }
}

/// The result of an attempt, which replaces the network.
#[derive(Clone, Copy)]
enum Outcome {
    Status(u16, &'static [(HeaderName, &'static str)]),
    Fails(ErrorKind),
    Hangs,
}

/// A middleware that gives each attempt the next outcome, and repeats the last one.
#[derive(Clone)]
struct Script {
    outcomes: Arc<[Outcome]>,
    started: Instant,
    attempts: Arc<Mutex<Vec<Duration>>>,
}

impl Script {
    fn new(outcomes: impl Into<Arc<[Outcome]>>) -> Self {
        Self { outcomes: outcomes.into(), started: Instant::now(), attempts: Arc::default() }
    }

    /// Returns the start times of the attempts.
    fn attempts(&self) -> Vec<Duration> {
        self.attempts.lock().unwrap().clone()
    }

    fn transport(&self, random: fn() -> f64) -> Transport {
        let mut builder = ClientBuilder::<Bare>::new().base_url("http://127.0.0.1:1").middleware(self.clone());
        builder.random = random;
        builder.build().unwrap().0
    }

    async fn call(&self, method: Method, options: CallOptions) -> Result<(), Error> {
        self.transport(|| 1.0).with(options).send_empty(Request::new(method, "/")).await.map(drop)
    }

    fn elapsed(&self) -> Duration {
        self.started.elapsed()
    }
}

impl Middleware for Script {
    fn handle<'a>(&'a self, _: Attempt, _: Next<'a>) -> AttemptFuture<'a> {
        let mut attempts = self.attempts.lock().unwrap();
        attempts.push(self.elapsed());
        let outcome = self.outcomes[(attempts.len() - 1).min(self.outcomes.len() - 1)];
        Box::pin(async move {
            match outcome {
                Outcome::Fails(kind) => Err(Error::new(kind, "")),
                Outcome::Hangs => std::future::pending().await,
                Outcome::Status(status, headers) => {
                    let mut all = HeaderMap::new();
                    all.extend(headers.iter().map(|(name, text)| (name.clone(), HeaderValue::from_static(text))));
                    Ok(AttemptResponse::new(StatusCode::from_u16(status).unwrap(), all, ""))
                }
            }
        })
    }
}

fn milliseconds(times: &[u64]) -> Vec<Duration> {
    times.iter().map(|time| Duration::from_millis(*time)).collect()
}

#[tokio::test(start_paused = true)]
async fn the_pauses_between_attempts_double() {
    let script = Script::new([Outcome::Status(503, &[])]);
    let options = CallOptions::new().retry(Retry::new().attempts(5)).timeout(60 * SECOND);
    let error = script.call(Method::GET, options).await.unwrap_err();
    assert_eq!(script.attempts(), milliseconds(&[0, 200, 600, 1400, 3000]));
    assert_eq!((error.attempts(), error.status().unwrap().as_u16()), (5, 503));
}

#[tokio::test(start_paused = true)]
async fn responses_report_the_number_of_attempts() {
    let script = Script::new([Outcome::Status(503, &[]), Outcome::Status(200, &[])]);
    let response = script.transport(|| 0.5).send_empty(Request::get("/")).await.unwrap();
    assert_eq!(response.attempts(), 2);
    assert_eq!(script.attempts(), milliseconds(&[0, 100]));
}

#[tokio::test(start_paused = true)]
async fn retry_after_lengthens_the_pause() {
    // The random number for the jitter, half of `Retry-After` but at most a second, is 1.
    const CASES: &[(&[(HeaderName, &str)], u64)] = &[
        (&[], 200),
        (&[(RETRY_AFTER, "0")], 200),
        (&[(RETRY_AFTER, "1")], 1500),
        (&[(RETRY_AFTER, "7")], 8000),
        (&[(RETRY_AFTER, "28")], 29_000),
        (&[(RETRY_AFTER, "-5")], 200),
        (&[(RETRY_AFTER, "junk")], 200),
        (&[(RETRY_AFTER, "Sun, 06 Nov 1994 08:49:37 GMT")], 200),
        (&[(DATE, "Sun, 06 Nov 1994 08:49:37 GMT"), (RETRY_AFTER, "Sun, 06 Nov 1994 08:49:44 GMT")], 8000),
        (&[(RETRY_AFTER, "3"), (RETRY_AFTER, "7")], 8000),
        (&[(RETRY_AFTER, "7"), (RETRY_AFTER, "junk")], 8000),
    ];
    for (headers, then) in CASES {
        let script = Script::new([Outcome::Status(429, headers), Outcome::Status(200, &[])]);
        script.call(Method::POST, CallOptions::new()).await.unwrap();
        assert_eq!(script.attempts(), milliseconds(&[0, *then]), "{headers:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_retry_after_beyond_the_time_limit_fails_at_once() {
    const CASES: &[(&[(HeaderName, &str)], u64)] = &[
        (&[(RETRY_AFTER, "30")], 30),
        (&[(RETRY_AFTER, "100000000000000")], 100_000_000_000_000),
        (&[(RETRY_AFTER, "99999999999999999999999")], u64::MAX),
        (&[(RETRY_AFTER, "1"), (RETRY_AFTER, "31")], 31),
        (&[(DATE, "Sun, 06 Nov 1994 08:49:37 GMT"), (RETRY_AFTER, "Sun, 06 Nov 1994 08:50:37 GMT")], 60),
    ];
    for (headers, seconds) in CASES {
        let script = Script::new([Outcome::Status(429, headers)]);
        let error = script.call(Method::GET, CallOptions::new()).await.unwrap_err();
        assert!(error.is_rate_limited());
        assert_eq!((error.attempts(), error.retry_after()), (1, Some(Duration::from_secs(*seconds))), "{headers:?}");
        assert_eq!(script.elapsed(), Duration::ZERO);
    }
    let script = Script::new([Outcome::Status(429, &[(RETRY_AFTER, "Fri, 31 Dec 9999 23:59:59 GMT")])]);
    let error = script.call(Method::GET, CallOptions::new()).await.unwrap_err();
    assert!(error.retry_after().is_some_and(|wait| wait > 1_000_000_000 * SECOND));
    assert_eq!(script.elapsed(), Duration::ZERO);
}

#[tokio::test(start_paused = true)]
async fn attempts_and_calls_respect_their_time_limits() {
    let script = Script::new([Outcome::Hangs]);
    let error = script.call(Method::GET, CallOptions::new()).await.unwrap_err();
    assert!(error.is_timeout());
    // The third attempt starts at 20.6 seconds and ends at the limit of the call.
    assert_eq!(script.attempts(), milliseconds(&[0, 10_200, 20_600]));
    assert_eq!((error.attempts(), script.elapsed()), (3, 30 * SECOND));
    assert!(error.to_string().contains("the call exceeded its time limit"), "{error}");

    let script = Script::new([Outcome::Hangs]);
    let error = script.call(Method::POST, CallOptions::new()).await.unwrap_err();
    assert_eq!((error.attempts(), script.elapsed()), (1, 10 * SECOND));
    assert!(error.to_string().contains("the attempt exceeded its time limit"), "{error}");

    let script = Script::new([Outcome::Hangs]);
    let error = script.call(Method::GET, CallOptions::new().timeout(SECOND)).await.unwrap_err();
    assert_eq!((error.attempts(), script.elapsed()), (1, SECOND));
}

const SECURITY: &[&[Scheme]] = &[&[Scheme::bearer("token")]];

/// A provider that never returns.
struct Stuck;

impl CredentialsProvider for Stuck {
    fn credential(&self) -> ProviderFuture<'_> {
        Box::pin(std::future::pending())
    }
}

#[tokio::test(start_paused = true)]
async fn waiting_for_credentials_is_limited_and_sends_nothing() {
    let builder = ClientBuilder::<Bare>::new().base_url("http://127.0.0.1:1").credentials_provider(Stuck);
    let client = builder.build().unwrap().0;
    let started = Instant::now();
    let error = client.send_empty(Request::post("/").security(SECURITY)).await.unwrap_err();
    assert_eq!((error.kind(), error.attempts(), error.maybe_sent()), (ErrorKind::Timeout, 3, false));
    assert_eq!(started.elapsed(), 30 * SECOND);
}

/// A provider that takes longer than an attempt.
struct Slow;

impl CredentialsProvider for Slow {
    fn credential(&self) -> ProviderFuture<'_> {
        Box::pin(async {
            tokio::time::sleep(12 * SECOND).await;
            Ok(crate::Credential::bearer("token"))
        })
    }
}

#[tokio::test(start_paused = true)]
async fn a_provider_may_take_longer_than_an_attempt() {
    let script = Script::new([Outcome::Status(200, &[])]);
    let builder = ClientBuilder::<Bare>::new().base_url("http://127.0.0.1:1").middleware(script.clone());
    let client = builder.credentials_provider(Slow).build().unwrap().0;
    let response = client.send_empty(Request::post("/").security(SECURITY)).await.unwrap();
    assert_eq!((response.attempts(), script.elapsed()), (2, 12 * SECOND));
}

#[tokio::test(start_paused = true)]
async fn the_longest_time_limits_do_not_overflow() {
    let options = CallOptions::new().timeout(Duration::MAX).attempt_timeout(Duration::MAX);
    let script = Script::new([Outcome::Status(503, &[(RETRY_AFTER, "100000")]), Outcome::Status(200, &[])]);
    script.call(Method::GET, options).await.unwrap();
    assert_eq!(script.elapsed(), 100_001 * SECOND);
}

#[tokio::test(start_paused = true)]
async fn errors_of_middleware_are_retried_like_those_of_the_attempt() {
    for (kind, attempts) in [(ErrorKind::NotSent, 3), (ErrorKind::Connection, 1), (ErrorKind::Cancelled, 1)] {
        let script = Script::new([Outcome::Fails(kind)]);
        let error = script.call(Method::POST, CallOptions::new()).await.unwrap_err();
        assert_eq!((error.kind(), error.attempts(), error.maybe_sent()), (kind, attempts, false));
    }
}

#[tokio::test(start_paused = true)]
async fn the_budget_limits_retries_in_an_outage_and_refills_after_it() {
    // 10,000 calls and the 100 retries that the budget allows fail. The next 495 calls succeed.
    let (failing, successful) = ([Outcome::Status(503, &[])].repeat(10_100), [Outcome::Status(200, &[])].repeat(495));
    let script = Script::new([failing, successful, [Outcome::Status(503, &[])].repeat(3)].concat());
    let transport = script.transport(|| 1.0);
    let call = || transport.send_empty(Request::get("/"));
    for _ in 0..10_000 {
        assert!(call().await.is_err());
    }
    assert_eq!(script.attempts().len(), 10_100);
    for _ in 0..495 {
        assert_eq!(call().await.unwrap().attempts(), 1);
    }
    assert_eq!(call().await.unwrap_err().attempts(), 3);
}

#[tokio::test(start_paused = true)]
async fn dropped_calls_return_their_tokens_to_the_budget() {
    let script = Script::new([Outcome::Status(503, &[])]);
    let transport = script.transport(|| 1.0);
    for milliseconds in 0..1000 {
        let call = transport.send_empty(Request::get("/"));
        // Drops the call during its first pause.
        let limit = Duration::from_millis(1 + milliseconds % 199);
        assert!(tokio::time::timeout(limit, call).await.is_err());
    }
    assert_eq!(script.attempts().len(), 1000);
    assert_eq!(transport.send_empty(Request::get("/")).await.unwrap_err().attempts(), 3);
}

/// A middleware that answers at once.
struct Answering;

impl Middleware for Answering {
    fn handle<'a>(&'a self, _: Attempt, _: Next<'a>) -> AttemptFuture<'a> {
        Box::pin(async { Ok(AttemptResponse::new(StatusCode::OK, HeaderMap::new(), "[]")) })
    }
}

/// No time passes on a paused clock, however long the program really takes.
#[tokio::test(start_paused = true)]
async fn decoding_uses_the_clock_of_the_other_time_limits() {
    let builder = ClientBuilder::<Bare>::new().base_url("http://127.0.0.1:1").middleware(Answering);
    let transport = builder.timeout(Duration::from_nanos(1)).build().unwrap().0;
    transport.send::<Vec<i64>>(Request::get("/")).await.unwrap();
}
