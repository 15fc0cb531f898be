//! Numbers that some services write as text, `"0.05"` for 0.05: Twilio does so with prices.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer};

use crate::Nullable;

/// What can be read so.
pub trait Loose: Sized {
    /// Reads it.
    ///
    /// # Errors
    ///
    /// If it is something else.
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error>;
}

/// A value that is read so, within another type.
pub(crate) struct Either<T>(pub(crate) T);

impl<'de, T: Loose> Deserialize<'de> for Either<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::read(deserializer).map(Self)
    }
}

impl Loose for f64 {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Number)
    }
}

impl Loose for f32 {
    #[allow(clippy::cast_possible_truncation, reason = "as serde does with any number of too many digits")]
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        f64::read(deserializer).map(|number| number as Self)
    }
}

impl<T: Loose> Loose for Option<T> {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let read = Option::<Either<T>>::deserialize(deserializer)?;
        Ok(read.map(|Either(value)| value))
    }
}

impl<T: Loose> Loose for Nullable<T> {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Option::read(deserializer).map(Self::from)
    }
}

impl<T: Loose> Loose for Vec<T> {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let read = Vec::<Either<T>>::deserialize(deserializer)?;
        Ok(read.into_iter().map(|Either(value)| value).collect())
    }
}

impl<T: Loose> Loose for BTreeMap<String, T> {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let read = BTreeMap::<String, Either<T>>::deserialize(deserializer)?;
        Ok(read.into_iter().map(|(key, Either(value))| (key, value)).collect())
    }
}

struct Number;

impl Visitor<'_> for Number {
    type Value = f64;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a number")
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<f64, E> {
        Ok(number)
    }

    #[allow(clippy::cast_precision_loss, reason = "as serde does")]
    fn visit_i64<E: Error>(self, number: i64) -> Result<f64, E> {
        Ok(number as f64)
    }

    #[allow(clippy::cast_precision_loss, reason = "as serde does")]
    fn visit_u64<E: Error>(self, number: u64) -> Result<f64, E> {
        Ok(number as f64)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<f64, E> {
        let number = text.parse().ok().filter(|number: &f64| number.is_finite());
        number.ok_or_else(|| E::invalid_type(serde::de::Unexpected::Str(text), &self))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{Either, Loose};
    use crate::Nullable;

    fn read<T: Loose>(json: &str) -> Result<T, serde_json::Error> {
        serde_json::from_str(json).map(|Either(value)| value)
    }

    #[test]
    fn numbers_are_read_from_numbers_and_from_text() {
        for one in ["0.05", r#""0.05""#, r#""5e-2""#] {
            assert_eq!(read::<Option<f64>>(one).unwrap(), Some(0.05));
            assert_eq!(read::<Option<f32>>(one).unwrap(), Some(0.05));
            assert_eq!(read::<Nullable<f64>>(one).unwrap(), Nullable::Value(0.05));
        }
        assert_eq!(read::<Option<f64>>("null").unwrap(), None);
        assert_eq!(read::<Nullable<f64>>("null").unwrap(), Nullable::Null);
        assert_eq!(read::<Vec<f32>>(r#"["1",-2,3.5,7]"#).unwrap(), [1.0, -2.0, 3.5, 7.0]);
        let named: BTreeMap<String, Option<f64>> = read(r#"{"a":"1.00","b":null}"#).unwrap();
        assert_eq!(named, [("a".into(), Some(1.0)), ("b".into(), None)].into());
    }

    #[test]
    fn anything_else_is_refused() {
        for one in [r#""""#, r#""x""#, r#""NaN""#, r#""inf""#, r#""1,5""#, "true", "[]", "{}"] {
            let error = read::<f64>(one).unwrap_err();
            assert!(error.to_string().contains("expected a number"), "{one}: {error}");
        }
    }
}
