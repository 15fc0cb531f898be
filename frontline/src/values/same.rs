//! Spellings of one value, which types read from each other.

use chrono::NaiveDate;
use serde_json::{Number, Value};
use uuid::Uuid;

use super::base64::Base64;
use super::time::{DateTime, Rfc2822};
use crate::json::{FromJson, deserialize};

/// Returns whether types of scalars may read one value as `a` and as `b`.
pub(super) fn is_same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => a.as_f64() == b.as_f64() && whole(a) == whole(b),
        (Value::String(a_text), Value::String(b_text)) => {
            a_text == b_text
                || is_read_alike::<DateTime>(a, b)
                || is_read_alike::<NaiveDate>(a, b)
                || is_read_alike::<Rfc2822>(a, b)
                || is_read_alike::<Uuid>(a, b)
                || is_read_alike::<Base64>(a, b)
        }
        (Value::String(text), Value::Number(number)) | (Value::Number(number), Value::String(text)) => {
            *text == number.to_string()
                || text.parse().ok() == number.as_f64()
                    && text.parse().map_or(true, |digits| whole(number) == Some(digits))
        }
        (Value::Bool(_), _) | (_, Value::Bool(_)) => is_read_alike::<bool>(a, b),
        (Value::Array(list), Value::Object(map)) | (Value::Object(map), Value::Array(list)) => {
            list.is_empty() && map.is_empty()
        }
        // An empty text means that there is no number, date or id.
        (Value::Null, Value::String(text)) | (Value::String(text), Value::Null) => text.is_empty(),
        (a, b) => a == b,
    }
}

/// Returns whether a type that describes numbers has rounded the integer of another type.
pub(super) fn rounds(integer: &Value, number: &Value) -> bool {
    (integer.is_i64() || integer.is_u64()) && number.is_f64() && integer.as_f64() == number.as_f64()
}

fn is_read_alike<T: FromJson + PartialEq>(a: &Value, b: &Value) -> bool {
    let read = |value: &Value| deserialize::<T, _>(value).ok();
    read(a).is_some_and(|a| read(b) == Some(a))
}

/// Returns all digits of a number that has no fraction. Large floating-point numbers equal integers that they are not.
#[expect(clippy::cast_possible_truncation, reason = "the number has no fraction and is below 2^127")]
fn whole(number: &Number) -> Option<i128> {
    let float = || number.as_f64().filter(|float| float.fract() == 0.0 && float.abs() < 1e38);
    number.as_i128().or_else(|| float().map(|float| float as i128))
}
