//! The check of examples in documents, for the macro's option `test_examples`.

use serde::Serialize;
use serde_json::Value;

use super::finite::to_value;
use super::same::is_same;
use crate::Error;
use crate::json::{FromJson, Limits};

/// Checks that an example survives being deserialized as `T` and serialized again.
///
/// Nothing may be lost, and nothing may be added except nulls.
///
/// # Errors
///
/// Returns a description of the first difference and its location.
#[doc(hidden)]
pub fn check_example<T: FromJson + Serialize>(pointer: &str, json: &str) -> Result<(), String> {
    let example: Value = serde_json::from_str(json).map_err(|error| format!("{pointer}: {error}"))?;
    let decoded = read_example::<T>(json).map_err(|error| format!("{pointer}: {error}"))?;
    let encoded = to_value(&decoded).map_err(|error| format!("{pointer}: {error}"))?;
    match difference("$", &example, &encoded) {
        Some(difference) => Err(format!("{pointer}: {difference}")),
        None => Ok(()),
    }
}

/// Decodes an example like the body of a response.
///
/// # Errors
///
/// Returns the error that a call would return.
#[doc(hidden)]
pub fn read_example<T: FromJson>(json: &str) -> Result<T, Error> {
    Error::decode("the example", json.as_bytes(), Limits::NONE)
}

fn difference(path: &str, example: &Value, encoded: &Value) -> Option<String> {
    match (example, encoded) {
        (Value::Object(fields), Value::Object(others)) => {
            let null = Value::Null;
            let keys = fields.keys().chain(others.keys().filter(|key| !fields.contains_key(*key)));
            keys.into_iter().find_map(|key| {
                let (value, other) = (fields.get(key).unwrap_or(&null), others.get(key).unwrap_or(&null));
                difference(&format!("{path}.{key}"), value, other)
            })
        }
        (Value::Array(items), Value::Array(others)) if items.len() == others.len() => {
            let mut pairs = items.iter().zip(others).enumerate();
            pairs.find_map(|(index, (item, other))| difference(&format!("{path}[{index}]"), item, other))
        }
        (a, b) if is_same(a, b) => None,
        (a, b) => Some(format!("at `{path}`: the example has {a}, but the type keeps {b}")),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde::{Deserialize, Serialize};

    use super::check_example;
    use crate::json::{DecodeError, FromJson, Node};

    #[derive(Serialize, Deserialize)]
    struct User {
        name: Option<String>,
        score: Option<f64>,
    }

    impl FromJson for User {
        fn read_json(node: Node<'_>, place: &mut Option<Self>) -> Result<(), DecodeError> {
            *place = Some(Self::deserialize(node)?);
            Ok(())
        }
    }

    #[test]
    fn a_difference_is_reported_with_both_values() {
        assert_eq!(check_example::<User>("#/x", r#"{"name":"a"}"#), Ok(()));
        assert_eq!(check_example::<User>("#/x", "{}"), Ok(()));
        assert_eq!(check_example::<User>("#/x", r#"{"score":83.4}"#), Ok(()));
        let lost = check_example::<User>("#/x", r#"{"name":"a","age":1}"#).unwrap_err();
        assert_eq!(lost, "#/x: at `$.age`: the example has 1, but the type keeps null");
        let mismatch = check_example::<User>("#/x", r#"{"name":[]}"#).unwrap_err();
        let place = "the example does not match its type at `$.name` (line 1, column 9)";
        assert_eq!(mismatch, format!("#/x: {place}: expected a string"));
    }

    #[test]
    fn other_spellings_of_a_value_are_no_difference() {
        assert_eq!(check_example::<Vec<String>>("#/x", r#"["a",7,true]"#), Ok(()));
        assert_eq!(check_example::<Vec<bool>>("#/x", r#"[true,"false"]"#), Ok(()));
        assert_eq!(check_example::<Vec<f64>>("#/x", r#"[1,"2.50"]"#), Ok(()));
        assert_eq!(check_example::<BTreeMap<String, f64>>("#/x", "[]"), Ok(()));
        assert!(check_example::<Vec<f64>>("#/x", r#"["x"]"#).is_err());
        assert_eq!(check_example::<Vec<f64>>("#/x", r#"[9007199254740992,1e300,"+5"]"#), Ok(()));
        assert!(check_example::<Vec<f64>>("#/x", "[9007199254740993]").is_err());
        assert!(check_example::<Vec<f64>>("#/x", r#"["9007199254740993"]"#).is_err());
    }
}
