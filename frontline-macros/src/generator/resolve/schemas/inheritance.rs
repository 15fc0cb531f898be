//! Schemas with a discriminator that other schemas extend by `allOf`.

use std::collections::HashMap;

use openapiv3::{AnySchema, Schema};
use proc_macro2::Ident;
use serde_json::Value;

use super::facts::facts;
use super::member::Member;
use super::tags::Tag;
use crate::generator::model::{TypeKind, Union};
use crate::generator::names;
use crate::generator::problems::{Errors, Place};
use crate::generator::resolve::resolver::Resolver;

impl Resolver<'_> {
    /// Returns the union of the schemas that extend the one at `place`, if that has a discriminator.
    ///
    /// The schema itself is a member only if a value of the discriminator is mapped to it.
    pub(super) fn inherited(&mut self, place: &Place, own: &AnySchema, name: &Ident) -> Option<TypeKind> {
        let tag = self.own_tag(place)?;
        let mut members = Vec::new();
        for target in self.subtypes(place, &tag) {
            let (schema, target) = self.document.read::<Schema>(&target, self.errors)?;
            members.push(Member {
                place: target.clone(),
                target,
                title: schema.schema_data.title.clone(),
                description: None,
                facts: facts(schema),
            });
        }
        if members.is_empty() {
            return None;
        }
        if tag.mapping.iter().any(|(_, target)| target == place) {
            let merged = self.merge(place, own.clone());
            let base = self.taken.unique(&names::nested(name, "base"));
            let at = place.at("discriminator");
            let (id, _) = self.define(base.clone(), &at);
            let kind = TypeKind::Struct(self.structure(std::slice::from_ref(place), &merged, &base));
            self.set_kind(id, Some(kind));
            members.push(Member {
                place: at,
                target: place.clone(),
                facts: own.clone(),
                title: None,
                description: None,
            });
        }
        let mut variants = self.variants(&members, Some(&tag), name);
        let tag = self.union_tag(place, tag, &members, &mut variants);
        Some(TypeKind::Union(Union { tag: Some(tag), variants, ..Union::default() }))
    }

    /// Returns whether the schema at `place` can be the union of those that extend it: it has no `oneOf` or `anyOf` of
    /// other schemas, which are beside its properties.
    pub(super) fn is_inherited(&mut self, place: &Place, facts: &AnySchema) -> bool {
        let members = self.members(facts);
        members.is_empty() || self.extend(place, &members)
    }

    /// Returns whether the members of the union at `place` are the schemas that extend it. Those take over its properties,
    /// but not the union: they are its members already.
    pub(super) fn lists_heirs(&mut self, place: &Place, members: &[Member]) -> bool {
        self.own_tag(place).is_some() && self.extend(place, members)
    }

    /// Returns whether a member extends the schema at `place`.
    fn extend(&mut self, place: &Place, members: &[Member]) -> bool {
        let descendants = self.descendants(place);
        members.iter().any(|member| descendants.contains(&member.target))
    }

    /// Returns whether the schema at `place` is such a union and contains the one at `member`.
    pub(super) fn is_inherited_by(&mut self, place: &Place, member: &Place) -> bool {
        let Some(place) = self.document.follow(place, self.errors) else { return false };
        // Schemas outside of components are not found by what they extend, but they can be mapped.
        self.own_tag(&place).is_some_and(|tag| self.subtypes(&place, &tag).contains(member))
    }

    /// Returns the schemas that values of the discriminator are mapped to, then the others that extend this one.
    pub(super) fn subtypes(&mut self, place: &Place, tag: &Tag) -> Vec<Place> {
        let mut subtypes: Vec<Place> = Vec::new();
        let mapped = tag.mapping.iter().map(|(_, target)| target.clone());
        for subtype in mapped.chain(self.descendants(place)) {
            if subtype != *place && !subtypes.contains(&subtype) {
                subtypes.push(subtype);
            }
        }
        subtypes
    }

    /// Returns the component schemas that extend the one at `place`, directly or indirectly.
    pub(super) fn descendants(&mut self, place: &Place) -> Vec<Place> {
        let mut children = self.children.take().unwrap_or_else(|| self.read_children());
        let mut found = Vec::new();
        let mut open = vec![place.clone()];
        while let Some(next) = open.pop() {
            for child in children.entry(next).or_default() {
                if child != place && !found.contains(child) {
                    found.push(child.clone());
                    open.push(child.clone());
                }
            }
        }
        self.children = Some(children);
        found
    }

    /// Reads which component schemas extend which others by `allOf`.
    fn read_children(&mut self) -> HashMap<Place, Vec<Place>> {
        let mut children: HashMap<Place, Vec<Place>> = HashMap::new();
        let components: Vec<Place> = self.names.keys().cloned().collect();
        for component in components {
            let all_of = component.at("allOf");
            let members = self.document.value(&all_of).and_then(Value::as_array).map_or(0, Vec::len);
            for index in 0..members {
                let member = all_of.at(&index.to_string());
                // Mistakes are reported when the reference is read.
                if let Some(Ok(parent)) = self.document.reference(&member, &mut Errors::default()) {
                    children.entry(parent).or_default().push(component.clone());
                }
            }
        }
        children
    }
}
