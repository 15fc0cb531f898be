//! Unions: `oneOf` and `anyOf` become enums with a variant for each member.

use std::collections::BTreeSet;

use openapiv3::{AnySchema, Schema};
use proc_macro2::Ident;
use serde_json::Value;

use super::enums::enumeration_of;
use super::facts::{facts, says_something};
use super::member::Member;
use super::names::{own_name, own_wire_name};
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
        if let [only] = members.as_slice() {
            return TypeKind::Alias(self.schema(&only.place.clone(), name));
        }
        if let Some(enumeration) = enumeration_of(&members) {
            return enumeration;
        }
        let mapping = self.mapping(place);
        let tag = self.discriminator(place).or_else(|| self.common_tag(&members));
        let variants = self.variants(&members, tag.as_deref(), &mapping, name);
        match variants.as_slice() {
            [] => TypeKind::Alias(Type::Value),
            [first, rest @ ..] if rest.iter().all(|other| other.ty == first.ty) => TypeKind::Alias(first.ty.clone()),
            _ => {
                let can_overlap = tag.is_none() && !facts.any_of.is_empty();
                TypeKind::Union(Union { tag, variants, can_overlap, ..Union::default() })
            }
        }
    }

    /// Creates a variant for each member of the union `name`.
    pub(super) fn variants(
        &mut self,
        members: &[Member],
        tag: Option<&str>,
        mapping: &[(String, Place)],
        name: &Ident,
    ) -> Vec<UnionVariant> {
        let mut taken = names::Taken::from_iter([names::camel("unknown")]);
        let mut variants = Vec::new();
        for member in members {
            let rust = taken.unique(&self.variant_name(member));
            let tags = tag.map(|tag| self.tags(member, tag, mapping)).unwrap_or_default();
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
    pub(super) fn members(&mut self, source: &AnySchema) -> Vec<Member> {
        let mut members = Vec::new();
        for place in source.one_of.iter().chain(&source.any_of).filter_map(place_of) {
            let Some((schema, target)) = self.document.read::<Schema>(&place, self.errors) else { continue };
            let (title, description) = (schema.schema_data.title.clone(), schema.schema_data.description.clone());
            let facts = facts(schema);
            if says_something(&facts) || self.names.contains_key(&place) || self.names.contains_key(&target) {
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

    /// Returns the property name of the schema's discriminator.
    pub(super) fn discriminator(&self, place: &Place) -> Option<String> {
        self.document.text(&place.at("discriminator").at("propertyName")).map(ToOwned::to_owned)
    }

    /// Returns a property that has a different constant in each member. It serves as a discriminator.
    fn common_tag(&mut self, members: &[Member]) -> Option<String> {
        let candidates: Vec<String> = members.first()?.facts.properties.keys().cloned().collect();
        candidates.into_iter().find(|property| {
            let values: Option<BTreeSet<String>> =
                members.iter().map(|member| self.single_value(&member.facts, property)).collect();
            values.is_some_and(|values| values.len() == members.len())
        })
    }

    /// Returns the only value that a property can have.
    fn single_value(&mut self, facts: &AnySchema, property: &str) -> Option<String> {
        let place = place_of(facts.properties.get(property)?)?;
        let (schema, _) = self.document.read::<Schema>(&place, self.errors)?;
        match super::facts::facts(schema).enumeration.as_slice() {
            [Value::String(only)] => Some(only.clone()),
            _ => None,
        }
    }

    /// Returns the values of the discriminator that select a member: those that are mapped to it, or else its constant,
    /// or its name.
    fn tags(&mut self, member: &Member, tag: &str, mapping: &[(String, Place)]) -> Vec<String> {
        let mapped = mapping.iter().filter(|(_, target)| *target == member.target);
        let mut tags: Vec<String> = mapped.map(|(value, _)| value.clone()).collect();
        if tags.is_empty() {
            let own = if self.names.contains_key(&member.target) { Some(member.target.key()) } else { None };
            let own = own.or_else(|| own_wire_name(self.document, &member.target));
            tags.extend(self.single_value(&member.facts, tag).or(own));
        }
        tags
    }

    /// Returns the mapping of the schema's discriminator: its values, with the places of the schemas behind references.
    pub(super) fn mapping(&mut self, place: &Place) -> Vec<(String, Place)> {
        let at = place.at("discriminator").at("mapping");
        let mut mapping = Vec::new();
        for (value, at) in self.document.entries(&at) {
            let Some(target) = self.document.text(&at) else { continue };
            // A mapping can contain the bare name of a component schema.
            let named = Place::root(place.file).at("components").at("schemas").at(target);
            let target = if self.document.value(&named).is_some() {
                Some(named)
            } else {
                self.document.target(target, &at, self.errors)
            };
            let target = target.and_then(|target| self.document.follow(&target, self.errors));
            mapping.extend(target.map(|target| (value, target)));
        }
        mapping
    }

    fn variant_name(&self, member: &Member) -> Ident {
        let named = self.names.get(&member.target).cloned();
        if let Some(name) = named.or_else(|| own_name(self.document, &member.target)) {
            return name;
        }
        let title = member.title.as_deref().filter(|title| title.split_whitespace().count() <= 4);
        let of_type = match member.facts.typ.as_deref() {
            Some("array") => "list",
            Some("string") => "text",
            Some("boolean") => "flag",
            Some(other) => other,
            None => "object",
        };
        names::camel(title.unwrap_or(of_type))
    }
}
