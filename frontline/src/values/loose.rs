//! Lenient deserialization: numbers that some services write as strings (`"0.05"`), and dates that some services write
//! as midnight (`2026-01-31T00:00:00Z`).

use std::collections::BTreeMap;
use std::fmt;

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime};
use serde::de::{Error, Unexpected, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

use super::time::is_exact;
use crate::Nullable;
use crate::json::{DecodeError, Fit, FromJson, Node, compare};

/// A type that can be deserialized leniently.
pub trait Loose: Sized + Serialize + 'static {
    /// Deserializes the value, accepting other spellings of it.
    ///
    /// # Errors
    ///
    /// Returns an error if no spelling fits or the value is out of range.
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error>;
}

/// Deserializes a [`Loose`] value inside another type.
#[doc(hidden)]
pub struct Either<T>(pub(crate) T);

impl<T: Loose> FromJson for Either<T> {
    fn read_json(node: Node<'_>, place: &mut Option<Self>) -> Result<(), DecodeError> {
        *place = Some(Self(T::read(node)?));
        Ok(())
    }

    fn fit(node: Node<'_>) -> Option<Fit> {
        compare(node, &node.document().briefly(|| T::read(node)).ok()?)
    }
}

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
    #[allow(clippy::cast_possible_truncation, reason = "serde also rounds numbers with too many digits")]
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let number = f64::read(deserializer)? as Self;
        let out_of_range = Unexpected::Other("a number out of range");
        if number.is_finite() { Ok(number) } else { Err(D::Error::invalid_value(out_of_range, &"f32")) }
    }
}

macro_rules! integers {
    ($($integer:ty),*) => {$(
        impl Loose for $integer {
            fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let number = deserializer.deserialize_any(Integer)?;
                let out_of_range = Unexpected::Other("an integer out of range");
                Self::try_from(number).map_err(|_| D::Error::invalid_value(out_of_range, &stringify!($integer)))
            }
        }
    )*};
}

integers!(i32, i64, u32, u64);

impl Loose for i128 {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_i128(Integer)
    }
}

impl Loose for NaiveDate {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        date(&text).ok_or_else(|| D::Error::invalid_value(Unexpected::Other("another string"), &"an RFC 3339 date"))
    }
}

/// Parses a date, or a date and time at midnight in its own offset. Other times are refused: the time would be lost.
fn date(text: &str) -> Option<NaiveDate> {
    if !is_exact(text) {
        return None;
    }
    let at_midnight = |time: NaiveDateTime| (time.time() == NaiveTime::MIN).then(|| time.date());
    text.parse().ok().or_else(|| {
        let time = DateTime::parse_from_rfc3339(text).map(|time| time.naive_local());
        time.or_else(|_| NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S%.f")).ok().and_then(at_midnight)
    })
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
        number.ok_or_else(|| E::invalid_type(Unexpected::Str(text), &self))
    }
}

/// Reads an `i128`, which can represent all values of the supported integer types.
struct Integer;

impl Visitor<'_> for Integer {
    type Value = i128;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an integer")
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<i128, E> {
        Ok(number.into())
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<i128, E> {
        Ok(number.into())
    }

    fn visit_i128<E: Error>(self, number: i128) -> Result<i128, E> {
        Ok(number)
    }

    /// `1.0` is an integer too (JSON Schema, "Numeric Instances"), unless a parser may have rounded another integer to
    /// it. A fraction is lost if it exceeds the precision of an `f64` (RFC 8259, section 6).
    fn visit_f64<E: Error>(self, number: f64) -> Result<i128, E> {
        #[allow(clippy::cast_possible_truncation, reason = "the number has no fraction and fits into an i128")]
        let whole = (number.fract() == 0.0 && number.abs() < EXACT).then_some(number as i128);
        whole.ok_or_else(|| E::invalid_type(Unexpected::Float(number), &self))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<i128, E> {
        text.parse().map_err(|_| E::invalid_type(Unexpected::Str(text), &self))
    }
}

/// 2⁵³: from it on, one floating-point number can represent several integers.
const EXACT: f64 = 9_007_199_254_740_992.0;

#[cfg(test)]
mod tests;
