//! What conditions add to a value that is described without them, too: properties that become optional, at any depth.

use std::collections::HashSet;

use openapiv3::{AnySchema, Schema};

use super::facts::facts;
use crate::generator::document::place_of;
use crate::generator::problems::{Place, Problem};
use crate::generator::resolve::merged::{Additional, Conditional, Merged};
use crate::generator::resolve::places::{Places, of_one};
use crate::generator::resolve::resolver::Resolver;

/// The maximum number of values inside of one that are searched for additions.
const MOST: usize = 1000;

impl Resolver<'_> {
    /// Merges the schemas at `places`, with what those add that apply under a condition.
    pub(super) fn merge_places(&mut self, places: &Places) -> Merged {
        let mut base = self.merge_all(places);
        if places.conditional.is_empty() {
            return base;
        }
        let mut merged = base.clone();
        self.hear(places.conditional.to_vec(), &mut merged);
        if base.plain.is_typed() || !base.is_object() && base.unions.is_empty() {
            // Only the items of a list can have further properties. A JSON value has them anyway.
            base.plain = merged.plain;
            return base;
        }
        let subtypes = places.iter().flat_map(|place| self.subtypes_behind(place)).collect::<Vec<_>>();
        if !subtypes.is_empty() {
            for (name, property) in &merged.conditional {
                let has = |place: &Place| self.all_properties(place).iter().any(|(known, _)| known == name);
                if !base.has(name) && !subtypes.iter().any(has) {
                    self.tell_ignored(name, property);
                }
            }
            return base;
        }
        if merged.properties.is_empty() && !merged.unions.is_empty() { self.beside_unions(merged) } else { merged }
    }

    /// Returns whether conditions add properties to the value that the schemas at `places` describe, or inside of it.
    pub(super) fn adds(&mut self, places: &Places) -> bool {
        let (mut open, mut seen) = (vec![places.clone()], HashSet::new());
        while let Some(places) = open.pop() {
            if places.conditional.is_empty() || !seen.insert(places.behind(self.document)) {
                continue;
            }
            let (base, merged) = (self.merge_all(&places), self.merge_places(&places));
            let is_new = |(name, property): &(&String, &Conditional)| base.conditional.get(*name) != Some(*property);
            let is_added =
                |(name, property): (&String, &Conditional)| merged.is_conditional(name) && !property.schemas.is_empty();
            let opens = merged.is_open() && !base.is_open();
            if opens || seen.len() > MOST || merged.conditional.iter().filter(is_new).any(is_added) {
                return true;
            }
            for (name, property) in merged.conditional.iter().filter(is_new) {
                open.extend(merged.places(name).map(|places| places.under(&property.schemas)));
            }
            open.extend(merged.plain.items.filter(|_| merged.plain.tuple.is_none()));
            open.extend(if let Some(Additional::Of(values)) = merged.additional { Some(values) } else { None });
        }
        false
    }

    /// Returns whether conditions add properties to the items of the list at `place`.
    pub(super) fn adds_to_items(&mut self, place: &Place, list: &AnySchema) -> bool {
        let Some(items) = list.items.as_ref().and_then(place_of) else { return false };
        let mut merged = Merged::default();
        merged.plain.items = Some(of_one(items));
        self.add_conditions(place, &mut merged);
        merged.plain.items.is_some_and(|items| self.adds(&items))
    }

    /// Keeps those properties of conditions that the members of the unions beside them lack. If these are not only
    /// objects, they cannot have any.
    pub(super) fn beside_unions(&mut self, mut merged: Merged) -> Merged {
        let are_objects = self.are_of_objects(&merged.unions);
        for (name, property) in std::mem::take(&mut merged.conditional) {
            if merged.unions.iter().any(|(_, union)| self.describes(union, &name, &mut Vec::new())) {
                continue;
            }
            if are_objects {
                merged.conditional.insert(name, property);
            } else {
                self.tell_ignored(&name, &property);
            }
        }
        merged
    }

    /// Returns the schemas that extend the one at `place`, if it has a discriminator, so that it is their union.
    fn subtypes_behind(&mut self, place: &Place) -> Vec<Place> {
        let place = self.document.behind(place);
        let has_tag = self.document.value(&place.at("discriminator").at("propertyName")).is_some();
        let is_union = has_tag
            && self.document.read_here::<Schema>(&place, self.errors).is_some_and(|schema| {
                let facts = facts(schema);
                facts.one_of.is_empty() && facts.any_of.is_empty()
            });
        if is_union { self.descendants(&place) } else { Vec::new() }
    }

    fn tell_ignored(&mut self, name: &str, property: &Conditional) {
        let Some(place) = property.schemas.first() else { return };
        if self.told.insert(place.clone()) {
            let message =
                format!("`{name}` is described only under a condition, and not by the union here, so it is ignored");
            self.errors.warn(Problem::key(place, message).help("describe it in the members of the union"));
        }
    }
}
