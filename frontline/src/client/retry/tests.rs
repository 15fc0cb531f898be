use std::time::Duration;

use http::header::RETRY_AFTER;
use http::{HeaderMap, HeaderValue, Method, StatusCode};

use super::Retry;
use crate::error::{Error, ErrorKind, Head};
use crate::profile::Standard;
use crate::response::failure;

const MILLISECOND: Duration = Duration::from_millis(1);

fn status(status: u16) -> Error {
    with_headers(status, HeaderMap::new())
}

fn asking(seconds: u64) -> Error {
    with_headers(503, HeaderMap::from_iter([(RETRY_AFTER, HeaderValue::from(seconds))]))
}

fn with_headers(status: u16, headers: HeaderMap) -> Error {
    let status = StatusCode::from_u16(status).unwrap();
    failure(Head { status, headers, request_id: None }, b"", &Standard)
}

fn of(kind: ErrorKind) -> Error {
    Error::new(kind, "")
}

#[test]
fn unsent_requests_and_429_are_retried_for_every_method() {
    for method in [Method::GET, Method::POST, Method::PATCH, Method::DELETE] {
        for error in [of(ErrorKind::NotSent), status(429)] {
            assert!(Retry::new().allows(method.is_idempotent(), &error, false, 1), "{method} {error}");
            assert!(!Retry::never().allows(method.is_idempotent(), &error, false, 1), "{method} {error}");
        }
    }
}

#[test]
fn broken_connections_timeouts_and_server_errors_are_retried_only_for_idempotent_methods() {
    let errors =
        || [408, 500, 502, 503, 504].map(status).into_iter().chain([of(ErrorKind::Connection), of(ErrorKind::Timeout)]);
    for (method, expected) in [
        (Method::GET, true),
        (Method::HEAD, true),
        (Method::PUT, true),
        (Method::DELETE, true),
        (Method::OPTIONS, true),
        (Method::TRACE, true),
        (Method::POST, false),
        (Method::PATCH, false),
    ] {
        for error in errors() {
            assert_eq!(Retry::new().allows(method.is_idempotent(), &error, false, 1), expected, "{method} {error}");
            assert!(
                Retry::new().assume_idempotent().allows(method.is_idempotent(), &error, false, 1),
                "{method} {error}"
            );
        }
    }
}

#[test]
fn permanent_failures_are_not_retried() {
    let kinds = [
        ErrorKind::Configuration,
        ErrorKind::InvalidArgument,
        ErrorKind::Decode,
        ErrorKind::BodyTooLarge,
        ErrorKind::Credentials,
        ErrorKind::Cancelled,
    ];
    for error in kinds.map(of).into_iter().chain([301, 400, 401, 403, 404, 409, 501, 505].map(status)) {
        assert!(!Retry::new().assume_idempotent().allows(true, &error, false, 1), "{error}");
    }
}

#[test]
fn the_number_of_attempts_is_limited() {
    let allows = |retry: Retry, attempts| retry.allows(true, &status(503), false, attempts);
    assert!(allows(Retry::new(), 2) && !allows(Retry::new(), 3));
    assert!(!allows(Retry::new().attempts(0), 1));
    assert!(allows(Retry::new().attempts(u32::MAX), u32::MAX - 1));
}

#[test]
fn delays_double_up_to_the_maximum() {
    let delays =
        |random| [1, 2, 3, 6, 7, 8, u32::MAX].map(|attempts| Retry::new().delay(&status(503), attempts, random));
    assert_eq!(delays(1.0), [200, 400, 800, 6400, 10_000, 10_000, 10_000].map(|n| n * MILLISECOND));
    assert_eq!(delays(0.5), [100, 200, 400, 3200, 5000, 5000, 5000].map(|n| n * MILLISECOND));
    assert_eq!(delays(0.0), [Duration::ZERO; 7]);
}

#[test]
fn retry_after_can_lengthen_the_delay_but_not_shorten_it() {
    assert_eq!(Retry::new().delay(&asking(7), 1, 1.0), Duration::from_secs(7));
    assert_eq!(Retry::new().delay(&asking(0), 1, 1.0), 200 * MILLISECOND);
    assert_eq!(Retry::new().delay(&asking(u64::MAX), 1, 1.0), Duration::from_secs(u64::MAX));
}

#[test]
fn the_longest_durations_do_not_overflow() {
    let retry = Retry::new().delays(Duration::MAX, Duration::MAX);
    assert_eq!(retry.delay(&status(503), 5, 1.0), Duration::MAX);
}
