//! How the values of tags are compared.

use serde_json::Value;

/// Returns the text of a tag. Numbers and booleans are compared as JSON.
pub(super) fn spelled(tag: &Value) -> Option<String> {
    match tag {
        Value::String(text) => Some(text.clone()),
        #[expect(clippy::cast_possible_truncation, reason = "the number is whole and small")]
        Value::Number(number) => match number.as_f64().filter(|_| number.is_f64()) {
            Some(float) if float.fract() == 0.0 && float.abs() < 1e15 => Some((float as i64).to_string()),
            _ => Some(number.to_string()),
        },
        Value::Bool(flag) => Some(flag.to_string()),
        _ => None,
    }
}
