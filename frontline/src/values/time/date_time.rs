//! Points in time that are written in the format of RFC 3339.

use std::fmt;
use std::ops::Deref;
use std::str::FromStr;
use std::time::SystemTime;

use chrono::{Datelike, SecondsFormat, TimeZone, Utc};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de, ser};

use super::iso;
use crate::Error;
use crate::json::spelled;

/// A point in time that is serialized in the format of RFC 3339, in UTC (`2026-01-31T12:00:00Z`).
///
/// Deserialization accepts any offset and converts the time to UTC. It also accepts:
///
/// - a time without an offset, which it reads as UTC;
/// - a date without a time, which it reads as midnight in UTC, as ECMAScript does;
/// - a time without seconds, and a comma before the fraction of a second;
/// - the basic format of ISO 8601, such as `20260131T120000Z`;
/// - a space instead of the `T`, and before the offset;
/// - the offsets `+01`, `+0100`, `UTC` and `GMT`;
/// - the name of a time zone after the offset, such as `[Europe/Paris]` (RFC 9557), which it drops.
///
/// A time that would change is refused: one with a fraction of a nanosecond, or with a year that does not have four
/// digits, as written or in UTC. Serialization fails if the year does not have four digits.
///
/// A `DateTime` dereferences to [`chrono::DateTime<Utc>`](chrono::DateTime) and is created from one, or from a text:
///
/// ```
/// use frontline::DateTime;
/// use frontline::chrono::{Datelike, TimeDelta, TimeZone, Utc};
///
/// let noon = DateTime::from(Utc.with_ymd_and_hms(2026, 1, 31, 12, 0, 0).unwrap());
/// assert_eq!(noon.to_string(), "2026-01-31T12:00:00Z");
/// assert_eq!(noon.year(), 2026);
/// assert_eq!("2026-01-31T13:00:00+01:00".parse::<DateTime>()?, noon);
/// let yesterday = DateTime::from(*DateTime::now() - TimeDelta::days(1));
/// # assert!(yesterday > noon);
/// # Ok::<(), frontline::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DateTime(chrono::DateTime<Utc>);

/// The length of the longest time that is read by chrono, which drops digits of a second after the ninth.
const COMMON: usize = "2026-01-31T12:00:00.123456789Z".len();

impl DateTime {
    /// Returns the current time of the system's clock.
    ///
    /// A clock that is set to a time before 1970 is read as 1970.
    #[must_use]
    pub fn now() -> Self {
        let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
        Self(chrono::DateTime::UNIX_EPOCH + since)
    }

    fn parse(text: &str) -> Option<Self> {
        let common = if text.len() <= COMMON { chrono::DateTime::parse_from_rfc3339(text).ok() } else { None };
        let time = common.or_else(|| {
            let (time, offset) = iso::date_time(text)?;
            offset.from_local_datetime(&time).single()
        });
        time.map(|time| Self(time.to_utc())).filter(Self::is_written)
    }

    /// Returns whether the format of RFC 3339 can express the time.
    fn is_written(&self) -> bool {
        (0..=9999).contains(&self.year())
    }
}

impl fmt::Display for DateTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0.to_rfc3339_opts(SecondsFormat::AutoSi, true))
    }
}

/// Accepts the same texts as deserialization.
///
/// # Errors
///
/// Returns an error of kind [`ErrorKind::InvalidArgument`](crate::ErrorKind::InvalidArgument) for any other text, which it does
/// not quote.
impl FromStr for DateTime {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        Self::parse(text).ok_or_else(|| Error::invalid_argument("the text is not an RFC 3339 date and time"))
    }
}

impl Deref for DateTime {
    type Target = chrono::DateTime<Utc>;

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl From<chrono::DateTime<Utc>> for DateTime {
    fn from(time: chrono::DateTime<Utc>) -> Self {
        Self(time)
    }
}

impl Serialize for DateTime {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.is_written() {
            serializer.collect_str(self)
        } else {
            Err(ser::Error::custom("the year does not have four digits"))
        }
    }
}

impl<'de> Deserialize<'de> for DateTime {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let expected =
            || de::Error::invalid_value(de::Unexpected::Other("another string"), &"an RFC 3339 date and time");
        Self::parse(&text).ok_or_else(expected)
    }
}

spelled!(DateTime, true, is_rfc3339);

/// chrono also reads a space instead of the `T`.
fn is_rfc3339(text: &str) -> bool {
    !text.contains(' ') && chrono::DateTime::parse_from_rfc3339(text).is_ok()
}

#[cfg(test)]
mod tests {
    use chrono::{NaiveDate, NaiveTime};

    use super::*;

    fn read(text: &str) -> String {
        serde_json::from_value::<DateTime>(text.into()).unwrap().to_string()
    }

    #[test]
    fn all_accepted_spellings_give_the_same_time() {
        for text in [
            "2026-01-31T12:00:00Z",
            "2026-01-31t12:00:00z",
            "2026-01-31T13:00:00+01:00",
            "2026-01-31T13:00:00+0100",
            "2026-01-31 12:00:00",
            "2026-01-31 12:00:00Z",
            "2026-01-31 13:00:00+01:00",
            "2026-01-31T12:00:00",
            "2026-01-31T12:00Z",
            "2026-01-31T12:00",
            "2026-01-31T13:00:00+01",
            "2026-01-31T13:00:00 +0100",
            "2026-01-31 13:00:00 +01:00",
            "2026-01-31 12:00:00 UTC",
            "2026-01-31T12:00:00 GMT",
            "20260131T120000Z",
            "20260131T1200Z",
            "20260131T130000+0100",
            "2026-01-31T12:00:00,000Z",
            "2026-01-31T12:00:00Z[UTC]",
            "2026-01-31T12:00:00[UTC]",
            "2026-01-31T13:00:00+01:00[Europe/Paris]",
        ] {
            assert_eq!(read(text), "2026-01-31T12:00:00Z", "{text}");
        }
        assert_eq!(read("2026-01-31T12:00:00.25Z"), "2026-01-31T12:00:00.250Z");
        assert_eq!(read("2026-01-31"), "2026-01-31T00:00:00Z");
    }

    #[test]
    fn leap_seconds_nanoseconds_and_offsets_are_kept() {
        for (text, written) in [
            ("2016-12-31T23:59:60Z", "2016-12-31T23:59:60Z"),
            ("2017-01-01T05:29:60.5+05:30", "2016-12-31T23:59:60.500Z"),
            ("2026-01-31T12:00:00.123456789Z", "2026-01-31T12:00:00.123456789Z"),
            ("2026-01-31T12:00:00.123456789000", "2026-01-31T12:00:00.123456789Z"),
            ("2026-01-31T12:00:00.1+0000", "2026-01-31T12:00:00.100Z"),
            ("2026-02-28T23:59:59-23:59", "2026-03-01T23:58:59Z"),
            ("2026-01-31T12:00:00-00:00", "2026-01-31T12:00:00Z"),
            ("0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z"),
        ] {
            assert_eq!(read(text), written);
        }
    }

    #[test]
    fn times_that_would_change_are_refused() {
        for text in [
            "2026-01-31T12:00:00.1234567891Z",
            "2026-01-31T12:00:00.0000000001",
            "2026-01-31 12:00:00.1234567891",
            "2026-01-31T12:00:00.1234567891+0100",
            // Two digits usually mean another century.
            "26-01-31T12:00:00",
            "-2026-01-31T12:00:00",
            "+12026-01-31T12:00:00",
            "2026-02-29T12:00:00Z",
            "2026-01-31T24:00:00Z",
            "2026-01-31T12:00:00+24:00",
            // In UTC, the year is another one.
            "9999-12-31T23:59:59.999999999-23:59",
            "9999-12-31 23:59-01",
            "0000-01-01T00:00:00+00:01",
            "26-01-31T12:00:00Z",
            "2026-01-31T12:00:00[Europe/Paris]",
            "2026-01-31T12:00:00+1",
            "2026-01-31T12:00:00+01:60",
            "2026-01-31T12:00:00+ab",
            "2026-01-31T12:00:00 CET",
            "2026-01-31T12",
            "2026-01-31T",
            "202601",
            "1769860800",
            "",
        ] {
            assert!(serde_json::from_value::<DateTime>(text.into()).is_err(), "{text}");
        }
    }

    #[test]
    fn texts_are_parsed_like_json() {
        assert_eq!("2026-01-31 12:00".parse::<DateTime>().unwrap().to_string(), "2026-01-31T12:00:00Z");
        let error = "ada@example.com".parse::<DateTime>().unwrap_err();
        assert!(error.is_invalid_argument() && !format!("{error:?}").contains("ada"));
        assert!(DateTime::now() > read("2026-01-01").parse().unwrap());
    }

    #[test]
    fn years_that_the_formats_cannot_express_are_refused() {
        for year in [-1, 10_000] {
            let time = NaiveDate::from_ymd_opt(year, 1, 2).unwrap().and_time(NaiveTime::MIN).and_utc();
            assert!(serde_json::to_value(DateTime::from(time)).is_err());
            assert!(DateTime::from(time).to_string().contains("-01-02T00:00:00Z"));
        }
    }

    #[test]
    fn other_strings_are_refused_and_not_quoted() {
        let error = serde_json::from_value::<DateTime>("ada@example.com".into()).unwrap_err();
        assert_eq!(error.to_string(), "invalid value: another string, expected an RFC 3339 date and time");
    }
}
