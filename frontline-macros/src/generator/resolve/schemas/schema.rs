//! Decides which type a schema becomes.

use openapiv3::{AnySchema, ReferenceOr, Schema};
use proc_macro2::Ident;

use super::facts::{facts, says_something};
use super::names::own_name;
use super::notes::Notes;
use super::unheard::KEEPS;
use crate::generator::docs::code;
use crate::generator::document::Reported;
use crate::generator::model::{Type, TypeDef, TypeId, TypeKind};
use crate::generator::names;
use crate::generator::openapi::is_plain_reference;
use crate::generator::problems::Place;
use crate::generator::resolve::places::is_remark;
use crate::generator::resolve::plain::only_item;
use crate::generator::resolve::resolver::Resolver;

impl Resolver<'_> {
    /// Returns the type of the component schema at `place`, which always has a name.
    ///
    /// The schema itself is read later, by [`Resolver::finish`], because a long chain of references would overflow the
    /// stack.
    pub fn component(&mut self, place: &Place) -> Type {
        if let Some(Some(ty)) = self.by_place.get(place) {
            return ty.clone();
        }
        let name = self.names.get(place).cloned().unwrap_or_else(|| names::camel(&place.key()));
        let (id, ty) = self.define(name, place);
        self.unread.push_back(id);
        ty
    }

    /// Reads the components that are referred to but not read yet, and those that they refer to.
    pub fn finish(&mut self) {
        while let Some(id) = self.unread.pop_front() {
            let Some(TypeDef { name, place, .. }) = self.types.get(id) else { continue };
            let (name, place) = (name.clone(), place.clone());
            let part = self.errors.part();
            let mut kind = match (self.several.remove(&id), self.reference_target(&place)) {
                (Some(places), _) => Some(self.struct_together(&places, &name)),
                (None, Some(target)) => target.ok().map(|target| TypeKind::Alias(self.schema(&target, &name))),
                (None, None) => self.kind(&place, &name),
            };
            if self.errors.end(part, || self.document.becomes_any(&place)) {
                kind = Some(TypeKind::Alias(Type::Value));
            }
            self.set_kind(id, kind);
        }
    }

    /// Returns the type of the schema at `place`. If it needs a name and has none, it gets the name `hint`.
    pub fn schema(&mut self, place: &Place, hint: &Ident) -> Type {
        if let Some(known) = self.by_place.get(place) {
            // A schema that contains itself needs a name.
            return known.clone().unwrap_or_else(|| {
                let name = self.taken.unique(&own_name(self.document, place).unwrap_or(hint.clone()));
                self.define(name, place).1
            });
        }
        if self.names.contains_key(place) {
            return self.component(place);
        }
        self.by_place.insert(place.clone(), None);
        let part = self.errors.part();
        let ty = self.deeper(place, |inner| match inner.reference_target(place) {
            Some(target) => target.map_or(Type::Value, |target| inner.schema(&target, hint)),
            None => inner.inline(place, hint),
        });
        let is_any = self.errors.end(part, || self.document.becomes_any(place));
        let ty = ty.filter(|_| !is_any).unwrap_or(Type::Value);
        match self.by_place.get(place) {
            Some(Some(Type::Named(named))) if ty != Type::Named(*named) => {
                let named = *named;
                self.set_kind(named, Some(TypeKind::Alias(ty)));
                Type::Named(named)
            }
            _ => {
                self.by_place.insert(place.clone(), Some(ty.clone()));
                ty
            }
        }
    }

    /// Returns the target of a schema that consists only of a reference.
    fn reference_target(&mut self, place: &Place) -> Option<Result<Place, Reported>> {
        let schema = self.document.object(place).filter(|schema| is_plain_reference(schema))?;
        if schema.contains_key(KEEPS) {
            self.keeping.entry(place.clone()).or_default();
        }
        self.document.reference(place, self.errors)
    }

    /// Returns the type of a schema that is not a component. It gets a name only if it needs a definition.
    fn inline(&mut self, place: &Place, hint: &Ident) -> Type {
        let Some(facts) = self.facts(place) else { return Type::Value };
        let own = own_name(self.document, place);
        if !self.is_defined(place, &facts) {
            return self.undefined(place, &facts, own.as_ref().unwrap_or(hint));
        }
        let name = self.taken.unique(own.as_ref().unwrap_or(hint));
        let (id, ty) = self.define(name.clone(), place);
        if own.is_some() {
            self.unread.push_back(id);
        } else {
            let kind = self.kind_of(place, facts, &name);
            self.set_kind(id, Some(kind));
        }
        ty
    }

    /// Returns the type of a schema that needs no definition.
    fn undefined(&mut self, place: &Place, facts: &AnySchema, hint: &Ident) -> Type {
        if !says_something(facts) && self.has_conditional(place) {
            self.tell_untyped(place);
        }
        self.plain(facts, hint)
    }

    fn facts(&mut self, place: &Place) -> Option<AnySchema> {
        let mut facts = self.document.read_here::<Schema>(place, self.errors).map(facts)?;
        if self.is_anything(place, &facts) {
            return Some(AnySchema::default());
        }
        if let Some(only) = only_item(&self.document.written_at(place), self.document) {
            facts.items = Some(ReferenceOr::Reference { reference: only.link() });
        }
        // If the type is not an object, members that only restrict its values do not change it.
        if facts.typ.as_deref().is_some_and(|typ| typ != "object") {
            if !self.is_union(place, &facts) {
                facts.one_of.clear();
                facts.any_of.clear();
            }
            if self.telling(place, &facts).is_empty() {
                facts.all_of.clear();
            }
        }
        self.tell_unheard(place, &facts);
        Some(facts)
    }

    pub(super) fn has_reference(&self, place: &Place) -> bool {
        self.document.object(place).is_some_and(|schema| schema.contains_key("$ref"))
    }

    /// Adds a definition for the schema at `place`. Its content is read afterwards, because it may refer back to it.
    pub fn define(&mut self, name: Ident, place: &Place) -> (TypeId, Type) {
        let notes = self.notes(place);
        let (id, ty) = self.new_type(name, place, &notes);
        self.by_place.insert(place.clone(), Some(ty.clone()));
        (id, ty)
    }

    pub(super) fn new_type(&mut self, name: Ident, place: &Place, notes: &Notes) -> (TypeId, Type) {
        let id = self.types.len();
        let docs = notes.docs();
        // For schemas of the first file, the expansion adds the origin.
        let has_docs = !docs.is_empty() || place.file == 0;
        let origin = || format!("Generated from {}.", code(&self.document.reference_to(place)));
        self.types.push(TypeDef {
            name,
            place: place.clone(),
            docs: if has_docs { docs } else { origin() },
            is_deprecated: notes.is_deprecated,
            kind: TypeKind::Alias(Type::Value),
        });
        (id, Type::Named(id))
    }

    pub fn set_kind(&mut self, id: TypeId, kind: Option<TypeKind>) {
        let (Some(mut kind), Some(TypeDef { place, .. })) = (kind, self.types.get(id)) else { return };
        if let TypeKind::Union(union) = &mut kind {
            union.is_pii = self.is_personal(place);
            union.has_pii = union.is_pii;
        }
        if let Some(definition) = self.types.get_mut(id) {
            definition.kind = kind;
        }
    }

    fn kind(&mut self, place: &Place, name: &Ident) -> Option<TypeKind> {
        let facts = self.facts(place)?;
        Some(self.kind_of(place, facts, name))
    }

    fn kind_of(&mut self, place: &Place, facts: AnySchema, name: &Ident) -> TypeKind {
        if let Some(enumeration) = self.enumeration(place, &facts) {
            return enumeration;
        }
        if let Some(tuple) = self.tuple(place, &facts, name) {
            return self.tuple_or_other(place, tuple, name);
        }
        let has_parts = !facts.properties.is_empty()
            || facts.additional_properties.is_some()
            || self.has_reference(place)
            || self.allows_any_object(&facts);
        if !has_parts && facts.all_of.is_empty() && self.is_union(place, &facts) && !self.has_conditional(place) {
            return self.union(place, &facts, name);
        }
        if self.is_inherited(place, &facts)
            && let Some(union) = self.inherited(place, &facts, name)
        {
            return union;
        }
        if !self.is_defined(place, &facts) {
            return TypeKind::Alias(self.undefined(place, &facts, name));
        }
        let members = self.telling(place, &facts);
        let only_refers = self.document.object(place).is_some_and(|schema| schema.keys().all(|key| says_nothing(key)));
        if let [only] = members.as_slice()
            && only_refers
            && !self.is_inherited_by(only, place)
        {
            return TypeKind::Alias(self.schema(only, name));
        }
        let merged = self.merge(place, facts);
        self.kind_of_all(place, &merged, &members, name)
    }

    /// Returns whether a schema needs a definition, rather than a type that already exists.
    fn is_defined(&mut self, place: &Place, facts: &AnySchema) -> bool {
        let has_parts =
            !facts.properties.is_empty() || self.has_reference(place) || self.prefix(place, facts).is_some();
        let is_composed = !facts.all_of.is_empty() || !facts.one_of.is_empty() || !facts.any_of.is_empty();
        has_parts
            || is_composed
            || self.is_enum(place, facts)
            || match facts.typ.as_deref() {
                Some("object") => self.has_conditional(place),
                Some("array") => self.adds_to_items(place, facts),
                _ => false,
            }
    }
}

/// Returns whether a key leaves the type to the members of `allOf`.
fn says_nothing(key: &str) -> bool {
    key == "allOf" || key == "nullable" || key.starts_with("x-") || is_remark(key)
}
