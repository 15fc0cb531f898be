//! Points in time that are written in the format of RFC 2822.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::Deref;

use chrono::{Datelike, FixedOffset, Offset, Utc};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de, ser};

use crate::json::spelled;

/// A point in time that is serialized in the format of RFC 2822 (`Sat, 31 Jan 2026 12:00:00 +0000`).
///
/// Deserialization accepts any offset and converts the time to UTC. Serialization uses the offset that was read, and
/// writes days with or without a leading zero, as they were read. Equal points in time are equal, however they are
/// written. An `Rfc2822` dereferences to [`chrono::DateTime<Utc>`](chrono::DateTime) and is created from one.
///
/// The format has whole seconds, so serialization drops fractions. It fails if the year does not have four digits.
#[derive(Clone, Copy)]
pub struct Rfc2822 {
    time: chrono::DateTime<Utc>,
    offset: FixedOffset,
    /// Whether the day has a leading zero if it has a single digit.
    has_zero: bool,
}

impl Rfc2822 {
    fn parse(text: &str) -> Option<Self> {
        let time = chrono::DateTime::parse_from_rfc2822(text).ok()?;
        let day = text.find(|c: char| c.is_ascii_digit()).and_then(|start| text.get(start..));
        let has_zero = day.is_some_and(|day| day.starts_with('0'));
        Some(Self { time: time.to_utc(), offset: *time.offset(), has_zero })
    }

    fn local(&self) -> chrono::DateTime<FixedOffset> {
        self.time.with_timezone(&self.offset)
    }
}

impl fmt::Display for Rfc2822 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // chrono's `to_rfc2822` panics if the year does not have four digits.
        let format = if self.has_zero { "%a, %d %b %Y %H:%M:%S %z" } else { "%a, %-d %b %Y %H:%M:%S %z" };
        f.pad(&self.local().format(format).to_string())
    }
}

impl fmt::Debug for Rfc2822 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Rfc2822").field(&self.local()).finish()
    }
}

impl Deref for Rfc2822 {
    type Target = chrono::DateTime<Utc>;

    fn deref(&self) -> &Self::Target {
        &self.time
    }
}

impl From<chrono::DateTime<Utc>> for Rfc2822 {
    fn from(time: chrono::DateTime<Utc>) -> Self {
        Self { time, offset: Utc.fix(), has_zero: false }
    }
}

impl PartialEq for Rfc2822 {
    fn eq(&self, other: &Self) -> bool {
        self.time == other.time
    }
}

impl Eq for Rfc2822 {}

impl PartialOrd for Rfc2822 {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Rfc2822 {
    fn cmp(&self, other: &Self) -> Ordering {
        self.time.cmp(&other.time)
    }
}

impl Hash for Rfc2822 {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.time.hash(state);
    }
}

impl Serialize for Rfc2822 {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if (0..=9999).contains(&self.local().year()) {
            serializer.collect_str(self)
        } else {
            Err(ser::Error::custom("the year does not have four digits"))
        }
    }
}

impl<'de> Deserialize<'de> for Rfc2822 {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let expected =
            || de::Error::invalid_value(de::Unexpected::Other("another string"), &"an RFC 2822 date and time");
        Self::parse(&text).ok_or_else(expected)
    }
}

spelled!(Rfc2822, true, |text| chrono::DateTime::parse_from_rfc2822(text).is_ok());

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use chrono::{NaiveDate, NaiveTime};

    use super::Rfc2822;

    fn read(text: &str) -> Rfc2822 {
        serde_json::from_value(text.into()).unwrap()
    }

    #[test]
    fn times_are_written_as_they_were_read() {
        for text in [
            "Sat, 31 Jan 2026 12:00:00 +0000",
            "Tue, 07 Jul 2015 20:00:00 +0000",
            "Tue, 7 Jul 2015 20:00:00 -0830",
            "Thu, 1 Jan 1970 00:00:00 +0100",
            "Sat, 31 Dec 2016 23:59:60 +0000",
        ] {
            assert_eq!(serde_json::to_value(read(text)).unwrap(), text);
        }
        for (text, written) in [
            ("Sat, 31 Dec 2016 23:59:60 GMT", "Sat, 31 Dec 2016 23:59:60 +0000"),
            ("1 Jan 2026 01:30:00 +0130", "Thu, 1 Jan 2026 01:30:00 +0130"),
        ] {
            assert_eq!(read(text).to_string(), written);
        }
        assert_eq!(format!("{:?}", read("1 Jan 2026 01:30:00 +0130")), "Rfc2822(2026-01-01T01:30:00+01:30)");
    }

    #[test]
    fn equal_times_are_equal_in_any_spelling() {
        let [a, b] = ["Thu, 01 Jan 2026 00:00:00 +0000", "1 Jan 2026 01:00:00 +0100"].map(read);
        assert_eq!((a, *a, a.cmp(&b)), (b, *b, std::cmp::Ordering::Equal));
        assert_eq!(HashSet::from([a, b]).len(), 1);
    }

    #[test]
    fn years_that_the_format_cannot_express_are_refused() {
        for year in [-1, 10_000] {
            let time = NaiveDate::from_ymd_opt(year, 1, 2).unwrap().and_time(NaiveTime::MIN).and_utc();
            assert!(serde_json::to_value(Rfc2822::from(time)).is_err());
            assert!(Rfc2822::from(time).to_string().contains(", 2 Jan "));
        }
    }
}
