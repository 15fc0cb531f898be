//! Points in time in the formats that services use.

use std::fmt;
use std::ops::Deref;

use chrono::{NaiveDateTime, SecondsFormat, Utc};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::json::normalizing;

/// A point in time that is serialized in the format of RFC 3339, in UTC (`2026-01-31T12:00:00Z`).
///
/// Deserialization accepts any offset and converts the time to UTC. It also accepts:
///
/// - a time without an offset, which it reads as UTC;
/// - an offset without a colon, such as `+0100`;
/// - a space instead of the `T`.
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rfc2822(chrono::DateTime<Utc>);

impl DateTime {
    fn parse(text: &str) -> Option<Self> {
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
        f.pad(&self.0.to_rfc2822())
    }
}

macro_rules! as_text {
    ($name:ident, $expected:literal) => {
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
normalizing!(DateTime, Rfc2822);

#[cfg(test)]
mod tests {
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
    fn rfc_2822_is_read_and_written() {
        let text = "Sat, 31 Jan 2026 12:00:00 +0000";
        let time: Rfc2822 = serde_json::from_value(text.into()).unwrap();
        assert_eq!(serde_json::to_value(time).unwrap(), text);
    }

    #[test]
    fn other_strings_are_refused_and_not_quoted() {
        let error = serde_json::from_value::<DateTime>("ada@example.com".into()).unwrap_err();
        assert_eq!(error.to_string(), "invalid value: another string, expected an RFC 3339 date and time");
    }
}
