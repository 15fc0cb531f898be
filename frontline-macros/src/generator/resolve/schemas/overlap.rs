//! `anyOf` with members that overlap, so that an object can match all of them at once.

use std::collections::BTreeMap;

use openapiv3::{AdditionalProperties, AnySchema, Schema};

use super::facts::{facts, says_something};
use super::member::Member;
use crate::generator::document::{LONGEST_CHAIN, place_of};
use crate::generator::problems::Place;
use crate::generator::resolve::resolver::Resolver;

impl Resolver<'_> {
    /// Returns whether the members of the `anyOf` at `place` are objects without required properties.
    ///
    /// Every object matches all such members. As a variant for one of them, it would lose the properties of the others.
    pub(super) fn overlap(&mut self, place: &Place, facts: &AnySchema, members: &[Member]) -> bool {
        let own = facts.properties.iter().filter_map(|(name, property)| Some((name.clone(), place_of(property)?)));
        let mut properties = own.collect();
        facts.one_of.is_empty()
            && members.len() > 1
            && self.own_tag(place).is_none()
            && members.iter().all(|member| {
                let has_parts = !member.facts.properties.is_empty() || !member.facts.all_of.is_empty();
                has_parts && self.requires_nothing(&member.place, &mut properties, &mut Vec::new())
            })
    }

    /// Returns the only member of a `oneOf` or `anyOf` that describes properties, if a value can match another member
    /// instead, which only restricts it. The properties are then optional.
    pub(super) fn additions<'a>(&mut self, facts: &AnySchema, members: &'a [Member]) -> Option<&'a Place> {
        let [only] = members else { return None };
        let is_object = only.facts.typ.as_deref().is_none_or(|typ| typ == "object");
        let others = facts.one_of.iter().chain(&facts.any_of).filter_map(place_of).filter(|other| *other != only.place);
        let others: Vec<_> = others.collect();
        let is_null = |facts: AnySchema| !facts.enumeration.is_empty();
        let may_lack = others.iter().any(|other| {
            let other = self.document.read::<Schema>(other, self.errors);
            other.is_some_and(|(schema, _)| !is_null(super::facts::facts(schema)))
        });
        (is_object && !only.facts.properties.is_empty() && may_lack).then_some(&only.place)
    }

    /// Returns whether the schema at `place` describes objects without required and without unlisted properties, and
    /// agrees with `properties` about the schemas of properties. Adds its own properties to these.
    fn requires_nothing(
        &mut self,
        place: &Place,
        properties: &mut BTreeMap<String, Place>,
        seen: &mut Vec<Place>,
    ) -> bool {
        let Some((schema, place)) = self.document.read::<Schema>(place, self.errors) else { return false };
        if seen.contains(&place) || seen.len() == LONGEST_CHAIN || self.has_reference(&place) {
            return false;
        }
        seen.push(place.clone());
        let facts = facts(schema);
        if !says_something(&facts) {
            return facts.required.is_empty();
        }
        let is_object = facts.typ.as_deref().is_none_or(|typ| typ == "object") && facts.enumeration.is_empty();
        let is_closed = matches!(facts.additional_properties, None | Some(AdditionalProperties::Any(false)));
        let is_one = facts.one_of.is_empty() && facts.any_of.is_empty() && facts.items.is_none();
        is_object
            && is_closed
            && is_one
            && facts.required.is_empty()
            && self.own_tag(&place).is_none()
            && facts.properties.iter().all(|(name, property)| {
                let Some(at) = place_of(property) else { return false };
                let known = properties.entry(name.clone()).or_insert_with(|| at.clone());
                let value = |place| self.document.value(&self.document.behind(place));
                value(known) == value(&at)
            })
            && facts.all_of.iter().filter_map(place_of).all(|member| self.requires_nothing(&member, properties, seen))
    }
}
