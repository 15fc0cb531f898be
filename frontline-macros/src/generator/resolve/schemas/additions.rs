//! What conditions add to a value that is described without them, too: properties that become optional, at any depth.

use std::collections::HashSet;

use openapiv3::{AnySchema, ReferenceOr, Schema};
use serde_json::Value;

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
                if !base.has(name) && !subtypes.iter().all(has) {
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

    /// Keeps those properties of conditions that no member of the unions beside them has. If the members are not only objects,
    /// they cannot have any.
    pub(super) fn beside_unions(&mut self, mut merged: Merged) -> Merged {
        let are_objects = self.are_of_objects(&merged.unions);
        for (name, property) in std::mem::take(&mut merged.conditional) {
            if merged.unions.iter().any(|(_, union)| self.all_describe(union, &name)) {
                continue;
            }
            if are_objects && !merged.unions.iter().any(|(_, union)| self.describes(union, &name, &mut Vec::new())) {
                merged.conditional.insert(name, property);
            } else {
                self.tell_ignored(&name, &property);
            }
        }
        merged
    }

    /// Returns whether each member of a union describes a property.
    fn all_describe(&mut self, union: &AnySchema, name: &str) -> bool {
        self.members(union).into_iter().all(|member| {
            let one_of = vec![ReferenceOr::Reference { reference: member.place.link() }];
            self.describes(&AnySchema { one_of, ..AnySchema::default() }, name, &mut Vec::new())
        })
    }

    /// Warns about the properties that the schema at `place` adds under a condition to the items of a list in `merged`, if these
    /// or the added ones are a tuple. The types of its items stay the same.
    pub(super) fn tell_tuple(&mut self, place: &Place, merged: &Merged) {
        let place = self.document.written_at(place);
        let tuple = merged.plain.tuple.as_ref().map(|tuple| self.document.written_at(tuple));
        let count = |at: &Place| self.document.value(at).and_then(Value::as_array).map_or(0, Vec::len);
        let rest = tuple.as_ref().map(|_| place.at("items"));
        let first = place.at("prefixItems");
        let first = (0..count(&first)).map(|index| first.at(&index.to_string()));
        for (index, added) in first.chain(rest).enumerate() {
            let key = added.key();
            let of_tuple = |tuple: &Place| {
                let first = tuple.at("prefixItems");
                if key != "items" && index < count(&first) { vec![first.at(&key)] } else { vec![tuple.at("items")] }
            };
            let of_list = || merged.plain.items.as_ref().map(|items| items.to_vec()).unwrap_or_default();
            let mut items = tuple.as_ref().map_or_else(of_list, of_tuple);
            // Without a schema, they can be anything.
            items.retain(|item| self.document.object(item).is_some());
            let known = self.merge_all(&items);
            let is_struct = !known.properties.is_empty() && !known.is_open();
            for (name, at) in self.all_properties(&added) {
                let is_known = known.has(&name)
                    || known.is_conditional(&name)
                    || known.unions.iter().any(|(_, union)| self.describes(union, &name, &mut Vec::new()));
                if is_struct && !is_known && self.told.insert(at.clone()) {
                    let message = format!("`{name}` is described only under a condition, so the items here ignore it");
                    self.errors.warn(Problem::key(&at, message).help("describe it in the schema of the items"));
                }
            }
        }
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
            let message = format!(
                "`{name}` is described only under a condition, so the members of the union here that lack it ignore it"
            );
            self.errors.warn(Problem::key(place, message).help("describe it in the members of the union"));
        }
    }
}
