//! Merging of the schemas that make up an object: its `allOf`, an `anyOf` whose members overlap, and a `$ref` next to
//! properties.

use openapiv3::{AdditionalProperties, AnySchema, Schema};

use super::enums::is_string_enum;
use super::facts::{facts, says_something};
use crate::generator::document::place_of;
use crate::generator::problems::{Place, Problem, nearest};
use crate::generator::resolve::merged::Merged;
use crate::generator::resolve::resolver::Resolver;

/// The maximum number of names in `required` that are compared with all properties.
const MOST_COMPARED: usize = 100;

impl Resolver<'_> {
    /// Merges the schema at `place`, whose own content is `facts`, with all schemas that it builds on.
    pub fn merge(&mut self, place: &Place, facts: AnySchema) -> Merged {
        let mut merged = Merged::default();
        self.merge_into(&mut merged, place, facts, &mut vec![place.clone()]);
        merged
    }

    /// Returns the member of an `allOf` that determines its type, if the others only restrict it. If all members are
    /// scalars, it is the first.
    pub(super) fn only_member(&mut self, facts: &AnySchema) -> Option<Place> {
        let mut telling = Vec::new();
        for member in facts.all_of.iter().filter_map(place_of) {
            let (schema, place) = self.document.read::<Schema>(&member, self.errors)?;
            let facts = super::facts::facts(schema);
            let mut conditions = Merged::default();
            self.add_conditions(&place, &mut conditions);
            if conditions.conditional.values().any(|property| !property.schemas.is_empty()) {
                return None;
            }
            if says_something(&facts) {
                let is_scalar = facts.typ.as_deref().is_some_and(|typ| typ != "object") || is_string_enum(&facts);
                telling.push((member, is_scalar));
            }
            if telling.len() > 1 && telling.iter().any(|(_, is_scalar)| !is_scalar) {
                return None;
            }
        }
        telling.into_iter().next().map(|(first, _)| first)
    }

    /// Warns about names in `required` that look like misspelled properties.
    ///
    /// Other names that are not properties are not reported: the service or a schema that builds on this one may add
    /// such a property.
    pub fn required_are_properties(&mut self, merged: &Merged) {
        let is_open =
            matches!(merged.additional, Some(AdditionalProperties::Schema(_) | AdditionalProperties::Any(true)));
        if is_open || !merged.unions.is_empty() {
            return;
        }
        let is_known = |name: &str| merged.has(name) || merged.conditional.contains_key(name);
        let missing = merged.required.iter().filter(|(name, _)| !is_known(name));
        for (name, place) in missing.take(MOST_COMPARED) {
            let others = merged.properties.iter().map(|(property, _)| property.as_str());
            let others = others.filter(|property| !merged.required.contains_key(*property));
            if let Some(meant) = nearest(name, others) {
                let message = format!("`{name}` is required, but there is no such property; did you mean `{meant}`?");
                self.errors.warn(Problem::value(place, message));
            }
        }
    }

    fn merge_into(&mut self, merged: &mut Merged, place: &Place, facts: AnySchema, open: &mut Vec<Place>) {
        if let Some(Ok(target)) = self.document.reference(place, self.errors) {
            self.merge_member(merged, &place.at("$ref"), &target, open);
        }
        for member in facts.all_of.iter().filter_map(place_of) {
            let reference = member.at("$ref");
            let at = if self.document.value(&reference).is_some() { &reference } else { &member };
            self.merge_member(merged, at, &member, open);
        }
        for (name, property) in &facts.properties {
            if let Some(place) = place_of(property) {
                merged.property(name.clone(), place);
            }
        }
        for (index, name) in facts.required.iter().enumerate() {
            let at = place.at("required").at(&index.to_string());
            merged.required.entry(name.clone()).or_insert(at);
        }
        if facts.additional_properties.is_some() {
            merged.additional.clone_from(&facts.additional_properties);
        }
        self.add_conditions(place, merged);
        let members = self.members(&facts);
        if let Some(only) = self.additions(&facts, &members) {
            let mut own = Merged::default();
            self.merge_member(&mut own, only, only, open);
            merged.add_missing(&own);
        } else if self.overlap(place, &facts, &members) {
            for member in &members {
                self.merge_member(merged, &member.place, &member.place, open);
            }
        } else if !members.is_empty() {
            merged.unions.push((place.clone(), facts));
        }
    }

    /// `member` is the place of the member, and `at` is the place that refers to it.
    fn merge_member(&mut self, merged: &mut Merged, at: &Place, member: &Place, open: &mut Vec<Place>) {
        let Some(place) = self.document.follow(member, self.errors) else { return };
        // Without this cache, a schema at the start of a chain would be merged again for every schema after it.
        if let Some(own) = self.merged.get(&place) {
            merged.add(own);
            return;
        }
        let Some(schema) = self.document.read_here::<Schema>(&place, self.errors) else { return };
        if open.contains(&place) {
            // Every schema of the cycle leads back to itself. Report only one of them.
            let is_told = open.iter().any(|each| self.told.contains(each));
            self.told.extend(open.iter().cloned());
            if is_told {
                return;
            }
            self.errors.push(
                Problem::value(at, "this schema extends itself: its `allOf` leads back to it")
                    .help("remove the member of `allOf` that leads back"),
            );
            return;
        }
        let facts = facts(schema);
        if let Some(other) = facts.typ.as_deref().filter(|typ| *typ != "object") {
            self.errors.push(
                Problem::value(at, format!("`type: {other}` cannot be merged with the objects in this `allOf`"))
                    .help("describe the value with one schema instead"),
            );
            return;
        }
        let mut own = Merged::default();
        open.push(place.clone());
        self.deeper(&place, |inner| inner.merge_into(&mut own, &place, facts, open));
        open.pop();
        merged.add(&own);
        self.merged.insert(place, own);
    }
}
