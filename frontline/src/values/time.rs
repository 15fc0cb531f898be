//! Points in time in the formats that services use.

use std::fmt;
use std::ops::Deref;

use chrono::{Datelike, NaiveDateTime, SecondsFormat, Utc};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de, ser};

use crate::json::{DecodeError, Fit, FromJson, Node, compare, from_json};

/// A point in time that is serialized in the format of RFC 3339, in UTC (`2026-01-31T12:00:00Z`).
///
/// Deserialization accepts any offset and converts the time to UTC. It also accepts:
///
/// - a time without an offset, which it reads as UTC;
/// - an offset without a colon, such as `+0100`;
/// - a space instead of the `T`.
///
/// A time that would change is refused: one with a fraction of a nanosecond, or with a year that does not have four
/// digits. Serialization fails if the year does not have four digits.
///
/// A `DateTime` dereferences to [`chrono::DateTime<Utc>`](chrono::DateTime) and is created from one:
///
/// ```
/// use chrono::{Datelike, TimeZone, Utc};
/// use frontline::DateTime;
///
/// let noon = DateTime::from(Utc.with_ymd_and_hms(2026, 1, 31, 12, 0, 0).unwrap());
/// assert_eq!(noon.to_string(), "2026-01-31T12:00:00Z");
/// assert_eq!(noon.year(), 2026);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DateTime(chrono::DateTime<Utc>);

/// A point in time that is serialized in the format of RFC 2822, in UTC (`Sat, 31 Jan 2026 12:00:00 +0000`).
///
/// Deserialization accepts any offset and converts the time to UTC. An `Rfc2822` dereferences to
/// [`chrono::DateTime<Utc>`](chrono::DateTime) and is created from one.
///
/// The format has whole seconds, so serialization drops fractions. It fails if the year does not have four digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rfc2822(chrono::DateTime<Utc>);

/// Whether the text has a year of four digits, and no more of a second than nanoseconds.
///
/// chrono takes `26` for the year 26, and drops further digits of a second.
pub(super) fn is_exact(text: &str) -> bool {
    let is_year = |text: &str| text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit());
    let fraction = text.split_once('.').map_or("", |(_, fraction)| fraction);
    text.split_once('-').is_some_and(|(year, _)| is_year(year))
        && fraction.bytes().take_while(u8::is_ascii_digit).skip(9).all(|digit| digit == b'0')
}

impl DateTime {
    fn parse(text: &str) -> Option<Self> {
        if !is_exact(text) {
            return None;
        }
        let without_offset = |format| NaiveDateTime::parse_from_str(text, format).ok().map(|time| time.and_utc());
        chrono::DateTime::parse_from_rfc3339(text)
            .map(|time| time.to_utc())
            .ok()
            .or_else(|| chrono::DateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S%.f%z").ok().map(|time| time.to_utc()))
            .or_else(|| without_offset("%Y-%m-%dT%H:%M:%S%.f"))
            .or_else(|| without_offset("%Y-%m-%d %H:%M:%S%.f"))
            .map(Self)
    }
}

impl Rfc2822 {
    fn parse(text: &str) -> Option<Self> {
        chrono::DateTime::parse_from_rfc2822(text).ok().map(|time| Self(time.to_utc()))
    }
}

impl fmt::Display for DateTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0.to_rfc3339_opts(SecondsFormat::AutoSi, true))
    }
}

impl fmt::Display for Rfc2822 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // chrono's `to_rfc2822` panics if the year does not have four digits.
        f.pad(&self.0.format("%a, %-d %b %Y %H:%M:%S +0000").to_string())
    }
}

macro_rules! as_text {
    ($name:ident, $expected:literal) => {
        impl FromJson for $name {
            fn read_json(node: Node<'_>, place: &mut Option<Self>) -> Result<(), DecodeError> {
                *place = Self::parse(&node.string()?);
                if place.is_some() { Ok(()) } else { Err(node.expected($expected)) }
            }

            fn fit(node: Node<'_>) -> Option<Fit> {
                compare(node, &from_json::<Self>(node).ok()?)
            }
        }

        impl Deref for $name {
            type Target = chrono::DateTime<Utc>;

            fn deref(&self) -> &Self::Target {
                &self.0
            }
        }

        impl From<chrono::DateTime<Utc>> for $name {
            fn from(time: chrono::DateTime<Utc>) -> Self {
                Self(time)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                if !(0..=9999).contains(&self.0.year()) {
                    return Err(ser::Error::custom("the year does not have four digits"));
                }
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = String::deserialize(deserializer)?;
                Self::parse(&text)
                    .ok_or_else(|| de::Error::invalid_value(de::Unexpected::Other("another string"), &$expected))
            }
        }
    };
}

as_text!(DateTime, "an RFC 3339 date and time");
as_text!(Rfc2822, "an RFC 2822 date and time");

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
        ] {
            assert_eq!(read(text), "2026-01-31T12:00:00Z", "{text}");
        }
        assert_eq!(read("2026-01-31T12:00:00.25Z"), "2026-01-31T12:00:00.250Z");
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
            "2026-01-31T12:00Z",
        ] {
            assert!(serde_json::from_value::<DateTime>(text.into()).is_err(), "{text}");
        }
    }

    #[test]
    fn years_that_the_formats_cannot_express_are_refused() {
        for year in [-1, 10_000] {
            let time = NaiveDate::from_ymd_opt(year, 1, 2).unwrap().and_time(NaiveTime::MIN).and_utc();
            assert!(serde_json::to_value(DateTime::from(time)).is_err());
            assert!(serde_json::to_value(Rfc2822::from(time)).is_err());
            assert!(DateTime::from(time).to_string().contains("-01-02T00:00:00Z"));
            assert!(Rfc2822::from(time).to_string().contains(", 2 Jan "));
        }
    }

    #[test]
    fn rfc_2822_is_read_and_written() {
        let text = "Sat, 31 Jan 2026 12:00:00 +0000";
        let time: Rfc2822 = serde_json::from_value(text.into()).unwrap();
        assert_eq!(serde_json::to_value(time).unwrap(), text);
        for (text, written) in [
            ("Sat, 31 Dec 2016 23:59:60 GMT", "Sat, 31 Dec 2016 23:59:60 +0000"),
            ("1 Jan 2026 01:30:00 +0130", "Thu, 1 Jan 2026 00:00:00 +0000"),
        ] {
            assert_eq!(serde_json::from_value::<Rfc2822>(text.into()).unwrap().to_string(), written);
        }
    }

    #[test]
    fn other_strings_are_refused_and_not_quoted() {
        let error = serde_json::from_value::<DateTime>("ada@example.com".into()).unwrap_err();
        assert_eq!(error.to_string(), "invalid value: another string, expected an RFC 3339 date and time");
    }
}
