//! One schema object, brought to what openapiv3 reads. It sees one level at a time: the schemas inside are read, and
//! normalised, on their own.

use serde_json::{Map, Value};

/// Keys that say something about a value but do not change its type.
const ANNOTATIONS: &[&str] = &[
    "$ref",
    "type",
    "nullable",
    "title",
    "description",
    "default",
    "example",
    "examples",
    "deprecated",
    "readOnly",
    "writeOnly",
];

pub fn schema(schema: &mut Map<String, Value>) {
    // `required: true` on a property is an old way to say that its parent requires it; here it means nothing.
    if schema.get("required").is_some_and(Value::is_boolean) {
        schema.shift_remove("required");
    }
}

/// Whether the `$ref` in a schema is all there is to its type.
pub fn is_plain_reference(schema: &Map<String, Value>) -> bool {
    schema.contains_key("$ref") && schema.keys().all(|key| ANNOTATIONS.contains(&key.as_str()) || key.starts_with("x-"))
}
