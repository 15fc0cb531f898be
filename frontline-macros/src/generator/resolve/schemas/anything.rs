//! `oneOf` and `anyOf` with members that describe nothing, so that they allow any value, or any object.

use openapiv3::AnySchema;
use serde_json::Value;

use super::member::Member;
use crate::generator::document::place_of;
use crate::generator::problems::{Place, Problem};
use crate::generator::resolve::resolver::Resolver;

impl Resolver<'_> {
    /// Returns whether the schema at `place` consists of a `oneOf` or `anyOf` with a member that allows any value. Warns if that
    /// member has limits.
    pub(super) fn is_anything(&mut self, place: &Place, facts: &AnySchema) -> bool {
        if is_described(facts) {
            return false;
        }
        if facts.one_of.iter().chain(&facts.any_of).filter_map(place_of).any(|member| self.has_only(&member, |_| false))
        {
            return true;
        }
        let Some(limited) = self.limited(facts, is_limit) else { return false };
        let members = self.members(facts);
        // If all members are such ones, the schema has no type anyway. A map keeps the properties that a struct does not list.
        let is_of_objects = self.limited(facts, is_limit_of_objects).as_ref() == Some(&limited);
        if members.is_empty() || is_of_objects && self.is_one_struct(place, facts, &members) {
            return false;
        }
        if self.told.insert(limited.clone()) {
            let message = "this member has no type, so it allows more values than the other members, and the union becomes any JSON value";
            self.errors.warn(Problem::value(&limited, message).help("add the `type` of the values"));
        }
        true
    }

    /// Returns whether the schema at `place` consists of a `oneOf` or `anyOf` with a member that allows objects of any
    /// properties, although it has limits.
    pub(super) fn allows_any_object(&self, facts: &AnySchema) -> bool {
        !is_described(facts) && self.limited(facts, is_limit_of_objects).is_some()
    }

    /// Returns whether the members of the `oneOf` or `anyOf` at `place` become one struct.
    fn is_one_struct(&mut self, place: &Place, facts: &AnySchema, members: &[Member]) -> bool {
        self.overlap(place, facts, members) || self.additions(facts, members).is_some()
    }

    /// Returns the first member that consists of limits.
    fn limited(&self, facts: &AnySchema, is_limit: fn(&str) -> bool) -> Option<Place> {
        facts.one_of.iter().chain(&facts.any_of).filter_map(place_of).find(|member| self.has_only(member, is_limit))
    }

    /// Returns whether a schema has only keys that say nothing about its values, or that `is_limit` names.
    fn has_only(&self, place: &Place, is_limit: fn(&str) -> bool) -> bool {
        match self.document.value(&self.document.behind(place)) {
            Some(Value::Object(schema)) => schema.keys().all(|key| is_annotation(key) || is_limit(key)),
            value => value == Some(&Value::Bool(true)),
        }
    }
}

/// Returns whether a schema describes values, apart from its `oneOf` or `anyOf`.
fn is_described(facts: &AnySchema) -> bool {
    let has_parts = !facts.properties.is_empty() || facts.additional_properties.is_some() || facts.items.is_some();
    has_parts || facts.typ.is_some() || !facts.all_of.is_empty() || !facts.enumeration.is_empty()
}

/// Returns whether a key of a schema says nothing about its values.
fn is_annotation(key: &str) -> bool {
    const ANNOTATIONS: &[&str] = &[
        "title",
        "description",
        "default",
        "example",
        "examples",
        "deprecated",
        "readOnly",
        "writeOnly",
        "nullable",
        "externalDocs",
        "$comment",
    ];
    ANNOTATIONS.contains(&key) || key.starts_with("x-")
}

/// Returns whether a key of a schema limits values of one type. All other values are allowed.
fn is_limit(key: &str) -> bool {
    const LIMITS: &[&str] = &[
        "minItems",
        "maxItems",
        "uniqueItems",
        "minLength",
        "maxLength",
        "pattern",
        "minimum",
        "maximum",
        "exclusiveMinimum",
        "exclusiveMaximum",
        "multipleOf",
    ];
    is_limit_of_objects(key) || LIMITS.contains(&key)
}

fn is_limit_of_objects(key: &str) -> bool {
    ["minProperties", "maxProperties", "propertyNames"].contains(&key)
}
