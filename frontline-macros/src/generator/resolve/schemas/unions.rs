//! Unions: `oneOf` and `anyOf` become enums with a variant for each member.

use std::collections::BTreeSet;

use openapiv3::{AnySchema, Schema};
use proc_macro2::Ident;

use super::enums::{enumeration_of, type_of_all};
use super::facts::{facts, says_something};
use super::member::Member;
use super::names::own_name;
use super::tags::Tag;
use crate::generator::document::place_of;
use crate::generator::model::{Type, TypeKind, Union, UnionVariant};
use crate::generator::names;
use crate::generator::problems::Place;
use crate::generator::resolve::resolver::Resolver;

impl Resolver<'_> {
    /// Returns the union for the `oneOf` or `anyOf` of the schema at `place`. If all members have the same type, it is
    /// an alias of that.
    pub(super) fn union(&mut self, place: &Place, facts: &AnySchema, name: &Ident) -> TypeKind {
        let members = self.members(facts);
        // Heirs need not describe the tag.
        let needs_tag = self.lists_heirs(place, &members);
        if let ([only], false) = (members.as_slice(), needs_tag) {
            return TypeKind::Alias(self.schema(&only.place.clone(), name));
        }
        if let Some(enumeration) = enumeration_of(&members) {
            return enumeration;
        }
        let tag = self.tag(place, &members);
        let mut variants = self.variants(&members, tag.as_ref(), name);
        match variants.as_slice() {
            [] => TypeKind::Alias(Type::Value),
            [first, rest @ ..] if !needs_tag && rest.iter().all(|other| other.ty == first.ty) => {
                TypeKind::Alias(first.ty.clone())
            }
            _ => {
                let can_overlap = tag.is_none() && !facts.any_of.is_empty();
                let tag = tag.map(|tag| self.union_tag(place, tag, &members, &mut variants));
                TypeKind::Union(Union { tag, variants, can_overlap, ..Union::default() })
            }
        }
    }

    /// Creates a variant for each member of the union `name`.
    pub(super) fn variants(&mut self, members: &[Member], tag: Option<&Tag>, name: &Ident) -> Vec<UnionVariant> {
        let mut taken = names::Taken::from_iter([names::camel("unknown")]);
        let mut seen = BTreeSet::new();
        let mut variants = Vec::new();
        let targets: Vec<Place> = members.iter().map(|member| member.target.clone()).collect();
        let mut tags = tag.map(|tag| self.tags(&targets, tag)).unwrap_or_default().into_iter();
        for member in members {
            let rust = taken.unique(&self.variant_name(member));
            let mut tags = tags.next().unwrap_or_default();
            tags.retain(|tag| seen.insert(tag.clone()));
            let ty = self.schema(&member.place, &names::nested(name, &names::bare(&rust)));
            variants.push(UnionVariant { name: rust, tags, ty });
        }
        variants
    }

    /// Returns the type of a union that is one part of the object at `place`.
    pub(super) fn union_part(&mut self, place: &Place, facts: &AnySchema, parent: &Ident) -> Type {
        let at = place.at(if facts.one_of.is_empty() { "anyOf" } else { "oneOf" });
        if let Some(Some(known)) = self.by_place.get(&at) {
            return known.clone();
        }
        let name = self.taken.unique(&names::nested(parent, "variant"));
        let (id, ty) = self.define(name.clone(), &at);
        let kind = self.union(place, facts, &name);
        self.set_kind(id, Some(kind));
        ty
    }

    /// Returns the members that determine a type.
    ///
    /// `null` is not one of them, since it makes the value nullable. Neither are members that only restrict the schema
    /// around the union, for example by `required`.
    pub fn members(&mut self, source: &AnySchema) -> Vec<Member> {
        let mut members = Vec::new();
        for place in source.one_of.iter().chain(&source.any_of).filter_map(place_of) {
            let Some((schema, target)) = self.document.read::<Schema>(&place, self.errors) else { continue };
            let (title, description) = (schema.schema_data.title.clone(), schema.schema_data.description.clone());
            let facts = facts(schema);
            let is_named = self.names.contains_key(&place) || self.names.contains_key(&target);
            if says_something(&facts) || is_named || self.has_conditional(&target) {
                members.push(Member { place, target, facts, title, description });
            }
        }
        members
    }

    /// Returns whether the `oneOf` or `anyOf` of the schema at `place` makes it a union.
    pub(super) fn is_union(&mut self, place: &Place, facts: &AnySchema) -> bool {
        let members = self.members(facts);
        !members.is_empty() && !self.overlap(place, facts, &members)
    }

    fn variant_name(&self, member: &Member) -> Ident {
        let named = self.names.get(&member.target).cloned();
        if let Some(name) = named.or_else(|| own_name(self.document, &member.target)) {
            return name;
        }
        let title = member.title.as_deref().filter(|title| title.split_whitespace().count() <= 4);
        let of_type = match member.facts.typ.as_deref().or_else(|| type_of_all(&member.facts.enumeration)) {
            Some("array") => "list",
            Some("string") => "text",
            Some("boolean") => "flag",
            Some(other) => other,
            None => "object",
        };
        names::camel(title.unwrap_or(of_type))
    }
}
