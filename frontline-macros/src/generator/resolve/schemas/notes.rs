//! What a schema says about a value apart from its type.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::values::limits;
use crate::generator::docs;
use crate::generator::docs::{paragraphs, rustdoc};
use crate::generator::document::LONGEST_CHAIN;
use crate::generator::model::Access;
use crate::generator::problems::Place;
use crate::generator::resolve::resolver::Resolver;

/// Keys that determine the type of a value. A schema without any of them also allows null.
const TYPING: &[&str] = &[
    "$ref",
    "type",
    "nullable",
    "enum",
    "const",
    "properties",
    "additionalProperties",
    "items",
    "allOf",
    "oneOf",
    "anyOf",
];

#[derive(Default)]
pub struct Notes {
    /// The description, followed by `values`.
    pub docs: String,
    /// The limits and the default of the value.
    pub values: String,
    pub is_nullable: bool,
    pub is_deprecated: bool,
    pub access: Access,
}

impl Resolver<'_> {
    /// Reads what a schema says apart from its type, including keys next to a `$ref`.
    ///
    /// A description or `deprecated` counts only at `place` itself, not at the target of a reference. Limits and
    /// defaults next to a `$ref` take precedence over the target's.
    pub fn notes(&mut self, place: &Place) -> Notes {
        let mut notes = Notes::default();
        let (mut limited, mut default) = (String::new(), String::new());
        let mut next = Some(place.clone());
        let mut seen = Vec::new();
        while let Some(place) = next.take().filter(|place| seen.len() < LONGEST_CHAIN && !seen.contains(place)) {
            let Some(schema) = self.document.object(&place) else { break };
            if notes.docs.is_empty() && seen.is_empty() {
                notes.docs = rustdoc(self.document.text(&place.at("description")).unwrap_or_default());
            }
            if limited.is_empty() {
                limited = limits(schema);
            }
            if let Some(value) = schema.get("default").filter(|value| !value.is_null() && default.is_empty()) {
                default = docs::default(value);
            }
            let is_set = |key: &str| schema.get(key).and_then(Value::as_bool) == Some(true);
            // The next iteration looks at the target of a reference. Following it here would take quadratic time.
            let is_reference = schema.contains_key("$ref");
            notes.is_nullable |= admits_null(schema) || !is_reference && self.admits_null(&place, &mut BTreeSet::new());
            notes.is_deprecated |= is_set("deprecated") && seen.is_empty();
            if is_set("readOnly") {
                notes.access = Access::ReadOnly;
            } else if is_set("writeOnly") {
                notes.access = Access::WriteOnly;
            }
            if let Some(Ok(target)) = self.document.reference(&place, self.errors) {
                next = Some(target);
            }
            seen.push(place);
        }
        format!("{limited} {default}").trim().clone_into(&mut notes.values);
        notes.docs = paragraphs([notes.docs, notes.values.clone()]);
        notes
    }

    /// Returns whether the schema at `place` allows null: by itself, by a member of `oneOf` or `anyOf`, or by all
    /// members of `allOf`.
    fn admits_null(&self, place: &Place, seen: &mut BTreeSet<Place>) -> bool {
        let Some(schema) = self.document.object(place).filter(|_| !seen.contains(place)) else { return false };
        if schema.contains_key("$ref") && !admits_null(schema) {
            seen.insert(place.clone());
            return self.admits_null(&self.document.behind(place), seen);
        }
        let members = |key: &str| {
            let count = schema.get(key).and_then(Value::as_array).map_or(0, Vec::len);
            (0..count).map(|index| place.at(key).at(&index.to_string())).collect::<Vec<_>>()
        };
        let (any, all) = ([members("oneOf"), members("anyOf")].concat(), members("allOf"));
        seen.insert(place.clone());
        admits_null(schema)
            || any.iter().any(|member| self.admits_null(member, seen))
            || self.all_admit_null(&all, seen)
    }

    /// Returns whether the members of an `allOf` allow null. Members that determine no type do not count, and if there
    /// are no others, the answer is no.
    fn all_admit_null(&self, members: &[Place], seen: &mut BTreeSet<Place>) -> bool {
        let is_typed = |member: &&Place| {
            self.document.object(member).is_some_and(|schema| TYPING.iter().any(|key| schema.contains_key(*key)))
        };
        let typed: Vec<_> = members.iter().filter(is_typed).collect();
        !typed.is_empty() && typed.iter().all(|member| self.admits_null(member, seen))
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
