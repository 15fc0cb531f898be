//! What may differ between an instance and what comes back, each with its reason. Everything else is a failure.
//!
//! Fractions of more digits than an `f64` has are not on the list, although they are rounded (RFC 8259, section 6): an
//! instance is a `serde_json::Value`, which cannot contain one.

use frontline::DateTime;
use serde_json::{Number, Value};

use frontline::private::contract::Direction;
use frontline::private::instances::UNDECLARED;

/// A difference that loses nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Allowed {
    /// JSON Schema does not distinguish `1.0` from `1`.
    Fraction,
    /// The same instant with another offset, or another number of zeros in its fraction.
    Instant,
    /// A UUID in capitals (RFC 9562, section 4: input is case-insensitive, output is in lower case).
    UuidCase,
    /// In responses, null and a missing property are both `None`.
    Null,
    /// The default of the macro drops properties that a schema does not speak of.
    Undeclared,
}

/// Where an instance and what comes back differ.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// The keys of objects and lists that lead to it.
    pub path: Vec<String>,
    /// The value in the instance.
    pub sent: Option<Value>,
    /// The value that came back.
    pub back: Option<Value>,
}

/// Compares an instance with what comes back. Adds what is allowed to `allowed`.
///
/// # Errors
///
/// Returns the first difference that is not allowed.
pub fn compare(
    sent: &Value,
    back: &Value,
    direction: Direction,
    allowed: &mut Vec<Allowed>,
) -> Result<(), Box<Difference>> {
    match (sent, back) {
        (Value::Object(fields), Value::Object(others)) => {
            let keys = fields.keys().chain(others.keys().filter(|key| !fields.contains_key(*key)));
            for key in keys {
                let at = |mut difference: Box<Difference>| {
                    difference.path.insert(0, key.clone());
                    difference
                };
                match (fields.get(key), others.get(key)) {
                    (Some(sent), Some(back)) => compare(sent, back, direction, allowed).map_err(at)?,
                    (sent, back) => allowed.push(absent(key, sent, back, direction).ok_or_else(|| {
                        at(Box::new(Difference { path: Vec::new(), sent: sent.cloned(), back: back.cloned() }))
                    })?),
                }
            }
            Ok(())
        }
        (Value::Array(items), Value::Array(others)) if items.len() == others.len() => {
            items.iter().zip(others).enumerate().try_for_each(|(index, (sent, back))| {
                compare(sent, back, direction, allowed).map_err(|mut difference| {
                    difference.path.insert(0, index.to_string());
                    difference
                })
            })
        }
        (sent, back) if sent == back => Ok(()),
        (sent, back) => match scalar(sent, back) {
            Some(reason) => {
                allowed.push(reason);
                Ok(())
            }
            None => Err(Box::new(Difference { path: Vec::new(), sent: Some(sent.clone()), back: Some(back.clone()) })),
        },
    }
}

fn absent(key: &str, sent: Option<&Value>, back: Option<&Value>, direction: Direction) -> Option<Allowed> {
    let is_null = sent.or(back) == Some(&Value::Null);
    let is_undeclared = |sent: &Value| sent.to_string().contains(&format!("\"{UNDECLARED}\""));
    if back.is_none() && (key.starts_with(UNDECLARED) || sent.is_some_and(is_undeclared)) {
        return Some(Allowed::Undeclared);
    }
    (is_null && direction == Direction::Response).then_some(Allowed::Null)
}

fn scalar(sent: &Value, back: &Value) -> Option<Allowed> {
    match (sent, back) {
        (Value::Number(a), Value::Number(b)) if is_same_number(a, b) => Some(Allowed::Fraction),
        (Value::String(a), Value::String(b)) => {
            let instant =
                |text: &str| text.contains('T').then(|| serde_json::from_value::<DateTime>(text.into()).ok())?;
            let is_instant = instant(a).is_some_and(|time| instant(b) == Some(time));
            let is_uuid = a.len() == 36 && a.to_ascii_lowercase() == *b;
            is_instant.then_some(Allowed::Instant).or(is_uuid.then_some(Allowed::UuidCase))
        }
        _ => None,
    }
}

/// Compares numbers with all their digits: large floating-point numbers equal integers that they are not.
fn is_same_number(a: &Number, b: &Number) -> bool {
    a.as_f64() == b.as_f64() && whole(a) == whole(b)
}

#[expect(clippy::cast_possible_truncation, reason = "the number has no fraction and is below 2^127")]
fn whole(number: &Number) -> Option<i128> {
    let float = || number.as_f64().filter(|float| float.fract() == 0.0 && float.abs() < 1e38);
    number.as_i128().or_else(|| float().map(|float| float as i128))
}
