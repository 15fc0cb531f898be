//! The properties of an object, gathered from its `allOf`, from an `anyOf` whose members overlap, and from a `$ref` that
//! stands beside properties.

use openapiv3::{AdditionalProperties, AnySchema, Schema};

use super::enums::is_string_enum;
use super::facts::{facts, says_something};
use crate::generator::document::place_of;
use crate::generator::problems::{Place, Problem, nearest};
use crate::generator::resolve::merged::Merged;
use crate::generator::resolve::resolver::Resolver;

impl Resolver<'_> {
    /// Gathers what the schema at `place` says; `facts` is what was read of it there.
    pub fn merge(&mut self, place: &Place, facts: AnySchema) -> Merged {
        let mut merged = Merged::default();
        self.merge_into(&mut merged, place, facts, &mut vec![place.clone()]);
        merged
    }

    /// The one member of an `allOf` that makes its type: the others only restrict it, or are no objects either.
    pub(super) fn only_member(&mut self, facts: &AnySchema) -> Option<Place> {
        let mut telling = Vec::new();
        for member in facts.all_of.iter().filter_map(place_of) {
            let (schema, _) = self.document.read::<Schema>(&member, self.errors)?;
            let facts = super::facts::facts(schema);
            if says_something(&facts) {
                let is_scalar = facts.typ.as_deref().is_some_and(|typ| typ != "object") || is_string_enum(&facts);
                telling.push((member, is_scalar));
            }
        }
        let (first, _) = telling.first()?;
        let is_alone = telling.len() == 1 || telling.iter().all(|(_, is_scalar)| *is_scalar);
        is_alone.then(|| first.clone())
    }

    /// A name in `required` that is no property may be one all the same, of what the service adds or of a schema that
    /// builds on this one. It is told only where it is all but the name of a property that is not required.
    pub fn required_are_properties(&mut self, merged: &Merged) {
        let is_open =
            matches!(merged.additional, Some(AdditionalProperties::Schema(_) | AdditionalProperties::Any(true)));
        if is_open || !merged.unions.is_empty() {
            return;
        }
        for (name, place) in &merged.required {
            let others = merged.properties.iter().map(|(property, _)| property.as_str());
            let others = others.filter(|property| !merged.required.contains_key(*property));
            if !merged.has(name)
                && let Some(meant) = nearest(name, others)
            {
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

    /// `at` is where the member was named, `member` where it stands.
    fn merge_member(&mut self, merged: &mut Merged, at: &Place, member: &Place, open: &mut Vec<Place>) {
        let Some((schema, place)) = self.document.read::<Schema>(member, self.errors) else { return };
        if open.contains(&place) {
            // Each schema of the circle leads back; one of them is enough to tell.
            let is_told = open.iter().any(|each| self.told.contains(each));
            self.told.extend(open.iter().cloned());
            if is_told {
                return;
            }
            self.errors.push(
                Problem::value(at, "this schema is made of itself: `allOf` leads back to where it began")
                    .help("take the member that leads back out of `allOf`"),
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
        // Schemas that build on each other in a chain would be merged once for each that comes after.
        if !self.merged.contains_key(&place) {
            let mut own = Merged::default();
            open.push(place.clone());
            self.merge_into(&mut own, &place, facts, open);
            open.pop();
            self.merged.insert(place.clone(), own);
        }
        if let Some(own) = self.merged.get(&place) {
            merged.add(own);
        }
    }
}
