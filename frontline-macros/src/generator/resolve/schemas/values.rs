//! Descriptions of the values that a schema allows.

use serde_json::{Map, Value};

use super::enums::NAMES;
use crate::generator::model::Limits;

/// The number of values that are shown of a longer list.
const SHOWN: usize = 20;

/// Describes the limits of a schema's values, or the numbers that it lists. Strings that it lists become an enum.
pub(super) fn limits(schema: &Map<String, Value>) -> String {
    match listed(schema).as_slice() {
        [] => {}
        [only] => return format!("Always {only}."),
        numbers => return format!("One of {}.", numbers.join(", ")),
    }
    let number = |key| schema.get(key).filter(|value| value.is_number()).map(|value| format!("`{value}`"));
    let is_exclusive = |key| schema.get(key) == Some(&Value::Bool(true));
    let (low, high) = (is_exclusive("exclusiveMinimum"), is_exclusive("exclusiveMaximum"));
    let above = number("exclusiveMinimum").or_else(|| number("minimum").filter(|_| low));
    let below = number("exclusiveMaximum").or_else(|| number("maximum").filter(|_| high));
    let count = |key| schema.get(key).and_then(Value::as_u64).map(|count| count.to_string());
    let limits = [
        range(number("minimum").filter(|_| !low), number("maximum").filter(|_| !high), ""),
        above.map(|limit| format!("More than {limit}.")),
        below.map(|limit| format!("Less than {limit}.")),
        range(count("minLength"), count("maxLength"), " characters"),
        range(count("minItems"), count("maxItems"), " items"),
    ];
    limits.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// Returns the limits of a schema's values as numbers.
pub(super) fn plain_limits(schema: &Map<String, Value>) -> Limits {
    const KEYS: [&str; 8] = [
        "minimum",
        "maximum",
        "exclusiveMinimum",
        "exclusiveMaximum",
        "minLength",
        "maxLength",
        "minItems",
        "maxItems",
    ];
    let is_exclusive = |key| schema.get(key) == Some(&Value::Bool(true));
    let number = |key: &'static str| {
        // OpenAPI 3.0 has flags instead of numbers.
        let named = match key {
            "minimum" if is_exclusive("exclusiveMinimum") => "exclusiveMinimum",
            "maximum" if is_exclusive("exclusiveMaximum") => "exclusiveMaximum",
            key => key,
        };
        Some((named, schema.get(key)?.as_f64()?))
    };
    let pattern = schema.get("pattern").and_then(Value::as_str).map(ToOwned::to_owned);
    Limits { numbers: KEYS.into_iter().filter_map(number).collect(), pattern }
}

fn range(low: Option<String>, high: Option<String>, what: &str) -> Option<String> {
    match (low, high) {
        (Some(low), Some(high)) if low == high => Some(format!("Exactly {low}{what}.")),
        (Some(low), Some(high)) => Some(format!("{low} to {high}{what}.")),
        (Some(low), None) => Some(format!("At least {low}{what}.")),
        (None, Some(high)) => Some(format!("At most {high}{what}.")),
        (None, None) => None,
    }
}

/// Returns the numbers that a schema lists, unless they become an enum.
fn listed(schema: &Map<String, Value>) -> Vec<String> {
    let list = schema.get("enum").and_then(Value::as_array).map(Vec::as_slice);
    let list = list.or(schema.get("const").map(std::slice::from_ref)).unwrap_or_default();
    let is_listed = |value: &Value| value.is_number() || value.is_null();
    if !list.iter().all(is_listed) || NAMES.iter().any(|key| schema.contains_key(*key)) {
        return Vec::new();
    }
    let mut numbers: Vec<String> =
        list.iter().filter(|value| value.is_number()).map(|value| format!("`{value}`")).collect();
    if numbers.len() > SHOWN {
        numbers.truncate(SHOWN);
        numbers.push("…".to_owned());
    }
    numbers
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    #[test]
    fn limits_are_described_in_words() {
        for (schema, said) in [
            (json!({"type": "integer"}), ""),
            (json!({"minimum": 1, "maximum": 300}), "`1` to `300`."),
            (json!({"minimum": 0.5}), "At least `0.5`."),
            (json!({"maximum": 7, "exclusiveMaximum": true}), "Less than `7`."),
            (json!({"exclusiveMinimum": 0, "maximum": 9, "exclusiveMaximum": false}), "At most `9`. More than `0`."),
            (json!({"minLength": 1, "maxLength": 100}), "1 to 100 characters."),
            (json!({"minLength": 34, "maxLength": 34, "pattern": "^US"}), "Exactly 34 characters."),
            (json!({"maxItems": 5}), "At most 5 items."),
            (json!({"enum": [1, 2, null], "minimum": 1}), "One of `1`, `2`."),
            (json!({"const": 1}), "Always `1`."),
            (json!({"enum": [null]}), ""),
            (json!({"enum": ["a", "b"]}), ""),
            (json!({"enum": [1, "b"]}), ""),
            (json!({"enum": [1], "x-enum-varnames": ["A"]}), ""),
        ] {
            let Value::Object(schema) = schema else { panic!("an object") };
            assert_eq!(super::limits(&schema), said, "{schema:?}");
        }
        let many: Vec<usize> = (0..100).collect();
        let Value::Object(schema) = json!({ "enum": many }) else { panic!("an object") };
        assert!(super::limits(&schema).ends_with("`18`, `19`, …."), "{}", super::limits(&schema));
    }
}
