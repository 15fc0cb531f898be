//! Normalizes a schema object to the form that openapiv3 reads. Nested schemas are read and normalized separately.

use serde_json::{Map, Value, json};

use crate::generator::problems::Place;

/// Keys that stay in a schema whose list of types becomes a union. All other keys apply to the members only.
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

/// Rewrites keywords of JSON Schema 2020-12, which OpenAPI 3.1 uses, as those of OpenAPI 3.0. `place` is the place of
/// the schema.
pub fn schema(schema: &mut Map<String, Value>, place: &Place) {
    // In older versions of JSON Schema, `required: true` in a property meant that its parent requires it.
    if schema.get("required").is_some_and(Value::is_boolean) {
        schema.shift_remove("required");
    }
    constant(schema);
    items(schema);
    types(schema, place);
    bound(schema, "exclusiveMinimum", "minimum");
    bound(schema, "exclusiveMaximum", "maximum");
    integers(schema);
    encoding(schema);
    patterns(schema);
    parts(schema);
}

/// Rewrites `const: 1` as `enum: [1]`.
fn constant(schema: &mut Map<String, Value>) {
    let Some(value) = schema.shift_remove("const") else { return };
    if value.is_string() {
        schema.entry("type").or_insert_with(|| "string".into());
    }
    schema.entry("enum").or_insert_with(|| Value::Array(vec![value]));
}

/// Rewrites `type: [string, "null"]` as a nullable string. If other types remain, the result is a union with a member
/// for each type.
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
        // `null` is the only type.
        [] => _ = schema.insert("enum".into(), Value::Array(vec![Value::Null])),
        [only] => _ = types.get(*only).map(|typ| schema.insert("type".into(), typ.clone())),
        // The values of the enum may have different types, so no type is set.
        _ if schema.contains_key("enum") => {}
        several => {
            let member = |index: &usize| json!({ "$ref": place.at("type").at(&index.to_string()).link() });
            let members = several.iter().map(member).collect();
            schema.retain(|key, _| ANNOTATIONS.contains(&key.as_str()) || key.starts_with("x-"));
            schema.insert("anyOf".into(), members);
        }
    }
}

/// The formats of integers (OpenAPI Format Registry), and those of 128 bits.
const INTEGERS: &[&str] =
    &["int8", "int16", "int32", "int64", "int128", "uint8", "uint16", "uint32", "uint64", "uint128"];

/// Rewrites `type: number` with the format of an integer as `type: integer`, because an `f64` does not hold all of them.
/// If a value in the schema has a fraction, the format is wrong.
fn integers(schema: &mut Map<String, Value>) {
    let has_type = schema.get("type").is_some_and(|typ| typ == "number");
    let has_format = schema.get("format").and_then(Value::as_str).is_some_and(is_integer);
    if has_type && has_format && !has_fraction(schema) {
        schema.insert("type".into(), "integer".into());
    }
}

/// Returns whether a format is that of an integer.
pub fn is_integer(format: &str) -> bool {
    INTEGERS.contains(&format)
}

/// Returns whether a schema contains a number with a fraction, which says that its values have one.
pub fn has_fraction(schema: &Map<String, Value>) -> bool {
    let listed = schema.get("enum").and_then(Value::as_array).into_iter().flatten();
    let mut values = listed.chain(["const", "default", "multipleOf"].iter().filter_map(|key| schema.get(*key)));
    values.any(|value| value.as_f64().is_some_and(|number| number.fract() != 0.0))
}

/// Rewrites `exclusiveMinimum: 0` as `minimum: 0`.
fn bound(schema: &mut Map<String, Value>, exclusive: &str, inclusive: &str) {
    if let Some(bound) = schema.get(exclusive).filter(|bound| bound.is_number()).cloned() {
        schema.shift_remove(exclusive);
        schema.entry(inclusive).or_insert(bound);
    }
}

/// Rewrites `contentEncoding: base64` as `format: byte`. A media type without an encoding means raw bytes, unless it is
/// text or JSON.
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

/// Patterns that match all names.
const ALL: &[&str] = &["", ".", ".*", ".+", "^", "^.*", "^.+", "^.*$", "^.+$"];

/// Rewrites `patternProperties` and `unevaluatedProperties` as `additionalProperties`. If there are several schemas, or if
/// other names are allowed, any value is allowed.
fn patterns(schema: &mut Map<String, Value>) {
    let patterns = match schema.shift_remove("patternProperties") {
        Some(Value::Object(patterns)) => patterns,
        _ => Map::new(),
    };
    let others = [schema.shift_remove("unevaluatedProperties"), schema.get("additionalProperties").cloned()];
    let is_open = others.iter().all(Option::is_none) && !patterns.keys().any(|pattern| ALL.contains(&pattern.as_str()));
    let any = (!patterns.is_empty() && is_open).then_some(Value::Bool(true));
    let mut values: Vec<Value> = patterns.into_iter().map(|(_, values)| values).chain(any).collect();
    values.extend(others.into_iter().flatten().filter(|values| *values != Value::Bool(false)));
    let only = if values.len() > 1 { Some(Value::Bool(true)) } else { values.pop() };
    if let Some(values) = only {
        schema.insert("additionalProperties".into(), values);
    }
}

/// Removes what a schema says about the parts of values of other types.
fn parts(schema: &mut Map<String, Value>) {
    let Some(typ) = schema.get("type").and_then(Value::as_str).map(ToOwned::to_owned) else { return };
    if typ != "object" {
        for key in ["properties", "required", "additionalProperties"] {
            schema.shift_remove(key);
        }
    }
    if typ != "array" {
        schema.shift_remove("items");
    }
}

/// Treats a schema with `prefixItems` as a list, and rewrites `unevaluatedItems` as `items`.
fn items(schema: &mut Map<String, Value>) {
    if let Some(items) = schema.shift_remove("unevaluatedItems").filter(Value::is_object) {
        schema.entry("items").or_insert(items);
    }
    let is_typed =
        ["type", "$ref", "properties", "allOf", "oneOf", "anyOf"].iter().any(|key| schema.contains_key(*key));
    if schema.shift_remove("prefixItems").is_some() && !is_typed {
        schema.insert("type".into(), "array".into());
    }
}

/// Keys that change the type if they are siblings of a `$ref`, as the format of an integer does. All other keys only
/// restrict its values or are ignored.
const PARTS: &[&str] = &[
    "properties",
    "required",
    "additionalProperties",
    "patternProperties",
    "unevaluatedProperties",
    "allOf",
    "oneOf",
    "anyOf",
    "dependentSchemas",
];

/// Returns whether a schema has a `$ref` that determines its type alone.
pub fn is_plain_reference(schema: &Map<String, Value>) -> bool {
    let has_parts = |schema: &Map<String, Value>| PARTS.iter().any(|key| schema.contains_key(*key));
    let is_condition = |key: &str| schema.get(key).and_then(Value::as_object).is_some_and(has_parts);
    let is_number = schema.get("format").and_then(Value::as_str).is_some_and(is_integer);
    let is_changed = has_parts(schema) || is_condition("then") || is_condition("else") || is_number;
    schema.contains_key("$ref") && !is_changed
}
