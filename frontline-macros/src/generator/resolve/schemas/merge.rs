//! Merging of the schemas that describe one value: an `allOf`, an `anyOf` whose members overlap, a `$ref` next to
//! properties, and several descriptions of one property.

use openapiv3::{AnySchema, Schema};

use super::facts::facts;
use super::member::Member;
use crate::generator::document::place_of;
use crate::generator::problems::{Place, Problem};
use crate::generator::resolve::merged::{Additional, Merged};
use crate::generator::resolve::places::of_one;
use crate::generator::resolve::plain::Plain;
use crate::generator::resolve::resolver::Resolver;

impl Resolver<'_> {
    /// Merges the schema at `place`, whose own content is `facts`, with all schemas that it builds on.
    pub fn merge(&mut self, place: &Place, facts: AnySchema) -> Merged {
        let mut merged = Merged::default();
        self.merge_into(&mut merged, place, facts, &mut vec![place.clone()]);
        merged
    }

    /// Merges the schemas at `places`, each with all schemas that it builds on.
    pub(super) fn merge_all(&mut self, places: &[Place]) -> Merged {
        let mut merged = Merged::default();
        for place in places {
            self.merge_member(&mut merged, place, place, &mut Vec::new());
        }
        merged
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
                merged.property(name, &of_one(place), self.document);
            }
        }
        for (index, name) in facts.required.iter().enumerate() {
            let at = place.at("required").at(&index.to_string());
            merged.required.entry(name.clone()).or_insert(at);
        }
        let additional = facts.additional_properties.as_ref().map(Additional::of);
        let is_left = self.is_left(place);
        if !is_left || merged.additional.is_none() {
            merged.add_additional(additional.as_ref(), self.document);
        }
        self.merge_type(merged, place, &facts);
        self.add_conditions(place, merged);
        let members = self.members(&facts);
        let is_open = self.allows_any_object(&facts);
        if let Some(only) = self.additions(&facts, &members) {
            let mut own = Merged::default();
            self.merge_member(&mut own, only, only, open);
            merged.add_missing(&own, self.document);
        } else if self.overlap(place, &facts, &members) {
            self.merge_any(merged, &members, open);
        } else if !members.is_empty() && !self.lists_heirs(place, &members) {
            merged.unions.push((place.clone(), facts));
        }
        if is_open {
            merged.add_additional(Some(&Additional::Any), self.document);
        }
        if is_left {
            self.widen_left(merged, place);
        }
        self.separate(merged, place);
    }

    /// Merges the members of an `anyOf` that overlap. An object need not match all of them.
    fn merge_any(&mut self, merged: &mut Merged, members: &[Member], open: &mut Vec<Place>) {
        let always = |merged: &Merged, name: &str| merged.has(name) && !merged.partial.contains(name);
        let before = merged.clone();
        let mut apart = Vec::new();
        for Member { place, .. } in members {
            let mut own = Merged::default();
            self.merge_member(&mut own, place, place, open);
            merged.add(&own, self.document);
            apart.push(own);
        }
        let names = merged.properties.iter().map(|(name, _)| name);
        let is_partial = |name: &&String| !always(&before, name) && !apart.iter().all(|own| always(own, name));
        merged.partial = names.filter(is_partial).cloned().collect();
    }

    /// Adds what the schema at `place` says about the type, besides its members. These take precedence if it is not an
    /// object but they are, or if it only says that it is one.
    fn merge_type(&mut self, merged: &mut Merged, place: &Place, facts: &AnySchema) {
        let own = Plain::of(facts, place, self.document);
        let is_object = facts.typ.as_deref() == Some("object");
        let is_bare_object = is_object && facts.properties.is_empty();
        let contradicts = if own.is_typed() { merged.is_object() } else { is_bare_object && merged.plain.is_typed() };
        if contradicts {
            let key = ["type", "enum", "items"].into_iter().find(|key| self.document.value(&place.at(key)).is_some());
            let at = key.map_or_else(|| place.clone(), |key| place.at(key));
            let message = "this contradicts the schemas that this one builds on, so it is ignored";
            return self.warn_once(&at, message.to_owned());
        }
        merged.is_object |= is_object;
        if let Some(message) = merged.plain.add(&own, self.document) {
            self.warn_once(place, message);
        }
    }

    /// `member` is the place of the member, and `at` is the place that refers to it.
    fn merge_member(&mut self, merged: &mut Merged, at: &Place, member: &Place, open: &mut Vec<Place>) {
        let Some(place) = self.document.follow(member, self.errors) else { return };
        // Without this cache, a schema at the start of a chain would be merged again for every schema after it.
        let known = self.merged.get(&place).map(|known| known.mistake.clone());
        match known {
            // Whatever builds on a schema that cannot be merged cannot be merged either.
            Some(mistake) => mistake.into_iter().for_each(|mistake| self.errors.push(mistake)),
            None if !self.merge_apart(at, &place, open) => return,
            None => {}
        }
        let Some(own) = self.merged.get(&place) else { return };
        let is_typed = own.plain.is_typed();
        let contradiction = merged.add(own, self.document);
        if is_typed {
            merged.plain.at = Some(at.clone());
        }
        if let Some(message) = contradiction {
            self.warn_once(at, message);
        }
    }

    /// Reports a scalar or a list that was merged with objects.
    fn separate(&mut self, merged: &mut Merged, place: &Place) {
        if !merged.is_object() || !merged.plain.is_typed() {
            return;
        }
        let plain = std::mem::take(&mut merged.plain);
        let at = plain.at.unwrap_or_else(|| place.clone());
        match plain.typ {
            Some(typ) => self.errors.push(
                Problem::value(&at, format!("`type: {typ}` cannot be merged with the objects in this `allOf`"))
                    .help("describe the value with one schema instead"),
            ),
            None => self.warn_once(&at, "these values are not objects, unlike the others in this `allOf`".to_owned()),
        }
    }

    /// Merges the schema at `place` into the cache. Returns whether it can be merged.
    fn merge_apart(&mut self, at: &Place, place: &Place, open: &mut Vec<Place>) -> bool {
        let Some(schema) = self.document.read_here::<Schema>(place, self.errors) else { return false };
        if open.contains(place) {
            // Every schema of the cycle leads back to itself. Report only one of them.
            let is_told = open.iter().any(|each| self.told.contains(each));
            self.told.extend(open.iter().cloned());
            if !is_told {
                self.errors.push(
                    Problem::value(at, "this schema extends itself: its `allOf` leads back to it")
                        .help("remove the member of `allOf` that leads back"),
                );
            }
            return false;
        }
        let mut own = Merged::default();
        let facts = facts(schema);
        self.tell_unheard(place, &facts);
        open.push(place.clone());
        let part = self.errors.part();
        self.deeper(place, |inner| inner.merge_into(&mut own, place, facts, open));
        own.mistake = self.errors.first(part).cloned();
        open.pop();
        self.merged.insert(place.clone(), own);
        true
    }

    /// Warns about a place, unless there is a warning about it already.
    pub(super) fn warn_once(&mut self, place: &Place, message: String) {
        if self.told.insert(place.clone()) {
            self.errors.warn(Problem::value(place, message));
        }
    }
}
