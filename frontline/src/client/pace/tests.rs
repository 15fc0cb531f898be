//! Tests with servers that limit the rate, and tokio's paused clock.

mod concurrency;
mod refusals;

use std::sync::{Arc, Mutex};
use std::time::Duration;

use http::StatusCode;
use http::header::{HeaderMap, HeaderValue, RETRY_AFTER};
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep};

use crate::client::{Api, Transport};
use crate::profile::Standard;
use crate::request::Request;
use crate::{Attempt, AttemptFuture, AttemptResponse, CallOptions, ClientBuilder, Error, Middleware, Next, Retry};

const SECOND: Duration = Duration::from_secs(1);
const MILLISECOND: Duration = Duration::from_millis(1);

/// A client without operations.
struct Bare(Transport);

impl Api for Bare {
    type Profile = Standard;

    const SERVER: Option<&'static str> = None;

    fn from_transport(transport: Transport) -> Self {
        Self(transport)
    }
}

/// A middleware in place of a server: each answer takes 5 milliseconds.
#[derive(Clone)]
struct Server {
    started: Instant,
    /// Returns the status of an attempt from the time and the number of successful attempts in the current second.
    status: fn(Duration, usize) -> u16,
    retry_after: Option<&'static str>,
    seen: Arc<Mutex<Vec<(Duration, u16)>>>,
}

impl Server {
    fn new(status: fn(Duration, usize) -> u16, retry_after: impl Into<Option<&'static str>>) -> Self {
        Self { started: Instant::now(), status, retry_after: retry_after.into(), seen: Arc::default() }
    }

    fn builder(&self) -> ClientBuilder<Bare> {
        let mut builder = ClientBuilder::new().base_url("http://127.0.0.1:1").middleware(self.clone());
        builder.random = || 0.5;
        builder
    }

    /// Returns the times at which attempts arrived, and the statuses of the answers.
    fn seen(&self) -> Vec<(Duration, u16)> {
        self.seen.lock().unwrap().clone()
    }

    fn arrivals(&self) -> Vec<Duration> {
        self.seen().into_iter().map(|(time, _)| time).collect()
    }

    fn refusals(&self) -> usize {
        self.seen().iter().filter(|(_, status)| *status != 200).count()
    }
}

impl Middleware for Server {
    fn handle<'a>(&'a self, _: Attempt, _: Next<'a>) -> AttemptFuture<'a> {
        let now = self.started.elapsed();
        let mut seen = self.seen.lock().unwrap();
        let this_second = |(time, status): &&(Duration, u16)| time.as_secs() == now.as_secs() && *status == 200;
        let status = (self.status)(now, seen.iter().filter(this_second).count());
        seen.push((now, status));
        let mut headers = HeaderMap::new();
        headers.extend(self.retry_after.map(|wait| (RETRY_AFTER, HeaderValue::from_static(wait))));
        Box::pin(async move {
            sleep(5 * MILLISECOND).await;
            Ok(AttemptResponse::new(StatusCode::from_u16(status).unwrap(), headers, ""))
        })
    }
}

/// Refuses all but twenty attempts a second.
fn twenty_a_second(_: Duration, before: usize) -> u16 {
    if before < 20 { 200 } else { 429 }
}

/// Returns the results of simultaneous callers. Each makes several calls, one after another.
async fn calls(transport: &Transport, callers: usize, each: usize) -> Vec<Result<(), Error>> {
    let mut all = JoinSet::new();
    for _ in 0..callers {
        let transport = transport.clone();
        all.spawn(async move {
            let mut results = Vec::new();
            for _ in 0..each {
                results.push(transport.send_empty(Request::post("/")).await.map(drop));
            }
            results
        });
    }
    all.join_all().await.into_iter().flatten().collect()
}

#[tokio::test(start_paused = true)]
async fn three_hundred_updates_succeed_against_a_limit_of_twenty_a_second() {
    let server = Server::new(twenty_a_second, "1");
    let transport = server.builder().build().unwrap().0;
    let failed = calls(&transport, 32, 10).await.into_iter().filter_map(Result::err).count();
    assert_eq!(failed, 0);
    assert!(server.started.elapsed() < 30 * SECOND);
}

#[tokio::test(start_paused = true)]
async fn callers_come_back_one_after_another() {
    let server = Server::new(|time, _| if time < SECOND { 429 } else { 200 }, "1");
    let transport = server.builder().build().unwrap().0;
    assert!(calls(&transport, 200, 1).await.iter().all(Result::is_ok));
    let back = server.arrivals().split_off(200);
    assert!(back[0] > SECOND && back[199].abs_diff(back[0]) > 450 * MILLISECOND && back[199] < 2 * SECOND);
    assert!(back.windows(2).all(|pair| pair[1].abs_diff(pair[0]) < 20 * MILLISECOND));
}

#[tokio::test(start_paused = true)]
async fn calls_without_attempts_wait_too_unless_their_time_limit_is_too_short() {
    let server = Server::new(|time, _| if time < SECOND { 429 } else { 200 }, "4");
    let transport = server.builder().retry(Retry::never()).build().unwrap().0;
    let call = |timeout: Duration| {
        let transport = transport.with(CallOptions::new().timeout(timeout));
        async move { transport.send_empty(Request::get("/")).await.map(drop) }
    };
    assert!(call(30 * SECOND).await.unwrap_err().is_rate_limited());
    // The pause ends after 4.5 seconds: half of the jitter of a second.
    assert!(call(4 * SECOND).await.unwrap_err().is_rate_limited());
    assert_eq!(server.started.elapsed(), 10 * MILLISECOND);
    call(30 * SECOND).await.unwrap();
    assert_eq!(server.arrivals().last(), Some(&(4510 * MILLISECOND)));
}

#[tokio::test(start_paused = true)]
async fn retries_go_before_calls_that_have_made_no_attempt() {
    let server = Server::new(|time, _| if time < SECOND { 429 } else { 200 }, "2");
    let transport = server.builder().build().unwrap().0;
    let mut all = JoinSet::new();
    for number in 0..20 {
        let transport = transport.clone();
        all.spawn(async move {
            // The first ten calls are refused. The others begin during the pause.
            if number >= 10 {
                sleep(SECOND).await;
            }
            transport.send_empty(Request::get("/")).await.unwrap().attempts()
        });
    }
    let mut attempts = Vec::new();
    while let Some(next) = all.join_next().await {
        attempts.push(next.unwrap());
    }
    // One call waits for the end of the pause already.
    attempts.remove(attempts.iter().position(|attempts| *attempts == 1).unwrap());
    assert_eq!(attempts, [[2; 10].as_slice(), &[1; 9]].concat());
}

#[tokio::test(start_paused = true)]
async fn dropped_calls_leave_no_gap() {
    let server = Server::new(|_, _| 200, None);
    let transport = server.builder().rate_limit(10, SECOND).build().unwrap().0;
    let all = tokio::time::timeout(10 * MILLISECOND, calls(&transport, 1000, 1)).await;
    assert!(all.is_err());
    transport.send_empty(Request::get("/")).await.unwrap();
    assert_eq!(server.arrivals(), [Duration::ZERO, 100 * MILLISECOND]);
}

#[tokio::test(start_paused = true)]
async fn the_rate_limit_spaces_attempts_evenly() {
    let server = Server::new(|_, _| 200, None);
    let transport = server.builder().rate_limit(20, SECOND).build().unwrap().0;
    assert!(calls(&transport, 10, 3).await.iter().all(Result::is_ok));
    assert_eq!(server.arrivals(), (0..30).map(|number| number * 50 * MILLISECOND).collect::<Vec<_>>());
    // A pause saves no requests for later.
    sleep(60 * SECOND).await;
    let before = server.started.elapsed();
    calls(&transport, 3, 1).await;
    let last = server.arrivals().split_off(30);
    assert!(last[2].abs_diff(before) >= 90 * MILLISECOND, "{last:?}");
}

#[tokio::test(start_paused = true)]
async fn rates_beyond_the_resolution_of_timers_are_reached() {
    let server = Server::new(|_, _| 200, None);
    let transport = server.builder().rate_limit(10_000, SECOND).build().unwrap().0;
    calls(&transport, 100, 100).await;
    assert!((990..1100).contains(&server.started.elapsed().as_millis()), "{:?}", server.started.elapsed());
}

#[tokio::test(start_paused = true)]
async fn the_rate_limit_learns_from_refusals_and_recovers() {
    for retry_after in [None, Some("1")] {
        let server = Server::new(twenty_a_second, retry_after);
        let transport = server.builder().rate_limit(100, SECOND).build().unwrap().0;
        assert!(calls(&transport, 32, 20).await.iter().all(Result::is_ok), "{retry_after:?}");
        // At 20 requests a second, they would take 32 seconds.
        let (refusals, elapsed) = (server.refusals(), server.started.elapsed());
        assert!(refusals < 100 && elapsed < 45 * SECOND, "{refusals} in {elapsed:?}");
    }
    // Refusals at 0 seconds leave 70 % of 10 requests a second. After three seconds, the rate is 10 again.
    let server = Server::new(|time, _| if time.is_zero() { 429 } else { 200 }, None);
    let transport = server.builder().rate_limit(10, SECOND).build().unwrap().0;
    calls(&transport, 1, 60).await;
    let gaps: Vec<_> = server.arrivals().windows(2).map(|pair| pair[1].abs_diff(pair[0]).as_millis()).collect();
    assert!(gaps[2..30].is_sorted_by(|gap, next| gap >= next) && gaps[30..].iter().all(|gap| *gap == 100), "{gaps:?}");
    assert!((130..143).contains(&gaps[1]), "{gaps:?}");
}

#[tokio::test(start_paused = true)]
async fn calls_wait_for_the_rate_limit_only_until_their_time_limit() {
    let server = Server::new(|_, _| 200, None);
    let transport = server.builder().rate_limit(1, SECOND).timeout(5500 * MILLISECOND).build().unwrap().0;
    let results = calls(&transport, 10, 1).await;
    let errors: Vec<_> = results.into_iter().filter_map(Result::err).collect();
    assert_eq!((errors.len(), server.arrivals().len(), server.started.elapsed()), (4, 6, 5500 * MILLISECOND));
    for error in errors {
        assert_eq!((error.is_timeout(), error.attempts(), error.maybe_sent()), (true, 0, false));
        assert!(error.to_string().contains("while it waited for `Retry-After`, the rate limit"), "{error}");
    }
}

#[tokio::test(start_paused = true)]
async fn the_concurrency_limit_bounds_attempts_that_run_at_the_same_time() {
    let server = Server::new(|_, _| 200, None);
    let transport = server.builder().concurrency_limit(8).build().unwrap().0;
    assert!(calls(&transport, 100, 1).await.iter().all(Result::is_ok));
    // Each attempt takes 5 milliseconds.
    let groups: Vec<_> = server.arrivals().chunks(8).map(|group| (group[0], group.len())).collect();
    assert_eq!(groups[..12], (0..12).map(|group| (group * 5 * MILLISECOND, 8)).collect::<Vec<_>>());
    let arrivals = server.arrivals();
    assert!(arrivals.windows(9).all(|nine| nine[8].abs_diff(nine[0]) >= 5 * MILLISECOND), "{arrivals:?}");
}

#[tokio::test(start_paused = true)]
async fn limits_of_zero_are_refused() {
    let builder = || ClientBuilder::<Bare>::new().base_url("http://127.0.0.1:1");
    for builder in [
        builder().concurrency_limit(0),
        builder().rate_limit(0, SECOND),
        builder().rate_limit(1, Duration::ZERO),
        builder().rate_limit(1, Duration::MAX),
    ] {
        assert!(builder.build().is_err_and(|error| error.is_configuration()));
    }
    assert!(builder().concurrency_limit(usize::MAX).rate_limit(u32::MAX, SECOND).build().is_ok());
}

#[tokio::test(start_paused = true)]
async fn errors_report_that_the_budget_is_exhausted() {
    let server = Server::new(|_, _| 503, None);
    let transport = server.builder().retry_budget(9).build().unwrap().0;
    let error = transport.send_empty(Request::get("/")).await.unwrap_err();
    assert_eq!((error.attempts(), error.is_retry_budget_exhausted()), (2, true));
    let text = "GET /: the server answered 503 Service Unavailable; not retried: the retry budget is exhausted";
    assert_eq!(error.to_string(), text);
    let last = transport.with(CallOptions::new().retry(Retry::never())).send_empty(Request::get("/")).await;
    assert!(!last.unwrap_err().is_retry_budget_exhausted());
    let transport = server.builder().retry_budget(u32::MAX).build().unwrap().0;
    for _ in 0..1000 {
        assert_eq!(transport.send_empty(Request::get("/")).await.unwrap_err().attempts(), 3);
    }
}

#[tokio::test(start_paused = true)]
async fn refusals_that_say_when_to_come_back_take_nothing_from_the_budget() {
    for (status, wait, expected) in [(429, "1", 3), (503, "1", 3), (429, "0", 1), (503, "0", 1), (500, "1", 1)] {
        let answer: fn(Duration, usize) -> u16 = match status {
            429 => |_, _| 429,
            503 => |_, _| 503,
            _ => |_, _| 500,
        };
        let server = Server::new(answer, wait);
        let transport = server.builder().retry_budget(0).build().unwrap().0;
        let error = transport.send_empty(Request::get("/")).await.unwrap_err();
        assert_eq!(error.attempts(), expected, "{status} {wait}");
    }
}
