//! What to write instead of words that OpenAPI does not have.

use openapiv3::Schema;
use serde_json::Value;

use super::object::{Keys, Object};
use super::shape::Shape::Link;

/// Keys that belong to the `content` of a response or of a body: the most common media types, and what is in them.
pub const CONTENT: Keys = &[
    ("schema", Link),
    ("application/json", Link),
    ("application/xml", Link),
    ("application/x-www-form-urlencoded", Link),
    ("multipart/form-data", Link),
    ("application/octet-stream", Link),
    ("text/plain", Link),
];

/// Returns what to do about a word of Swagger 2 or of another language, or about a key that is missing.
pub fn instead_of(word: &str) -> Option<&'static str> {
    Some(match word {
        "body" => "describe it as the `requestBody` of the operation",
        "formData" => "describe it as a property of the `requestBody` with `application/x-www-form-urlencoded`",
        "content" => "write `content: {application/json: {schema: …}}`",
        "file" => "write `type: string` and `format: binary`",
        "any" => "remove `type` to allow any value",
        "date" => "write `type: string` and `format: date`",
        "datetime" | "date-time" | "timestamp" => "write `type: string` and `format: date-time`",
        "basic" => "write `type: http` and `scheme: basic`",
        "bearer" => "write `type: http` and `scheme: bearer`",
        "uuid" => "write `type: string` and `format: uuid`",
        _ => return None,
    })
}

/// Returns what to write instead of a type in the place of a schema.
pub fn lone_type(value: &Value) -> Option<String> {
    let word = value.as_str()?;
    let is_type = Schema::WORDS.iter().any(|(key, words)| *key == "type" && words.contains(&word));
    is_type.then(|| format!("write `{{type: {word}}}`"))
}
