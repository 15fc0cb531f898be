//! Properties that only some objects of a schema have: those in `if`, `then`, `else` and `dependentSchemas`, and those
//! that `dependentRequired` names.

use std::collections::BTreeSet;

use openapiv3::{AnySchema, ReferenceOr, Schema};
use proc_macro2::Ident;
use serde_json::Value;

use super::facts::{facts, says_something};
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
        let found = self.conditions(place, merged);
        self.hear(found, merged);
    }

    /// Adds what the schemas in `found` say, each of which applies under a condition.
    pub(super) fn hear(&mut self, mut found: Vec<Place>, merged: &mut Merged) {
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
            self.tell_tuple(&place, merged);
            let items = facts.items.as_ref().and_then(place_of);
            if let (Some(items), Some(known)) = (items, &mut merged.plain.items) {
                *known = known.under(&[items]);
            }
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
            match (&mut merged.additional, facts.additional_properties.as_ref().map(Additional::of)) {
                (Some(Additional::Of(known)), Some(Additional::Of(values))) => *known = known.under(&values),
                (None, Some(Additional::Any | Additional::Of(_))) => merged.additional = Some(Additional::Any),
                _ => {}
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
        for (name, property) in merged.conditional.iter().filter(|(name, _)| merged.is_conditional(name)) {
            let forms = self.forms(name, property);
            let field = match forms.as_slice() {
                [] => Field {
                    docs: DOCS.to_owned(),
                    is_nullable: true,
                    ..Field::optional(name, names::snake(name), &property.place, Type::Value)
                },
                [first, others @ ..] => {
                    let at = if others.is_empty() { first.clone() } else { self.union_of(name, &forms, parent) };
                    let field = self.field(name, &of_one(at), merged.required.contains_key(name), parent);
                    let is_nullable = forms.iter().any(|form| self.notes(form).is_nullable);
                    Field { is_nullable: field.is_nullable || is_nullable, ..field }
                }
            };
            // Under another condition, it may have another value.
            fields.push(Field { constant: None, is_conditional: true, ..field });
        }
        fields
    }

    /// Returns the different schemas of a property, or none if it can be any JSON value.
    fn forms(&mut self, name: &str, property: &Conditional) -> Vec<Place> {
        let value = |place: &Place| self.document.value(&self.document.behind(place));
        let mut forms: Vec<&Place> = Vec::new();
        for place in &property.schemas {
            let is_new = || !forms.iter().any(|known| value(known) == value(place));
            // `false` forbids the property.
            if forms.len() <= MOST_FORMS && value(place) != Some(&Value::Bool(false)) && is_new() {
                forms.push(place);
            }
        }
        let why = if forms.len() > MOST_FORMS {
            format!("has more than {MOST_FORMS} schemas")
        } else if forms.len() > 1 && !forms.iter().all(|form| self.is_typed(form)) {
            "can have values of any type under a condition".to_owned()
        } else {
            return forms.into_iter().cloned().collect();
        };
        let message = format!("`{name}` {why}, so it becomes any JSON value");
        self.errors.warn(Problem::key(&property.place, message));
        Vec::new()
    }

    /// Returns whether a schema determines the type of its values, or allows only null.
    fn is_typed(&mut self, place: &Place) -> bool {
        let Some((schema, target)) = self.document.read::<Schema>(place, self.errors) else { return true };
        says_something(&facts(schema)) || self.is_always_null(&target) || self.has_conditional(&target)
    }

    /// Returns the place of the union of the schemas of a property.
    fn union_of(&mut self, name: &str, forms: &[Place], parent: &Ident) -> Place {
        let mut at = forms.first().map_or_else(|| Place::root(0), |first| first.at("anyOf"));
        // A schema that extends another one can add to its forms.
        while self.forms.get(&at).is_some_and(|known| known != forms) {
            at = at.at("anyOf");
        }
        if self.forms.insert(at.clone(), forms.to_vec()).is_none() {
            let any_of = forms.iter().map(|place| ReferenceOr::Reference { reference: place.link() }).collect();
            let name = self.taken.unique(&names::nested(parent, name));
            let (id, _) = self.define(name.clone(), &at);
            let kind: TypeKind = self.union(&at, &AnySchema { any_of, ..AnySchema::default() }, &name);
            self.set_kind(id, Some(kind));
        }
        at
    }
}
