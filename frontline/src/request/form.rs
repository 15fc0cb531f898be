//! Conversion of arguments to the strings of a form.

use serde::Serialize;
use serde_json::Value;

use super::style::{self, Style, text};
use crate::Error;
use crate::values::{explain, to_value_by_name};

/// Converts an argument to strings: none for null, one for a scalar, and one for each item of an array. Values that are
/// nested deeper become JSON text.
pub(crate) fn texts(name: &str, argument: &(impl Serialize + ?Sized)) -> Result<Vec<String>, Error> {
    let value = style::json(name, argument)?;
    style::check(name, Style::FormExplode, &value)?;
    Ok(from_value(value))
}

pub(crate) fn from_value(value: Value) -> Vec<String> {
    match value {
        Value::Array(items) => items.into_iter().filter_map(text).collect(),
        value => text(value).into_iter().collect(),
    }
}

/// Returns the fields of an argument that is an object, in the order in which it serializes them. `levels` returns the
/// number of levels of a field that cannot express null.
pub(crate) fn fields(
    argument: &(impl Serialize + ?Sized),
    levels: &dyn Fn(&str) -> u32,
) -> Result<serde_json::Map<String, Value>, Error> {
    let refusal = || "the request body cannot be serialized as a form".to_owned();
    match to_value_by_name(argument, levels) {
        Ok(Value::Object(fields)) => Ok(fields),
        Ok(_) => Err(Error::invalid_argument(refusal())),
        Err(error) => Err(Error::invalid_argument(explain(refusal(), &error))),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::texts;

    #[test]
    fn a_scalar_is_one_text_and_null_and_empty_lists_are_omitted() {
        let text = |value| texts("x", &value).unwrap();
        assert_eq!(text(json!("a b")), ["a b"]);
        assert_eq!(text(json!(true)), ["true"]);
        assert_eq!(text(json!(-1.5)), ["-1.5"]);
        assert!(text(json!(null)).is_empty() && text(json!([])).is_empty());
    }

    #[test]
    fn each_array_item_is_one_text_and_nested_values_are_json() {
        let text = |value| texts("x", &value).unwrap();
        assert_eq!(text(json!([1, "a", {"b": [2, null]}])), ["1", "a", r#"{"b":[2,null]}"#]);
        assert_eq!(text(json!({"z": 1, "a": 2})), [r#"{"z":1,"a":2}"#]);
    }

    #[test]
    fn unserializable_arguments_are_named_but_not_quoted() {
        let map = std::collections::BTreeMap::from([(vec!["secret"], 1)]);
        let error = texts("Filter", &map).unwrap_err();
        assert_eq!(error.to_string(), "`Filter` cannot be serialized as text");
        assert!(error.is_invalid_argument());
    }
}
