//! Points in time as services write them.

use std::fmt;
use std::ops::Deref;

use chrono::{NaiveDateTime, SecondsFormat, Utc};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// A point in time, written as in RFC 3339 (`2026-01-31T12:00:00Z`).
///
/// Reading also takes a space for the `T`, and a time without an offset, which is UTC. It dereferences to
/// [`chrono::DateTime`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DateTime(chrono::DateTime<Utc>);

/// A point in time, written as in RFC 2822 (`Sat, 31 Jan 2026 12:00:00 +0000`).
///
/// It dereferences to [`chrono::DateTime`].
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
                    .ok_or_else(|| de::Error::invalid_value(de::Unexpected::Other("another text"), &$expected))
            }
        }
    };
}

as_text!(DateTime, "a date and time of RFC 3339");
as_text!(Rfc2822, "a date and time of RFC 2822");

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> String {
        serde_json::from_value::<DateTime>(text.into()).unwrap().to_string()
    }

    #[test]
    fn all_spellings_of_a_time_are_one() {
        for text in [
            "2026-01-31T12:00:00Z",
            "2026-01-31t12:00:00z",
            "2026-01-31T13:00:00+01:00",
            "2026-01-31T13:00:00+0100",
            "2026-01-31 12:00:00",
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
    fn another_text_is_refused_and_not_quoted() {
        let error = serde_json::from_value::<DateTime>("ada@example.com".into()).unwrap_err();
        assert_eq!(error.to_string(), "invalid value: another text, expected a date and time of RFC 3339");
    }
}
