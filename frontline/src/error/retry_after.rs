//! Parsing of the header `Retry-After` (RFC 9110, section 10.2.3).

use std::time::{Duration, SystemTime};

use chrono::{DateTime, NaiveDateTime, Utc};
use http::header::{DATE, HeaderMap, HeaderValue, RETRY_AFTER};

/// Returns the time to wait, measured from the response. If there are several headers, the longest time counts. Values
/// that cannot be parsed are ignored.
pub(super) fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    // The server's own clock, if the response has a `Date`: the local clock may be wrong.
    let now = headers.get(DATE).and_then(date).unwrap_or_else(now);
    headers.get_all(RETRY_AFTER).iter().filter_map(|value| wait(value, now)).max()
}

fn now() -> DateTime<Utc> {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    DateTime::UNIX_EPOCH + since
}

fn wait(value: &HeaderValue, now: DateTime<Utc>) -> Option<Duration> {
    let text = value.to_str().ok()?.trim();
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        // A number that does not fit is longer than any time limit.
        return Some(Duration::from_secs(text.parse().unwrap_or(u64::MAX)));
    }
    let then = date(value)?;
    // A date in the past means no wait.
    Some((then - now).to_std().unwrap_or_default())
}

/// Parses a date in one of the three formats of RFC 9110, section 5.6.7.
fn date(value: &HeaderValue) -> Option<DateTime<Utc>> {
    let text = value.to_str().ok()?.trim();
    if let Ok(date) = DateTime::parse_from_rfc2822(text) {
        return Some(date.to_utc());
    }
    ["%A, %d-%b-%y %H:%M:%S GMT", "%a %b %e %H:%M:%S %Y"]
        .iter()
        .find_map(|form| NaiveDateTime::parse_from_str(text, form).ok())
        .map(|date| date.and_utc())
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use http::header::{DATE, HeaderMap, HeaderValue, RETRY_AFTER};

    use super::retry_after;

    const NOW: &str = "Sun, 06 Nov 1994 08:49:37 GMT";

    fn wait(values: &[&'static str]) -> Option<Duration> {
        let mut headers = HeaderMap::from_iter([(DATE, HeaderValue::from_static(NOW))]);
        headers.extend(values.iter().map(|value| (RETRY_AFTER, HeaderValue::from_static(value))));
        retry_after(&headers)
    }

    #[test]
    fn seconds_are_parsed() {
        assert_eq!(wait(&["0"]), Some(Duration::ZERO));
        assert_eq!(wait(&["120"]), Some(Duration::from_secs(120)));
        assert_eq!(wait(&["100000000000000"]), Some(Duration::from_secs(100_000_000_000_000)));
        assert_eq!(wait(&["99999999999999999999999"]), Some(Duration::from_secs(u64::MAX)));
    }

    #[test]
    fn dates_are_parsed_in_all_three_formats() {
        for date in ["Sun, 06 Nov 1994 08:49:47 GMT", "Sunday, 06-Nov-94 08:49:47 GMT", "Sun Nov  6 08:49:47 1994"] {
            assert_eq!(wait(&[date]), Some(Duration::from_secs(10)), "{date}");
        }
        assert_eq!(wait(&["Sun, 06 Nov 1994 08:49:00 GMT"]), Some(Duration::ZERO));
        assert!(wait(&["Fri, 31 Dec 9999 23:59:59 GMT"]).is_some_and(|wait| wait > Duration::from_secs(1 << 37)));
    }

    #[test]
    fn without_a_date_header_the_local_clock_is_used() {
        let past = HeaderMap::from_iter([(RETRY_AFTER, HeaderValue::from_static(NOW))]);
        assert_eq!(retry_after(&past), Some(Duration::ZERO));
        let future = HeaderMap::from_iter([(RETRY_AFTER, HeaderValue::from_static("Fri, 31 Dec 9999 23:59:59 GMT"))]);
        assert!(retry_after(&future).is_some_and(|wait| wait > Duration::from_secs(1 << 37)));
    }

    #[test]
    fn invalid_values_are_ignored() {
        for junk in ["", "-1", "1.5", "+5", "soon", "1s", "Sun, 99 Nov 1994 08:49:47 GMT", "1994-11-06T08:49:47Z"] {
            assert_eq!(wait(&[junk]), None, "{junk}");
        }
        assert_eq!(wait(&[]), None);
    }

    #[test]
    fn the_longest_of_several_times_is_used() {
        assert_eq!(wait(&["5", "7", "soon", "6"]), Some(Duration::from_secs(7)));
    }
}
