//! The properties of an object, gathered from its `allOf` and from a `$ref` that stands beside properties.

use std::collections::{BTreeMap, BTreeSet};

use openapiv3::{AdditionalProperties, AnySchema, Schema};

use super::Resolver;
use super::facts::facts;
use crate::generator::document::place_of;
use crate::generator::place::Place;
use crate::generator::report::Problem;

/// What several schemas say together of one object.
#[derive(Default)]
pub(super) struct Merged {
    /// In the order of their first mention; a later schema's property replaces an earlier one's.
    pub properties: Vec<(String, Place)>,
    pub required: BTreeSet<String>,
    pub additional: Option<AdditionalProperties>,
    indices: BTreeMap<String, usize>,
}

impl Merged {
    fn property(&mut self, name: String, place: Place) {
        match self.indices.get(&name).and_then(|index| self.properties.get_mut(*index)) {
            Some(known) => known.1 = place,
            None => {
                self.indices.insert(name.clone(), self.properties.len());
                self.properties.push((name, place));
            }
        }
    }
}

impl Resolver<'_> {
    /// Gathers what the schema at `place` says; `facts` is what was read of it there.
    pub(super) fn merge(&mut self, place: &Place, facts: AnySchema) -> Merged {
        let mut merged = Merged::default();
        self.merge_into(&mut merged, place, facts, &mut vec![place.clone()]);
        merged
    }

    fn merge_into(&mut self, merged: &mut Merged, place: &Place, facts: AnySchema, open: &mut Vec<Place>) {
        if let Some(Ok(target)) = self.document.reference(place, self.errors) {
            self.merge_member(merged, &place.at("$ref"), &target, open);
        }
        for member in facts.all_of.iter().filter_map(place_of) {
            self.merge_member(merged, &member, &member, open);
        }
        for (name, property) in &facts.properties {
            if let Some(place) = place_of(property) {
                merged.property(name.clone(), place);
            }
        }
        merged.required.extend(facts.required);
        if facts.additional_properties.is_some() {
            merged.additional = facts.additional_properties;
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
        if let Some(construct) = not_an_object(&facts) {
            self.errors.push(
                Problem::value(at, format!("{construct} in `allOf` is not supported; objects alone can be merged"))
                    .help("describe the value with one schema instead"),
            );
            return;
        }
        open.push(place.clone());
        self.merge_into(merged, &place, facts, open);
        open.pop();
    }
}

fn not_an_object(facts: &AnySchema) -> Option<String> {
    if !facts.one_of.is_empty() {
        return Some("`oneOf`".into());
    }
    if !facts.any_of.is_empty() {
        return Some("`anyOf`".into());
    }
    match facts.typ.as_deref() {
        None | Some("object") => None,
        Some(other) => Some(format!("`type: {other}`")),
    }
}
