use std::time::Duration;

use super::{CallOptions, Limits};
use crate::Retry;

#[test]
fn later_options_take_precedence() {
    let second = Duration::from_secs(1);
    let outer = CallOptions::new().timeout(second).retry(Retry::never()).header("a", "1").header("b", "1");
    let outer = outer.connect_timeout(second).attempt_timeout(3 * second).max_response_bytes(1);
    let inner = CallOptions::new().timeout(2 * second).base_url("x").header("B", "2").max_response_bytes(2);
    let both = inner.or(&outer);
    let limits = both.limits(Limits::default());
    assert_eq!((limits.timeout, limits.retry, limits.attempt_timeout), (2 * second, Retry::never(), 3 * second));
    assert_eq!((limits.connect_timeout, limits.max_response_bytes), (second, 2));
    // An option that is never set has the client's value.
    assert_eq!(CallOptions::new().limits(Limits::default()).connect_timeout, 3 * second);
    assert_eq!(both.own_base_url(), Some("x"));
    let headers = both.headers().unwrap();
    assert_eq!((headers.len(), &headers["a"], &headers["b"]), (2, &"1".parse().unwrap(), &"2".parse().unwrap()));
}

#[test]
fn errors_about_headers_contain_the_name_but_not_the_value() {
    for (name, value) in [
        ("a b", "x"),
        ("", "x"),
        ("a", "secret\r\nB: 1"),
        ("a", " secret"),
        ("a", "secret\t"),
        ("Host", "secret"),
        ("content-length", "0"),
        ("Transfer-Encoding", "chunked"),
    ] {
        let options = CallOptions::new().header(name, value).header("c", "d");
        let error = CallOptions::new().or(&options).headers().unwrap_err();
        assert!(error.is_invalid_argument() && error.to_string().contains(name), "{error}");
        assert!(!error.to_string().contains("secret"));
    }
}

#[test]
fn debug_contains_neither_headers_nor_the_url() {
    let options = CallOptions::new().header("a", "secret").base_url("https://u:secret@x.example");
    let debug = format!("{options:?} {:?}", options.headers());
    assert!(debug.contains("attempt_timeout") && !debug.contains("secret"), "{debug}");
}
