//! Checks of a schema's limits against its type and against each other.

use serde_json::Value;

use super::here::Here;
use super::rules::{ITEMS_OF_OBJECT, LIMITS_CROSSED, MULTIPLE_OF_ZERO, OTHER_LIMIT, OTHER_PARTS};
use crate::generator::problems::Errors;

pub const TYPES: [&str; 7] = ["string", "number", "integer", "boolean", "object", "array", "null"];

/// The values that a key is about: their name, their types, and whether the key describes their parts.
type About = (&'static str, &'static [&'static str], bool);

fn about(key: &str) -> Option<About> {
    Some(match key {
        "properties" => ("objects", &["object"], true),
        "minProperties" | "maxProperties" => ("objects", &["object"], false),
        "items" => ("arrays", &["array"], true),
        "minItems" | "maxItems" | "uniqueItems" => ("arrays", &["array"], false),
        "minLength" | "maxLength" | "pattern" => ("strings", &["string"], false),
        "minimum" | "maximum" | "exclusiveMinimum" | "exclusiveMaximum" | "multipleOf" => {
            ("numbers", &["number", "integer"], false)
        }
        _ => return None,
    })
}

/// Limits that mean the same for different types.
const SAME: [[(&str, &str); 4]; 2] = [
    [("object", "minProperties"), ("array", "minItems"), ("string", "minLength"), ("number", "minimum")],
    [("object", "maxProperties"), ("array", "maxItems"), ("string", "maxLength"), ("number", "maximum")],
];

/// Checks a key of a schema with a type.
pub fn check(key: &str, inner: &Here<'_>, typ: Option<&str>, schema: &Here<'_>, errors: &mut Errors) {
    let Some((what, types, is_part)) = about(key) else { return };
    if let Some(typ) = typ.filter(|typ| !types.contains(typ)) {
        // Tools write empty objects.
        let says_something = inner.object().is_some_and(|parts| !parts.is_empty());
        if key == "items" && says_something {
            ITEMS_OF_OBJECT.at_key(&inner.place(), &[typ], errors);
        } else if is_part && says_something {
            let meant = types.first().copied().unwrap_or_default();
            OTHER_PARTS.at_key(&inner.place(), &[key, what, typ, meant, key], errors);
        } else if !is_part {
            let help = meant(key, typ).map(|meant| format!("`{meant}` limits values of this type")).unwrap_or_default();
            OTHER_LIMIT.at_key(&inner.place(), &[key, what, typ, &help], errors);
        }
    }
    let limit = inner.value.as_f64();
    if key == "multipleOf" && limit.is_some_and(|step| step <= 0.0) {
        MULTIPLE_OF_ZERO.at_value(&inner.place(), &[], errors);
    }
    let high = if key.starts_with("min") { key.replacen("min", "max", 1) } else { return };
    if let (Some(least), Some(most)) = (limit, schema.value.get(&high).and_then(Value::as_f64))
        && least > most
    {
        LIMITS_CROSSED.at_value(&inner.place(), &[key, &high], errors);
    }
}

/// Returns the limit that means for `typ` what `key` means for another type.
fn meant(key: &str, typ: &str) -> Option<&'static str> {
    let same = SAME.iter().find(|same| same.iter().any(|(_, limit)| *limit == key))?;
    let typ = if typ == "integer" { "number" } else { typ };
    same.iter().find(|(of, _)| *of == typ).map(|(_, limit)| *limit)
}

/// Returns what a value is, with an article.
pub fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(number) if number.is_f64() => "a number",
        Value::Number(_) => "an integer",
        Value::String(_) => "a string",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}

/// Returns whether a value has a type of JSON Schema. An unknown type is reported elsewhere.
pub fn is_of(value: &Value, typ: &str) -> bool {
    match typ {
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        "integer" => value.as_f64().is_some_and(|number| number.fract() == 0.0),
        "number" => value.is_number(),
        "string" => value.is_string(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        _ => true,
    }
}
