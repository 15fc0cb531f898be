//! What a schema says about a value apart from its type.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::values::{limits, plain_limits};
use crate::generator::docs;
use crate::generator::docs::{paragraphs, rustdoc};
use crate::generator::document::LONGEST_CHAIN;
use crate::generator::model::{Access, Limits};
use crate::generator::problems::{Errors, Place};
use crate::generator::resolve::null::Null;
use crate::generator::resolve::resolver::Resolver;

/// Keys that determine the type of a value.
const TYPING: &[&str] = &[
    "$ref",
    "type",
    "enum",
    "const",
    "properties",
    "additionalProperties",
    "items",
    "prefixItems",
    "allOf",
    "oneOf",
    "anyOf",
];

/// Keys that may forbid null. Others, such as `properties`, say nothing about values of other types (JSON Schema, 7.6.1).
const FORBIDDING: &[&str] = &["type", "nullable", "enum", "const", "oneOf", "anyOf"];

#[derive(Default)]
pub struct Notes {
    pub description: String,
    /// The limits and the default of the value.
    pub values: String,
    pub default: Option<Value>,
    pub limits: Limits,
    pub is_nullable: bool,
    pub is_deprecated: bool,
    pub access: Access,
}

impl Notes {
    /// Returns the description, followed by `values`.
    pub fn docs(&self) -> String {
        paragraphs([self.description.clone(), self.values.clone()])
    }
}

impl Resolver<'_> {
    /// Reads what the schemas of one value say apart from its type. The last one takes precedence.
    pub fn notes_of(&mut self, places: &[Place]) -> Notes {
        if let [only] = places {
            return self.notes(only);
        }
        let mut notes = Notes::default();
        for place in places {
            let other = self.notes(place);
            if !other.description.is_empty() {
                notes.description = other.description;
            }
            if !other.values.is_empty() {
                notes.values = other.values;
            }
            notes.default = other.default.or(notes.default);
            if !other.limits.is_empty() {
                notes.limits = other.limits;
            }
            if self.null(place, &mut BTreeSet::new()) != Null::Unsaid {
                notes.is_nullable = other.is_nullable;
            }
            if other.access != Access::Both {
                notes.access = other.access;
            }
            notes.is_deprecated |= other.is_deprecated;
        }
        notes
    }

    /// Reads what a schema says apart from its type, including keys next to a `$ref`.
    ///
    /// A description or `deprecated` counts only at `place` itself, not at the target of a reference. Limits and
    /// defaults next to a `$ref` take precedence over the target's.
    pub fn notes(&mut self, place: &Place) -> Notes {
        let mut notes = Notes::default();
        let mut limited = String::new();
        let mut next = Some(place.clone());
        let mut seen = Vec::new();
        while let Some(place) = next.take().filter(|place| seen.len() < LONGEST_CHAIN && !seen.contains(place)) {
            let Some(schema) = self.document.object(&place) else { break };
            if notes.description.is_empty() && seen.is_empty() {
                notes.description = rustdoc(self.document.text(&place.at("description")).unwrap_or_default());
            }
            if limited.is_empty() {
                limited = limits(schema);
            }
            if notes.limits.is_empty() {
                notes.limits = plain_limits(schema);
            }
            if let Some(value) = schema.get("default").filter(|value| !value.is_null() && notes.default.is_none()) {
                notes.default = Some(value.clone());
            }
            let is_set = |key: &str| schema.get(key).and_then(Value::as_bool) == Some(true);
            // The next iteration looks at the target of a reference. Following it here would take quadratic time.
            let is_reference = schema.contains_key("$ref");
            notes.is_nullable |=
                admits_null(schema) || !is_reference && self.null(&place, &mut BTreeSet::new()) == Null::Allowed;
            notes.is_deprecated |= is_set("deprecated") && seen.is_empty();
            if is_set("readOnly") {
                notes.access = Access::ReadOnly;
            } else if is_set("writeOnly") {
                notes.access = Access::WriteOnly;
            }
            // Mistakes are reported when the type is read.
            if let Some(Ok(target)) = self.document.reference(&place, &mut Errors::default()) {
                next = Some(target);
            }
            seen.push(place);
        }
        let default = notes.default.as_ref().map(docs::default).unwrap_or_default();
        format!("{limited} {default}").trim().clone_into(&mut notes.values);
        notes
    }

    /// Returns whether the schema at `place` allows null: by itself, by a member of `oneOf` or `anyOf`, or by all
    /// members of `allOf`.
    ///
    /// If that depends on a schema in `seen`, the answer is no for the first schema only.
    fn null(&mut self, place: &Place, seen: &mut BTreeSet<Place>) -> Null {
        if let Some(known) = self.nullable.get(place) {
            return *known;
        }
        if !seen.insert(place.clone()) {
            return Null::Open;
        }
        let is_first = seen.len() == 1;
        let found = match self.deeper(place, |inner| inner.find_null(place, seen)).unwrap_or(Null::Forbidden) {
            Null::Open if is_first => Null::Forbidden,
            found => found,
        };
        if found != Null::Open {
            self.nullable.insert(place.clone(), found);
        }
        found
    }

    fn find_null(&mut self, place: &Place, seen: &mut BTreeSet<Place>) -> Null {
        let document = self.document;
        let Some(schema) = document.object(place) else { return Null::Forbidden };
        if admits_null(schema) {
            return Null::Allowed;
        }
        if schema.contains_key("$ref") {
            return self.null(&document.behind(place), seen);
        }
        let members = |key: &str| {
            let count = schema.get(key).and_then(Value::as_array).map_or(0, Vec::len);
            (0..count).map(|index| place.at(key).at(&index.to_string())).collect::<Vec<_>>()
        };
        let has_type = FORBIDDING.iter().any(|key| schema.contains_key(*key));
        let mut found = if has_type { Null::Forbidden } else { Null::Unsaid };
        for member in [members("oneOf"), members("anyOf")].concat() {
            match self.null(&member, seen) {
                Null::Allowed => return Null::Allowed,
                Null::Forbidden | Null::Unsaid => {}
                Null::Open => found = Null::Open,
            }
        }
        let all = members("allOf");
        // `allOf: [{$ref: …}, {nullable: true}]`: strictly speaking, this allows nothing, but it is meant.
        let is_nullable = |member: &Place| {
            let schema = document.object(member).filter(|schema| admits_null(schema));
            schema.is_some_and(|schema| !TYPING.iter().any(|key| schema.contains_key(*key)))
        };
        if all.iter().any(is_nullable) {
            return Null::Allowed;
        }
        let mut together = Null::Unsaid;
        for member in all {
            match self.null(&member, seen) {
                Null::Forbidden if found == Null::Open => return Null::Open,
                Null::Forbidden => return Null::Forbidden,
                Null::Allowed if together == Null::Unsaid => together = Null::Allowed,
                Null::Allowed | Null::Unsaid => {}
                Null::Open => together = Null::Open,
            }
        }
        if together == Null::Unsaid { found } else { together }
    }
}

/// Returns whether a schema itself, apart from its members, allows null.
fn admits_null(schema: &Map<String, Value>) -> bool {
    let lists_null = |values: &Value| values.as_array().is_some_and(|values| values.iter().any(Value::is_null));
    let is_null =
        |typ: &Value| typ == "null" || typ.as_array().is_some_and(|types| types.iter().any(|typ| typ == "null"));
    schema.get("nullable").and_then(Value::as_bool) == Some(true)
        || schema.get("enum").is_some_and(lists_null)
        || schema.get("const").is_some_and(Value::is_null)
        || schema.get("type").is_some_and(is_null)
}
