//! What a schema says of a value apart from its type.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::values::limits;
use crate::generator::docs;
use crate::generator::docs::{paragraphs, rustdoc};
use crate::generator::document::LONGEST_CHAIN;
use crate::generator::model::Access;
use crate::generator::problems::Place;
use crate::generator::profile::is_personal;
use crate::generator::resolve::resolver::Resolver;

/// Keys by which a schema says of which type its value is. One without them may be null.
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
    /// The description, and below it the values.
    pub docs: String,
    /// The limits of a value, and the one that counts where none is given.
    pub values: String,
    pub is_nullable: bool,
    pub is_deprecated: bool,
    pub is_pii: bool,
    pub access: Access,
}

impl Resolver<'_> {
    /// What a schema says beside its type; what stands beside a `$ref` counts, and wins over what the target says.
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
            // What a reference leads to comes next, and is not to be looked for from each link of a chain.
            let is_reference = schema.contains_key("$ref");
            notes.is_nullable |= admits_null(schema) || !is_reference && self.admits_null(&place, &mut BTreeSet::new());
            notes.is_deprecated |= is_set("deprecated") && seen.is_empty();
            if is_set("readOnly") {
                notes.access = Access::ReadOnly;
            } else if is_set("writeOnly") {
                notes.access = Access::WriteOnly;
            }
            notes.is_pii |= is_personal(schema);
            if let Some(Ok(target)) = self.document.reference(&place, self.errors) {
                next = Some(target);
            }
            seen.push(place);
        }
        format!("{limited} {default}").trim().clone_into(&mut notes.values);
        notes.docs = paragraphs([notes.docs, notes.values.clone()]);
        notes
    }

    /// Whether the value of the schema at `place` can be null: it says so, or one of several that it can be does, or all
    /// that it is made of do.
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

    /// Whether members of an `allOf` let null be: those that speak of a type do. Where none does, nothing is said of null.
    fn all_admit_null(&self, members: &[Place], seen: &mut BTreeSet<Place>) -> bool {
        let is_typed = |member: &&Place| {
            self.document.object(member).is_some_and(|schema| TYPING.iter().any(|key| schema.contains_key(*key)))
        };
        let typed: Vec<_> = members.iter().filter(is_typed).collect();
        !typed.is_empty() && typed.iter().all(|member| self.admits_null(member, seen))
    }
}

/// Whether a schema says itself that its value can be null.
fn admits_null(schema: &Map<String, Value>) -> bool {
    let lists_null = |values: &Value| values.as_array().is_some_and(|values| values.iter().any(Value::is_null));
    let is_null =
        |typ: &Value| typ == "null" || typ.as_array().is_some_and(|types| types.iter().any(|typ| typ == "null"));
    schema.get("nullable").and_then(Value::as_bool) == Some(true)
        || schema.get("enum").is_some_and(lists_null)
        || schema.get("const").is_some_and(Value::is_null)
        || schema.get("type").is_some_and(is_null)
}
