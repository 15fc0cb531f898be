//! Numbers that some services write as text, `"0.05"` for 0.05: Twilio does so with prices.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer};

use crate::Nullable;

/// For `deserialize_with`, on fields of numbers and of what holds numbers.
///
/// # Errors
///
/// If it is neither.
pub fn loose<'de, T: Loose, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    Either::deserialize(deserializer).map(|Either(value)| value)
}

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
struct Either<T>(T);

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

    use serde::Deserialize;

    #[derive(Deserialize, Debug, PartialEq, Default)]
    struct Prices {
        #[serde(default, deserialize_with = "super::loose")]
        one: Option<f64>,
        #[serde(default, deserialize_with = "super::loose")]
        many: Option<Vec<f32>>,
        #[serde(default, deserialize_with = "super::loose")]
        named: BTreeMap<String, Option<f64>>,
    }

    #[test]
    fn numbers_are_read_from_numbers_and_from_text() {
        let read = |json: &str| serde_json::from_str::<Prices>(json).unwrap();
        assert_eq!(read("{}"), Prices::default());
        assert_eq!(read(r#"{"one":null,"many":null}"#), Prices::default());
        for one in ["0.05", r#""0.05""#, r#""5e-2""#] {
            assert_eq!(read(&format!(r#"{{"one":{one}}}"#)), Prices { one: Some(0.05), ..Prices::default() });
        }
        assert_eq!(read(r#"{"many":["1",-2,3.5]}"#).many, Some(vec![1.0, -2.0, 3.5]));
        assert_eq!(
            read(r#"{"named":{"a":"1.00","b":null}}"#).named,
            [("a".into(), Some(1.0)), ("b".into(), None)].into()
        );
    }

    #[test]
    fn anything_else_is_refused() {
        for one in [r#""""#, r#""x""#, r#""NaN""#, r#""inf""#, r#""1,5""#, "true", "[]", "{}"] {
            let error = serde_json::from_str::<Prices>(&format!(r#"{{"one":{one}}}"#)).unwrap_err();
            assert!(error.to_string().contains("expected a number"), "{one}: {error}");
        }
    }
}
