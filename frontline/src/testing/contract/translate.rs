//! OpenAPI's schemas as JSON Schema 2020-12, for one direction.
//!
//! Only schemas that the places reach are translated, in place, so that JSON pointers stay those of the document.

use std::collections::HashSet;

use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};
use serde_json::{Map, Value, json};

use super::prune::pruned;
use super::references::{References, escape};

/// The direction of a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Direction {
    /// From the client: without properties that are `readOnly`.
    Request,
    /// From the service: without properties that are `writeOnly`.
    Response,
}

impl Direction {
    /// Returns the key that hides a property in this direction.
    #[must_use]
    pub fn hides(self) -> &'static str {
        if self == Self::Request { "readOnly" } else { "writeOnly" }
    }
}

/// The characters that a fragment may not contain (RFC 3986, 3.5).
const FRAGMENT: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'<')
    .add(b'>')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

const SCHEMA: [&str; 10] = [
    "additionalProperties",
    "items",
    "not",
    "if",
    "then",
    "else",
    "contains",
    "propertyNames",
    "unevaluatedItems",
    "unevaluatedProperties",
];
const LISTS: [&str; 4] = ["allOf", "anyOf", "oneOf", "prefixItems"];
const MAPS: [&str; 5] = ["properties", "patternProperties", "dependentSchemas", "$defs", "definitions"];
const TYPES: [&str; 7] = ["null", "boolean", "integer", "number", "string", "array", "object"];

/// Translates the schemas that the pointers reach. The result has only these schemas, and their pointers are the same.
pub fn translate(files: &impl References, places: impl Iterator<Item = String>, direction: Direction) -> Value {
    let mut translator =
        Translator { files, trees: files.trees().clone(), is_old: files.version().starts_with("3.0"), direction };
    let mut queue: Vec<String> = places.collect();
    let mut seen: HashSet<String> = queue.iter().cloned().collect();
    while let Some(pointer) = queue.pop() {
        let reached = translator.schema(&pointer);
        queue.extend(reached.into_iter().filter(|pointer| seen.insert(pointer.clone())));
    }
    pruned(&translator.trees, &seen)
}

/// Returns the reference to a pointer.
#[must_use]
pub fn reference(pointer: &str) -> String {
    format!("#{}", utf8_percent_encode(pointer, FRAGMENT))
}

/// Returns the pointer of a reference.
#[must_use]
pub fn target(reference: &str) -> Option<String> {
    Some(percent_decode_str(reference.strip_prefix('#')?).decode_utf8_lossy().into_owned())
}

struct Translator<'a, R> {
    files: &'a R,
    trees: Value,
    is_old: bool,
    direction: Direction,
}

impl<R: References> Translator<'_, R> {
    /// Translates one schema. Returns the pointers of the schemas inside it and behind its reference.
    fn schema(&mut self, pointer: &str) -> Vec<String> {
        let mut reached = Vec::new();
        let Some(place) = self.trees.pointer_mut(pointer) else { return reached };
        let mut schema = match place.take() {
            Value::Object(schema) => schema,
            other => {
                *place = Value::Bool(other != Value::Bool(false));
                return reached;
            }
        };
        self.references(pointer, &mut schema, &mut reached);
        tidy(&mut schema);
        limits(&mut schema);
        if self.is_old {
            nullable(&mut schema);
        }
        self.required(pointer, &mut schema);
        children(pointer, &schema, &mut reached);
        if schema.contains_key("discriminator") {
            reached.extend(self.heirs(pointer));
        }
        if let Some(place) = self.trees.pointer_mut(pointer) {
            *place = Value::Object(schema);
        }
        reached
    }

    fn references(&self, pointer: &str, schema: &mut Map<String, Value>, reached: &mut Vec<String>) {
        for key in ["$id", "$schema", "$anchor", "$dynamicAnchor"] {
            schema.remove(key);
        }
        if let Some(dynamic) = schema.remove("$dynamicRef") {
            schema.insert("$ref".into(), dynamic);
        }
        if let Some(Value::String(text)) = schema.get("$ref") {
            // A reference into nothing fits any value, so that the rest can be tried.
            let target = self.files.target(pointer, text);
            let siblings = if self.is_old { Map::new() } else { std::mem::take(schema) };
            *schema = siblings;
            schema.remove("$ref");
            if let Some(target) = target {
                schema.insert("$ref".into(), reference(&target).into());
                reached.push(target);
            }
        }
        for key in MAPS {
            // Some documents keep the properties elsewhere.
            let reference = schema.get(key).and_then(|map| map.get("$ref")?.as_str());
            let elsewhere = reference.and_then(|reference| self.files.target(pointer, reference));
            if let Some(map) = elsewhere.and_then(|target| self.files.at(&target)) {
                schema.insert(key.into(), map.clone());
            }
        }
        // The discriminator, and not `oneOf`, tells which of the members it is.
        if (schema.contains_key("discriminator") || self.has_tagged_members(pointer, schema))
            && !schema.contains_key("anyOf")
            && let Some(members) = schema.remove("oneOf")
        {
            schema.insert("anyOf".into(), members);
        }
        let mapping = schema.get_mut("discriminator").and_then(|discriminator| discriminator.get_mut("mapping"));
        for value in mapping.and_then(Value::as_object_mut).into_iter().flat_map(Map::values_mut) {
            let Some(text) = value.as_str() else { continue };
            let named = format!("#/components/schemas/{}", escape(text));
            let target = if text.contains('#') || text.contains('.') { self.files.target(pointer, text) } else { None };
            if let Some(target) = target.or_else(|| self.files.target("/0", &named)) {
                *value = reference(&target).into();
                reached.push(target);
            }
        }
    }

    /// Returns whether all members of `oneOf` have a discriminator, or extend schemas with one.
    fn has_tagged_members(&self, pointer: &str, schema: &Map<String, Value>) -> bool {
        let members = schema.get("oneOf").and_then(Value::as_array).map_or(0, Vec::len);
        members > 0 && (0..members).all(|index| self.is_tagged(&format!("{pointer}/oneOf/{index}"), 0))
    }

    fn is_tagged(&self, pointer: &str, depth: usize) -> bool {
        let Some(at) = self.files.behind(pointer).filter(|_| depth < 5) else { return false };
        let parents = self.files.at(&format!("{at}/allOf")).and_then(Value::as_array).map_or(0, Vec::len);
        self.files.at(&format!("{at}/discriminator")).is_some()
            || (0..parents).any(|index| self.is_tagged(&format!("{at}/allOf/{index}"), depth + 1))
    }

    /// Returns the components that extend a schema.
    fn heirs(&self, pointer: &str) -> Vec<String> {
        let components = self.files.at("/0/components/schemas").and_then(Value::as_object);
        let extends = |heir: &Value| {
            let parents = heir.get("allOf").and_then(Value::as_array).into_iter().flatten();
            let mut parents = parents.filter_map(|parent| parent.get("$ref")?.as_str());
            parents.any(|parent| self.files.target("/0", parent).as_deref() == Some(pointer))
        };
        let heirs = components.into_iter().flatten().filter(|(_, heir)| extends(heir));
        heirs.map(|(name, _)| format!("/0/components/schemas/{}", escape(name))).collect()
    }

    /// Removes the properties that the direction hides from `required`.
    fn required(&self, pointer: &str, schema: &mut Map<String, Value>) {
        let Some(Value::Array(mut names)) = schema.remove("required") else { return };
        names.retain(|name| {
            let at = format!("{pointer}/properties/{}", escape(name.as_str().unwrap_or_default()));
            let property = name.as_str().and_then(|name| schema.get("properties")?.get(name));
            let is_hidden = |schema: &Value| schema.get(self.direction.hides()) == Some(&Value::Bool(true));
            let behind = self.files.behind(&at).and_then(|at| self.files.at(&at));
            !property.is_some_and(is_hidden) && !behind.is_some_and(is_hidden)
        });
        schema.insert("required".into(), names.into());
    }
}

/// Removes keys whose values are of no use to a validator.
fn tidy(schema: &mut Map<String, Value>) {
    if let Some(Value::Array(items)) = schema.get("items") {
        let items = items.clone();
        schema.remove("items");
        schema.insert("prefixItems".into(), items.into());
    }
    let is_type = |value: &Value| value.as_str().is_some_and(|name| TYPES.contains(&name));
    schema.retain(|key, value| match key.as_str() {
        "type" => is_type(value) || value.as_array().is_some_and(|types| types.iter().all(is_type)),
        "required" => value.as_array().is_some_and(|names| names.iter().all(Value::is_string)),
        "enum" => value.is_array(),
        "format" | "pattern" => value.is_string(),
        "properties" | "patternProperties" | "dependentSchemas" | "dependentRequired" => value.is_object(),
        "minLength" | "maxLength" | "minItems" | "maxItems" | "minProperties" | "maxProperties" => {
            value.as_f64().is_some_and(|number| number >= 0.0 && number.fract() == 0.0)
        }
        "multipleOf" => value.as_f64().is_some_and(|number| number > 0.0),
        "uniqueItems" => value.is_boolean(),
        "allOf" | "anyOf" | "oneOf" | "prefixItems" => value.as_array().is_some_and(|items| !items.is_empty()),
        // Extensions and annotations, some of which hold references.
        "example" | "examples" | "xml" | "externalDocs" => false,
        _ => true,
    });
}

/// Translates 3.0's flags beside a limit.
fn limits(schema: &mut Map<String, Value>) {
    for (flag, limit) in [("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")] {
        match schema.get(flag) {
            Some(Value::Bool(true)) => {
                schema.remove(flag);
                if let Some(number) = schema.remove(limit) {
                    schema.insert(flag.into(), number);
                }
            }
            Some(Value::Number(_)) | None => {}
            Some(_) => drop(schema.remove(flag)),
        }
    }
    for limit in ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"] {
        if schema.get(limit).is_some_and(|number| !number.is_number()) {
            schema.remove(limit);
        }
    }
}

/// Translates `nullable`. It is read as its authors mean it: null is also a value beside `enum` without null, and beside
/// `allOf`, `anyOf` and `oneOf`.
fn nullable(schema: &mut Map<String, Value>) {
    if schema.remove("nullable") != Some(Value::Bool(true)) {
        return;
    }
    if schema.is_empty() {
        // A member of a union: `anyOf: [{$ref: …}, {nullable: true}]`.
        schema.insert("type".into(), "null".into());
    }
    if let Some(Value::Array(values)) = schema.get_mut("enum")
        && !values.contains(&Value::Null)
    {
        values.push(Value::Null);
    }
    if let Some(Value::String(name)) = schema.get("type") {
        let types = json!([name, "null"]);
        schema.insert("type".into(), types);
    }
    for key in ["oneOf", "anyOf"] {
        if let Some(Value::Array(members)) = schema.get_mut(key) {
            members.push(json!({ "type": "null" }));
        }
    }
    if let Some(members) = schema.remove("allOf") {
        // `anyOf` may exist already, so both are within another `allOf`.
        schema.insert("allOf".into(), json!([{ "anyOf": [{ "allOf": members }, { "type": "null" }] }]));
    }
}

fn children(pointer: &str, schema: &Map<String, Value>, reached: &mut Vec<String>) {
    reached.extend(SCHEMA.iter().filter(|key| schema.contains_key(**key)).map(|key| format!("{pointer}/{key}")));
    for key in LISTS {
        let count = schema.get(key).and_then(Value::as_array).map_or(0, Vec::len);
        reached.extend((0..count).map(|index| format!("{pointer}/{key}/{index}")));
    }
    for key in MAPS {
        let names = schema.get(key).and_then(Value::as_object).into_iter().flat_map(Map::keys);
        reached.extend(names.map(|name| format!("{pointer}/{key}/{}", escape(name))));
    }
}
