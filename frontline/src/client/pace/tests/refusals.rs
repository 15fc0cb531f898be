//! What single refusals change.

use std::time::Duration;

use http::header::{HeaderMap, HeaderValue, RETRY_AFTER};
use http::{Method, StatusCode};
use tokio::time::{Instant, advance, sleep};

use super::super::Pace;
use super::{MILLISECOND, SECOND, Server};
use crate::error::Head;
use crate::profile::Standard;
use crate::request::Request;
use crate::response::failure;
use crate::{CallOptions, Error};

fn refusal(seconds: u32) -> Error {
    let headers = HeaderMap::from_iter([(RETRY_AFTER, HeaderValue::from(seconds))]);
    let head = Head { status: StatusCode::TOO_MANY_REQUESTS, headers, request_id: None };
    failure(head, b"", &Standard).with_operation(Method::GET, "/")
}

/// Returns when the next two attempts may start.
async fn next_two(pace: &Pace) -> [Duration; 2] {
    let started = Instant::now();
    pace.turn(true, None).await;
    let first = started.elapsed();
    pace.turn(true, None).await;
    [first, started.elapsed()]
}

#[tokio::test(start_paused = true)]
async fn refusals_of_attempts_that_began_together_count_once() {
    let pace = Pace::new(70 * MILLISECOND, || 0.0);
    let started = Instant::now();
    for _ in 0..100 {
        advance(MILLISECOND).await;
        pace.learn(&refusal(0), started);
    }
    assert_eq!(next_two(&pace).await, [0, 100].map(|time| time * MILLISECOND));
}

#[tokio::test(start_paused = true)]
async fn a_tenth_of_the_rate_is_left() {
    let pace = Pace::new(70 * MILLISECOND, || 0.0);
    for _ in 0..100 {
        pace.learn(&refusal(0), Instant::now());
    }
    assert_eq!(next_two(&pace).await, [0, 700].map(|time| time * MILLISECOND));
}

#[tokio::test(start_paused = true)]
async fn a_shorter_pause_does_not_end_a_longer_one() {
    let pace = Pace::new(Duration::ZERO, || 0.0);
    for seconds in [4, 1] {
        pace.learn(&refusal(seconds), Instant::now());
    }
    assert_eq!(pace.pause(), 4 * SECOND);
    advance(3 * SECOND).await;
    assert_eq!(next_two(&pace).await[0], SECOND);
}

/// The spread is half of the pause, divided by the number of calls, plus jitter of up to half of that.
#[tokio::test(start_paused = true)]
async fn the_distance_of_calls_depends_on_how_many_there_are() {
    for (random, expected) in [((|| 0.0) as fn() -> f64, [2000, 2050]), (|| 0.5, [2050, 2150]), (|| 1.0, [2100, 2250])]
    {
        let pace = Pace::new(Duration::ZERO, random);
        drop((0..100).map(|_| pace.enter()).collect::<Vec<_>>());
        let callers: Vec<_> = (0..10).map(|_| pace.enter()).collect();
        pace.learn(&refusal(2), Instant::now());
        assert_eq!(next_two(&pace).await, expected.map(|time| time * MILLISECOND));
        drop(callers);
    }
}

#[tokio::test(start_paused = true)]
async fn a_pause_leaves_no_trace() {
    let pace = Pace::new(Duration::ZERO, || 0.0);
    pace.learn(&refusal(2), Instant::now());
    advance(3 * SECOND).await;
    assert_eq!(next_two(&pace).await, [Duration::ZERO; 2]);
}

#[tokio::test(start_paused = true)]
async fn a_pause_that_grows_beyond_the_time_limit_of_a_call_is_not_awaited() {
    let server = Server::new(|time, _| if time < 16 * SECOND { 429 } else { 200 }, "20");
    let transport = server.builder().build().unwrap().0;
    let call = |timeout: Duration| {
        let transport = transport.with(CallOptions::new().timeout(timeout));
        async move { transport.send_empty(Request::get("/")).await.map(drop) }
    };
    let retry = tokio::spawn(call(30 * SECOND));
    sleep(10 * MILLISECOND).await;
    let first = tokio::spawn(call(30 * SECOND));
    sleep(15 * SECOND).await;
    // This call cannot wait until the pause ends. Its refusal prolongs the pause.
    call(SECOND).await.unwrap_err();
    let error = retry.await.unwrap().unwrap_err();
    assert_eq!((error.is_rate_limited(), error.attempts()), (true, 1), "{error:?}");
    first.await.unwrap().unwrap();
    assert_eq!(server.arrivals(), [0, 15_010, 20_505].map(|time| time * MILLISECOND));
}
