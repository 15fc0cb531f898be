//! `unevaluatedProperties`: the properties that no schema of the object describes. Unlike `additionalProperties`, it counts
//! those that the members of `allOf` and `anyOf` describe, and conditions.

use openapiv3::AnySchema;

use crate::generator::problems::{Place, Problem};
use crate::generator::resolve::merged::{Additional, Merged};
use crate::generator::resolve::resolver::Resolver;

const KEY: &str = "unevaluatedProperties";

impl Resolver<'_> {
    /// Returns whether the schema at `place` describes the properties that are left by all others. If one of these describes
    /// unlisted properties, nothing is left.
    pub(super) fn is_left(&self, place: &Place) -> bool {
        let schema = self.document.object(&self.document.written_at(place));
        schema.is_some_and(|schema| schema.contains_key(KEY) && !schema.contains_key("additionalProperties"))
    }

    /// Allows any value in the properties that are left, if some of them can have another description in the same object:
    /// that of a condition, or of a further member of an `anyOf`.
    pub(super) fn widen_left(&mut self, merged: &mut Merged, place: &Place) {
        let is_typed = matches!(merged.additional, Some(Additional::Of(_)));
        let has_conditional =
            merged.conditional.iter().any(|(name, property)| !merged.has(name) && !property.schemas.is_empty());
        if !is_typed || !(has_conditional || self.can_match_several(&merged.unions, &mut Vec::new())) {
            return;
        }
        merged.additional = Some(Additional::Any);
        let at = self.document.written_at(place).at(KEY);
        if self.told.insert(at.clone()) {
            let message = "properties that an `anyOf` or a condition describes can have other values, so all of these become any \
                           JSON value";
            self.errors.warn(Problem::key(&at, message));
        }
    }

    /// Returns whether an object can match several members of one of the unions.
    fn can_match_several(&mut self, unions: &[(Place, AnySchema)], seen: &mut Vec<Place>) -> bool {
        unions.iter().any(|(place, facts)| {
            let members = self.members(facts);
            if seen.contains(place) {
                return false;
            }
            seen.push(place.clone());
            let is_one = facts.any_of.is_empty() || self.tag(place, &members).is_some();
            !is_one
                || members.iter().any(|member| {
                    let inner = self.merge_all(std::slice::from_ref(&member.place)).unions;
                    self.can_match_several(&inner, seen)
                })
        })
    }
}
