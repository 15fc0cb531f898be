//! Finds values that a union does not know: they come back whole, but a program cannot use them.
//!
//! Enums have unknown values, too, which are no failure: a schema allows them only if it says so, as in
//! `anyOf: [{enum: …}, {type: string}]`.

use serde_json::Value;

/// The start of each unknown value of a union in the `Debug` output of a type. That of an enum is a text or a number.
const STARTS: [&str; 6] = ["Null", "Bool(", "Number(", "String(", "Array [", "Object {"];

/// Returns the path of the first value in `value` that is unknown in `shown`, the `Debug` output of its type.
///
/// The path is empty if the unknown value is only a part of an object, the rest of which is in other properties.
#[must_use]
pub fn unknown(shown: &str, value: &Value) -> Option<Vec<String>> {
    let is_unknown = |rest: &str| STARTS.iter().any(|start| rest.starts_with(start));
    shown.split("Unknown(").skip(1).any(is_unknown).then(|| find(shown, value).unwrap_or_default())
}

fn find(shown: &str, value: &Value) -> Option<Vec<String>> {
    if shown.contains(&format!("Unknown({value:?})")) {
        return Some(Vec::new());
    }
    let inside = |key: String, value: &Value| {
        let mut path = find(shown, value)?;
        path.insert(0, key);
        Some(path)
    };
    match value {
        Value::Array(items) => items.iter().enumerate().find_map(|(index, item)| inside(index.to_string(), item)),
        Value::Object(fields) => fields.iter().find_map(|(key, field)| inside(key.clone(), field)),
        _ => None,
    }
}
