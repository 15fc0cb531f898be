//! One schema object, brought to what openapiv3 reads. It sees one level at a time: the schemas inside are read, and
//! normalised, on their own.

use serde_json::{Map, Value, json};

use crate::generator::problems::Place;

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

/// What JSON Schema 2020-12, which OpenAPI 3.1 uses, says otherwise than 3.0 is said in 3.0's words. `place` is where the
/// schema stands.
pub fn schema(schema: &mut Map<String, Value>, place: &Place) {
    // `required: true` on a property is an old way to say that its parent requires it; here it means nothing.
    if schema.get("required").is_some_and(Value::is_boolean) {
        schema.shift_remove("required");
    }
    constant(schema);
    types(schema, place);
    bound(schema, "exclusiveMinimum", "minimum");
    bound(schema, "exclusiveMaximum", "maximum");
    encoding(schema);
    patterns(schema);
}

/// `const: 1` is an enumeration of one value.
fn constant(schema: &mut Map<String, Value>) {
    let Some(value) = schema.shift_remove("const") else { return };
    if value.is_string() {
        schema.entry("type").or_insert_with(|| "string".into());
    }
    schema.entry("enum").or_insert_with(|| Value::Array(vec![value]));
}

/// `type: [string, "null"]` is a string that may be null; with more types, a union with a member for each of them.
fn types(schema: &mut Map<String, Value>, place: &Place) {
    let types = match schema.get("type") {
        Some(Value::Array(types)) => types.clone(),
        Some(one) if one == "null" => vec![one.clone()],
        _ => return,
    };
    let is_null = |typ: &Value| typ == "null" || typ.is_null();
    let others: Vec<usize> = (0..types.len()).filter(|index| !types.get(*index).is_some_and(is_null)).collect();
    if others.len() < types.len() {
        schema.insert("nullable".into(), Value::Bool(true));
    }
    schema.shift_remove("type");
    match others.as_slice() {
        // Nothing but null, which makes no type.
        [] => _ = schema.insert("enum".into(), Value::Array(vec![Value::Null])),
        [only] => _ = types.get(*only).map(|typ| schema.insert("type".into(), typ.clone())),
        // Values of several types have none in common that could be checked.
        _ if schema.contains_key("enum") => {}
        several => {
            let member = |index: &usize| json!({ "$ref": place.at("type").at(&index.to_string()).link() });
            let members = several.iter().map(member).collect();
            schema.retain(|key, _| ANNOTATIONS.contains(&key.as_str()) || key.starts_with("x-"));
            schema.insert("anyOf".into(), members);
        }
    }
}

/// `exclusiveMinimum: 0` is a minimum.
fn bound(schema: &mut Map<String, Value>, exclusive: &str, inclusive: &str) {
    if let Some(bound) = schema.get(exclusive).filter(|bound| bound.is_number()).cloned() {
        schema.shift_remove(exclusive);
        schema.entry(inclusive).or_insert(bound);
    }
}

/// `contentEncoding: base64` is `format: byte`; a media type alone is of bytes as they are.
fn encoding(schema: &mut Map<String, Value>) {
    let encoding = schema.get("contentEncoding").and_then(Value::as_str);
    let format = match (encoding, schema.get("contentMediaType").and_then(Value::as_str)) {
        (Some("base64"), _) => "byte",
        (Some("binary"), _) => "binary",
        (None, Some(media)) if !media.starts_with("text/") && !media.contains("json") => "binary",
        _ => return,
    };
    schema.entry("format").or_insert_with(|| format.into());
    schema.entry("type").or_insert_with(|| "string".into());
}

/// `patternProperties` and `unevaluatedProperties` speak of keys that are no property, as `additionalProperties` does.
/// Where they say different things, any value is taken.
fn patterns(schema: &mut Map<String, Value>) {
    let mut values: Vec<Value> = match schema.shift_remove("patternProperties") {
        Some(Value::Object(patterns)) => patterns.into_iter().map(|(_, values)| values).collect(),
        _ => Vec::new(),
    };
    let others = [schema.shift_remove("unevaluatedProperties"), schema.get("additionalProperties").cloned()];
    values.extend(others.into_iter().flatten().filter(|values| *values != Value::Bool(false)));
    let only = if values.len() > 1 { Some(Value::Bool(true)) } else { values.pop() };
    if let Some(values) = only {
        schema.insert("additionalProperties".into(), values);
    }
}

/// Keys that add to the type that a `$ref` beside them names; others only restrict its values, or mean nothing.
const PARTS: &[&str] = &[
    "properties",
    "required",
    "additionalProperties",
    "patternProperties",
    "unevaluatedProperties",
    "allOf",
    "oneOf",
    "anyOf",
];

/// Whether the `$ref` in a schema is all there is to its type.
pub fn is_plain_reference(schema: &Map<String, Value>) -> bool {
    schema.contains_key("$ref") && !PARTS.iter().any(|key| schema.contains_key(*key))
}
