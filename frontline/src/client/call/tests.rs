//! Times, on a clock that stands still until everybody waits for it.

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

/// What an attempt comes to, in place of a network.
#[derive(Clone, Copy)]
enum Outcome {
    Status(u16, &'static [(HeaderName, &'static str)]),
    Fails(ErrorKind),
    Hangs,
}

/// Each attempt has the next outcome, the last one again and again.
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

    /// When the attempts began.
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
async fn the_times_between_attempts_double() {
    let script = Script::new([Outcome::Status(503, &[])]);
    let options = CallOptions::new().retry(Retry::new().attempts(5)).timeout(60 * SECOND);
    let error = script.call(Method::GET, options).await.unwrap_err();
    assert_eq!(script.attempts(), milliseconds(&[0, 200, 600, 1400, 3000]));
    assert_eq!((error.attempts(), error.status().unwrap().as_u16()), (5, 503));
}

#[tokio::test(start_paused = true)]
async fn a_response_says_how_many_attempts_it_took() {
    let script = Script::new([Outcome::Status(503, &[]), Outcome::Status(200, &[])]);
    let response = script.transport(|| 0.5).send_empty(Request::get("/")).await.unwrap();
    assert_eq!(response.attempts(), 2);
    assert_eq!(script.attempts(), milliseconds(&[0, 100]));
}

#[tokio::test(start_paused = true)]
async fn the_server_says_when_to_come_back() {
    const CASES: &[(&[(HeaderName, &str)], u64)] = &[
        (&[], 200),
        (&[(RETRY_AFTER, "0")], 200),
        (&[(RETRY_AFTER, "7")], 7000),
        (&[(RETRY_AFTER, "29")], 29_000),
        (&[(RETRY_AFTER, "-5")], 200),
        (&[(RETRY_AFTER, "junk")], 200),
        (&[(RETRY_AFTER, "Sun, 06 Nov 1994 08:49:37 GMT")], 200),
        (&[(DATE, "Sun, 06 Nov 1994 08:49:37 GMT"), (RETRY_AFTER, "Sun, 06 Nov 1994 08:49:44 GMT")], 7000),
        (&[(RETRY_AFTER, "3"), (RETRY_AFTER, "7")], 7000),
        (&[(RETRY_AFTER, "7"), (RETRY_AFTER, "junk")], 7000),
    ];
    for (headers, then) in CASES {
        let script = Script::new([Outcome::Status(429, headers), Outcome::Status(200, &[])]);
        script.call(Method::POST, CallOptions::new()).await.unwrap();
        assert_eq!(script.attempts(), milliseconds(&[0, *then]), "{headers:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_time_past_the_limit_is_an_error_at_once() {
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
async fn an_attempt_and_a_call_end_in_time() {
    let script = Script::new([Outcome::Hangs]);
    let error = script.call(Method::GET, CallOptions::new()).await.unwrap_err();
    assert!(error.is_timeout());
    // The third would begin at 20.6 seconds, and may take until the call's limit.
    assert_eq!(script.attempts(), milliseconds(&[0, 10_200, 20_600]));
    assert_eq!((error.attempts(), script.elapsed()), (3, 30 * SECOND));
    assert!(error.to_string().contains("the call took longer than its limit"), "{error}");

    let script = Script::new([Outcome::Hangs]);
    let error = script.call(Method::POST, CallOptions::new()).await.unwrap_err();
    assert_eq!((error.attempts(), script.elapsed()), (1, 10 * SECOND));
    assert!(error.to_string().contains("the attempt took longer than its limit"), "{error}");

    let script = Script::new([Outcome::Hangs]);
    let error = script.call(Method::GET, CallOptions::new().timeout(SECOND)).await.unwrap_err();
    assert_eq!((error.attempts(), script.elapsed()), (1, SECOND));
}

/// Never has any.
struct Lost;

impl CredentialsProvider for Lost {
    fn credential(&self) -> ProviderFuture<'_> {
        Box::pin(std::future::pending())
    }
}

#[tokio::test(start_paused = true)]
async fn waiting_for_credentials_ends_in_time_and_sends_nothing() {
    const SECURITY: &[&[Scheme]] = &[&[Scheme::bearer("token")]];
    let builder = ClientBuilder::<Bare>::new().base_url("http://127.0.0.1:1").credentials_provider(Lost);
    let client = builder.build().unwrap().0;
    let started = Instant::now();
    let error = client.send_empty(Request::post("/").security(SECURITY)).await.unwrap_err();
    assert_eq!((error.kind(), error.attempts(), error.maybe_sent()), (ErrorKind::Timeout, 1, false));
    assert_eq!(started.elapsed(), 10 * SECOND);
}

#[tokio::test(start_paused = true)]
async fn limits_may_be_as_long_as_can_be_said() {
    let options = CallOptions::new().timeout(Duration::MAX).attempt_timeout(Duration::MAX);
    let script = Script::new([Outcome::Status(503, &[(RETRY_AFTER, "100000")]), Outcome::Status(200, &[])]);
    script.call(Method::GET, options).await.unwrap();
    assert_eq!(script.elapsed(), 100_000 * SECOND);
}

#[tokio::test(start_paused = true)]
async fn failures_of_middleware_count_as_the_attempts_own() {
    for (kind, attempts) in [(ErrorKind::NotSent, 3), (ErrorKind::Connection, 1), (ErrorKind::Cancelled, 1)] {
        let script = Script::new([Outcome::Fails(kind)]);
        let error = script.call(Method::POST, CallOptions::new()).await.unwrap_err();
        assert_eq!((error.kind(), error.attempts(), error.maybe_sent()), (kind, attempts, false));
    }
}

#[tokio::test(start_paused = true)]
async fn an_outage_is_not_made_worse_and_is_recovered_from() {
    // 10,000 calls and the 100 repetitions that the budget pays for fail; 495 calls after them go well.
    let (failing, well) = ([Outcome::Status(503, &[])].repeat(10_100), [Outcome::Status(200, &[])].repeat(495));
    let script = Script::new([failing, well, [Outcome::Status(503, &[])].repeat(3)].concat());
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
async fn calls_that_are_given_up_leave_the_budget_as_it_was() {
    let script = Script::new([Outcome::Status(503, &[])]);
    let transport = script.transport(|| 1.0);
    for milliseconds in 0..1000 {
        let call = transport.send_empty(Request::get("/"));
        // While it waits for the second attempt, or the third.
        let limit = Duration::from_millis(1 + milliseconds % 199);
        assert!(tokio::time::timeout(limit, call).await.is_err());
    }
    assert_eq!(script.attempts().len(), 1000);
    assert_eq!(transport.send_empty(Request::get("/")).await.unwrap_err().attempts(), 3);
}
