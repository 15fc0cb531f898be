//! Dates and times of ISO 8601 in the spellings that services use.

use chrono::{FixedOffset, NaiveDate, NaiveDateTime, NaiveTime};

/// Parses a date and time, and its offset from UTC: none means UTC.
///
/// Returns `None` if the time would change, because it has a fraction of a nanosecond, or a year without four digits.
pub(super) fn date_time(text: &str) -> Option<(NaiveDateTime, FixedOffset)> {
    let text = text.trim();
    let (text, zone) = match text.strip_suffix(']') {
        Some(text) => text.split_once('[')?,
        None => (text, ""),
    };
    let Some((day, rest)) = text.split_once(['T', 't', ' ']) else {
        return Some((date(text)?.and_time(NaiveTime::MIN), offset(zone)?));
    };
    let (clock, behind) =
        rest.split_at(rest.find(|c: char| c.is_ascii_alphabetic() || "+-".contains(c)).unwrap_or(rest.len()));
    // A zone, which RFC 9557 adds, does not change the time if there is an offset.
    let offset = offset(if behind.is_empty() { zone } else { behind })?;
    Some((date(day)?.and_time(time(clock.trim())?), offset))
}

/// Parses a date of the extended or the basic format.
pub(super) fn date(text: &str) -> Option<NaiveDate> {
    // chrono takes `26` for the year 26.
    let is_year = |text: &str| text.len() == 4 && is_digits(text);
    let format = match text.split_once('-') {
        Some((year, _)) if is_year(year) => "%Y-%m-%d",
        None if text.len() == 8 && is_digits(text) => "%Y%m%d",
        _ => return None,
    };
    NaiveDate::parse_from_str(text, format).ok()
}

fn time(text: &str) -> Option<NaiveTime> {
    let text = text.replace(',', ".");
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    // chrono drops further digits.
    if fraction.bytes().skip(9).any(|digit| digit != b'0') {
        return None;
    }
    let format = match (whole.contains(':'), whole.len()) {
        (true, 5) => "%H:%M",
        (true, _) => "%H:%M:%S%.f",
        (false, 4) => "%H%M",
        (false, 6) => "%H%M%S%.f",
        (false, _) => return None,
    };
    NaiveTime::parse_from_str(&text, format).ok()
}

/// Parses `Z`, `UTC`, `GMT`, nothing, `+01`, `+0100` or `+01:00`.
fn offset(text: &str) -> Option<FixedOffset> {
    if ["", "Z", "UTC", "GMT"].iter().any(|utc| text.eq_ignore_ascii_case(utc)) {
        return FixedOffset::east_opt(0);
    }
    let (sign, digits) = match text.split_at_checked(1)? {
        ("+", digits) => (1, digits),
        ("-", digits) => (-1, digits),
        _ => return None,
    };
    let digits = digits.replacen(':', "", 1);
    if !matches!(digits.len(), 2 | 4) || !is_digits(&digits) {
        return None;
    }
    let (hours, minutes) = digits.split_at(2);
    let (hours, minutes): (i32, i32) = (hours.parse().ok()?, minutes.parse().unwrap_or_default());
    if minutes < 60 { FixedOffset::east_opt(sign * (hours * 60 + minutes) * 60) } else { None }
}

fn is_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}
