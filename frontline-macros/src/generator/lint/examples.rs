//! Checks of examples and defaults against their schemas: types, listed values, limits and properties.
//!
//! Patterns and formats are not checked, and neither are the members of unions.

use std::cell::Cell;

use serde_json::{Map, Value};

use super::context::Context;
use super::here::Here;
use super::limits::{is_of, kind};
use super::rules::{DEFAULT_WRONG, EXAMPLE_TWICE, EXAMPLE_WRONG};
use crate::generator::document::Document;
use crate::generator::problems::{Errors, Place};

/// The maximum number of schemas and references around a value that is checked.
const DEEPEST: usize = 30;
/// The maximum number of schemas that an example is compared with. Schemas that contain themselves several times would
/// otherwise take a time that is exponential in the depth.
const MOST_COMPARED: usize = 10_000;

/// Checks the examples of a parameter, a header or a media type.
pub fn of(here: &Here<'_>, context: &mut Context<'_>) {
    let (example, examples) = (here.get("example"), here.get("examples"));
    if let (Some(example), Some(_)) = (&example, &examples) {
        EXAMPLE_TWICE.at_key(&example.place(), &[], context.errors);
    }
    let Some(schema) = here.get("schema") else { return };
    if let Some(example) = &example {
        self::example(example, &schema, context);
    }
    for (_, named) in examples.iter().flat_map(Here::entries) {
        if let Some(value) = named.get("value") {
            self::example(&value, &schema, context);
        } else if named.has("$ref") {
            let place = context.document.behind(&named.place()).at("value");
            if let Some(value) = context.document.value(&place) {
                self::example(&Here::start(&place, value), &schema, context);
            }
        }
    }
}

/// Checks the examples that a schema contains under `key`.
pub fn of_schema(key: &str, schema: &Here<'_>, inner: &Here<'_>, context: &mut Context<'_>) {
    match key {
        "example" => example(inner, schema, context),
        _ => inner.items().for_each(|each| example(&each, schema, context)),
    }
}

fn example(value: &Here<'_>, schema: &Here<'_>, context: &mut Context<'_>) {
    // References are the documents' own way to reuse examples, and a text can contain JSON.
    let is_json = value.value.as_str().is_some_and(|text| text.trim_start().starts_with(['{', '[']));
    if is_json || value.has("$ref") {
        return;
    }
    if let Some((place, why)) = fault(value, schema, context) {
        EXAMPLE_WRONG.at_value(&place, &[&why], context.errors);
    }
}

/// Checks the default of a schema.
pub fn default(schema: &Here<'_>, value: &Here<'_>, context: &mut Context<'_>) {
    if value.value.is_null() {
        return;
    }
    if let Some((place, why)) = fault(value, schema, context) {
        DEFAULT_WRONG.at_value(&place, &[&why], context.errors);
    }
}

type Fault = Option<(Place, String)>;

fn fault(value: &Here<'_>, schema: &Here<'_>, context: &Context<'_>) -> Fault {
    let compared = Cell::new(0);
    let check = Check { document: context.document, file: schema.file(), depth: 0, compared: &compared };
    check.fault(value, schema.value)
}

/// The file of a schema, how many schemas are around it, and how many were compared.
#[derive(Clone, Copy)]
struct Check<'a> {
    document: &'a Document,
    file: usize,
    depth: usize,
    compared: &'a Cell<usize>,
}

impl Check<'_> {
    /// Returns the part of a value that does not fit its schema, and why.
    fn fault(self, value: &Here<'_>, schema: &Value) -> Fault {
        self.compared.set(self.compared.get() + 1);
        let is_near = self.depth < DEEPEST && self.compared.get() < MOST_COMPARED;
        let object = schema.as_object().filter(|_| is_near)?;
        let inner = Self { depth: self.depth + 1, ..self };
        if let Some(reference) = object.get("$ref").and_then(Value::as_str) {
            let (file, target) = self.target(reference)?;
            return Self { file, ..inner }.fault(value, target);
        }
        if value.value.is_null() && allows_null(object) {
            return None;
        }
        if let Some(why) = mistyped(value.value, object).or_else(|| unlisted(value.value, object)) {
            return Some((value.place(), why));
        }
        if let Some(why) = beyond(value.value, object) {
            return Some((value.place(), why));
        }
        let all = object.get("allOf").and_then(Value::as_array).into_iter().flatten();
        let mut all = all.filter_map(|member| inner.fault(value, member));
        all.next().or_else(|| inner.parts(value, object))
    }

    /// Returns the target of a reference, and its file. Most are pointers to the same file.
    fn target(&self, reference: &str) -> Option<(usize, &Value)> {
        if let Some(pointer) = reference.strip_prefix('#').filter(|pointer| pointer.starts_with('/')) {
            let place = Place { file: self.file, pointer: pointer.to_owned() };
            if let Some(value) = self.document.value(&place) {
                return Some((self.file, value));
            }
        }
        let target = self.document.target(reference, &Place::root(self.file), &mut Errors::default())?;
        Some((target.file, self.document.value(&target)?))
    }

    /// Checks the items of a list, and the properties of an object.
    fn parts(self, value: &Here<'_>, schema: &Map<String, Value>) -> Fault {
        if let Some(items) = schema.get("items").filter(|_| !schema.contains_key("prefixItems")) {
            return value.items().find_map(|item| self.fault(&item, items));
        }
        let properties = schema.get("properties").and_then(Value::as_object)?;
        let additional = schema.get("additionalProperties");
        value.entries().find_map(|(name, part)| match properties.get(name).or(additional) {
            Some(Value::Bool(false)) => Some((part.place(), format!("it has no property `{name}`"))),
            Some(schema) => self.fault(&part, schema),
            None => None,
        })
    }
}

/// Returns whether a schema allows null, or may do so by its members.
fn allows_null(schema: &Map<String, Value>) -> bool {
    let has_null =
        |list: &Value| list.as_array().is_some_and(|list| list.iter().any(|each| each.is_null() || each == "null"));
    !schema.contains_key("type")
        || schema.get("nullable").is_some_and(|flag| flag == true)
        || ["type", "enum"].iter().any(|key| schema.get(*key).is_some_and(has_null))
        || ["oneOf", "anyOf", "allOf"].iter().any(|key| schema.contains_key(*key))
}

fn mistyped(value: &Value, schema: &Map<String, Value>) -> Option<String> {
    let types = match schema.get("type")? {
        Value::String(only) => vec![only.as_str()],
        Value::Array(several) => several.iter().filter_map(Value::as_str).collect(),
        _ => return None,
    };
    let is_right = types.iter().any(|typ| is_of(value, typ));
    (!is_right).then(|| format!("it is {}, but the type is `{}`", kind(value), types.join("` or `")))
}

fn unlisted(value: &Value, schema: &Map<String, Value>) -> Option<String> {
    let list = schema.get("enum").and_then(Value::as_array).filter(|list| !list.is_empty())?;
    let is_same = |other: &Value| match (value, other) {
        (Value::Number(one), Value::Number(other)) => one.as_f64() == other.as_f64(),
        // An unquoted value of an enum is told there.
        (Value::String(text), Value::Number(number)) => *text == number.to_string(),
        (Value::String(text), Value::Bool(flag)) => *text == flag.to_string(),
        (one, other) => one == other,
    };
    (!list.iter().any(is_same)).then(|| "`enum` does not list it".to_owned())
}

/// Returns the limit that a value exceeds.
fn beyond(value: &Value, schema: &Map<String, Value>) -> Option<String> {
    let limit = |key: &str| schema.get(key).and_then(Value::as_f64);
    let is_exclusive = |key: &str| schema.get(key).is_some_and(|flag| flag == true);
    #[expect(clippy::cast_precision_loss, reason = "no example has that many characters or items")]
    let (size, [least, most]) = match value {
        Value::Number(number) => (number.as_f64()?, ["minimum", "maximum"]),
        Value::String(text) => (text.chars().count() as f64, ["minLength", "maxLength"]),
        Value::Array(items) => (items.len() as f64, ["minItems", "maxItems"]),
        _ => return None,
    };
    // Limits that contradict each other are told themselves.
    if limit(least).zip(limit(most)).is_some_and(|(least, most)| least > most) {
        return None;
    }
    let too_small = limit(least).filter(|limit| size < *limit || is_exclusive("exclusiveMinimum") && size <= *limit);
    let too_large = limit(most).filter(|limit| size > *limit || is_exclusive("exclusiveMaximum") && size >= *limit);
    let say = |key: &str, limit: f64| format!("`{key}` is {limit}");
    too_small.map(|limit| say(least, limit)).or_else(|| too_large.map(|limit| say(most, limit)))
}
