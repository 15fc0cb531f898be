//! Properties that only some objects of a schema have: those in `if`, `then`, `else` and `dependentSchemas`, and those
//! that `dependentRequired` names.

use std::collections::BTreeSet;

use openapiv3::{AdditionalProperties, AnySchema, ReferenceOr, Schema};
use proc_macro2::Ident;
use serde_json::Value;

use super::facts::facts;
use crate::generator::document::place_of;
use crate::generator::model::{Field, Type, TypeKind};
use crate::generator::names;
use crate::generator::problems::{Place, Problem};
use crate::generator::resolve::merged::{Additional, Conditional, Merged};
use crate::generator::resolve::places::of_one;
use crate::generator::resolve::resolver::Resolver;

/// The maximum number of different schemas of one property. If there are more, it can be any JSON value.
const MOST_FORMS: usize = 20;

const DOCS: &str = "The document names this property, but does not describe it.";

impl Resolver<'_> {
    /// Adds what the schema at `place` says about objects that meet a condition.
    pub(super) fn add_conditions(&mut self, place: &Place, merged: &mut Merged) {
        let mut found = self.conditions(place, merged);
        let mut seen = BTreeSet::new();
        let mut index = 0;
        while let Some(place) = found.get(index).cloned() {
            index += 1;
            if !seen.insert(place.clone()) {
                continue;
            }
            if let Some(Ok(target)) = self.document.reference(&place, self.errors) {
                found.push(target);
            }
            let Some(facts) = self.document.read_here::<Schema>(&place, self.errors).map(facts) else { continue };
            if facts.typ.as_deref().is_some_and(|typ| typ != "object") {
                continue;
            }
            for (name, property) in &facts.properties {
                if let Some(at) = place_of(property) {
                    merged.condition(name, &at).schemas.push(at);
                }
            }
            for (index, name) in facts.required.iter().enumerate() {
                merged.condition(name, &place.at("required").at(&index.to_string()));
            }
            if !matches!(facts.additional_properties, None | Some(AdditionalProperties::Any(false))) {
                merged.additional.get_or_insert(Additional::Any);
            }
            found.extend([facts.all_of, facts.one_of, facts.any_of].concat().iter().filter_map(place_of));
            found.extend(self.conditions(&place, merged));
        }
    }

    /// Returns whether conditions of the schema at `place` describe properties.
    pub(super) fn has_conditional(&mut self, place: &Place) -> bool {
        let mut merged = Merged::default();
        self.add_conditions(place, &mut merged);
        merged.conditional.values().any(|property| !property.schemas.is_empty())
    }

    /// Returns the schemas that apply to objects that meet a condition, and adds the properties that conditions name.
    fn conditions(&self, place: &Place, merged: &mut Merged) -> Vec<Place> {
        let place = self.document.written_at(place);
        let Some(schema) = self.document.object(&place) else { return Vec::new() };
        let mut found = Vec::new();
        if schema.contains_key("if") {
            for (name, at) in self.document.entries(&place.at("if").at("properties")) {
                merged.condition(&name, &at);
            }
            found.extend(["then", "else"].iter().filter(|key| schema.contains_key(**key)).map(|key| place.at(key)));
        }
        // `dependencies` is how older versions of JSON Schema write the other two.
        for key in ["dependentSchemas", "dependentRequired", "dependencies"] {
            if !schema.contains_key(key) {
                continue;
            }
            for (name, at) in self.document.entries(&place.at(key)) {
                merged.condition(&name, &at);
                match self.document.value(&at) {
                    Some(Value::Array(needed)) => {
                        for (index, name) in needed.iter().enumerate() {
                            if let Some(name) = name.as_str() {
                                merged.condition(name, &at.at(&index.to_string()));
                            }
                        }
                    }
                    Some(Value::Object(_)) => found.push(at),
                    _ => {}
                }
            }
        }
        found
    }

    /// Returns the fields for the properties that only conditions name.
    pub fn conditional(&mut self, merged: &Merged, parent: &Ident) -> Vec<Field> {
        let mut fields = Vec::new();
        for (name, property) in &merged.conditional {
            if merged.has(name) {
                self.additions_are_known(merged, name, property);
            }
            if !merged.is_conditional(name) {
                continue;
            }
            fields.push(match self.type_of(name, property, parent) {
                Some(at) => self.field(name, &of_one(at), merged.required.contains_key(name), parent),
                None => Field {
                    docs: DOCS.to_owned(),
                    is_nullable: true,
                    ..Field::optional(name, names::snake(name), &property.place, Type::Value)
                },
            });
        }
        fields
    }

    /// Returns the place of the only schema of a property, or of a union of all its schemas.
    fn type_of(&mut self, name: &str, property: &Conditional, parent: &Ident) -> Option<Place> {
        let value = |place: &Place| self.document.value(&self.document.behind(place));
        let mut forms: Vec<&Place> = Vec::new();
        for place in &property.schemas {
            if forms.len() <= MOST_FORMS && !forms.iter().any(|known| value(known) == value(place)) {
                forms.push(place);
            }
        }
        let (first, others) = forms.split_first()?;
        if others.is_empty() {
            return Some((*first).clone());
        }
        if forms.len() > MOST_FORMS {
            let message = format!("`{name}` has more than {MOST_FORMS} schemas, so it becomes any JSON value");
            self.errors.warn(Problem::key(&property.place, message));
            return None;
        }
        let at = first.at("anyOf");
        if !self.by_place.contains_key(&at) {
            let any_of = forms.iter().map(|place| ReferenceOr::Reference { reference: place.link() }).collect();
            let name = self.taken.unique(&names::nested(parent, name));
            let (id, _) = self.define(name.clone(), &at);
            let kind: TypeKind = self.union(&at, &AnySchema { any_of, ..AnySchema::default() }, &name);
            self.set_kind(id, Some(kind));
        }
        Some(at)
    }

    /// Warns if a condition adds properties to a property that is described without the condition.
    fn additions_are_known(&mut self, merged: &Merged, name: &str, property: &Conditional) {
        let places = merged.properties.iter().filter(|(known, _)| known == name).flat_map(|(_, places)| places.iter());
        let known = places.map(|place| self.document.entries(&self.document.behind(place).at("properties")));
        let known: BTreeSet<String> = known.flatten().map(|(inner, _)| inner).collect();
        if known.is_empty() {
            return;
        }
        for place in &property.schemas {
            for (inner, at) in self.document.entries(&self.document.behind(place).at("properties")) {
                if !known.contains(&inner) {
                    let message = format!("`{name}` is described without `{inner}`, so `{inner}` is ignored");
                    self.errors.warn(Problem::key(&at, message).help("describe it outside of the condition"));
                }
            }
        }
    }
}
