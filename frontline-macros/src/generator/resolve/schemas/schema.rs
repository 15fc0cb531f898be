//! Decides which type a schema becomes.

use openapiv3::{AnySchema, Schema};
use proc_macro2::Ident;
use serde_json::Value;

use super::facts::facts;
use super::names::own_name;
use super::notes::Notes;
use crate::generator::docs::code;
use crate::generator::document::Reported;
use crate::generator::model::{Field, Struct, Type, TypeDef, TypeId, TypeKind};
use crate::generator::names;
use crate::generator::openapi::is_plain_reference;
use crate::generator::problems::{Place, Problem};
use crate::generator::resolve::merged::{Additional, Merged};
use crate::generator::resolve::places::{Places, is_remark};
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
        self.document.object(place).filter(|schema| is_plain_reference(schema))?;
        self.document.reference(place, self.errors)
    }

    /// Returns the type of a schema that is not a component. It gets a name only if it needs a definition.
    fn inline(&mut self, place: &Place, hint: &Ident) -> Type {
        let Some(facts) = self.facts(place) else { return Type::Value };
        let own = own_name(self.document, place);
        if !self.is_defined(place, &facts) {
            return self.plain(&facts, own.as_ref().unwrap_or(hint));
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

    fn facts(&mut self, place: &Place) -> Option<AnySchema> {
        let mut facts = self.document.read_here::<Schema>(place, self.errors).map(facts)?;
        if self.is_anything(&facts) {
            return Some(AnySchema::default());
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
            return TypeKind::Tuple(tuple);
        }
        let has_parts =
            !facts.properties.is_empty() || facts.additional_properties.is_some() || self.has_reference(place);
        if !has_parts && facts.all_of.is_empty() && self.is_union(place, &facts) {
            return self.union(place, &facts, name);
        }
        if self.is_inherited(place, &facts)
            && let Some(union) = self.inherited(place, &facts, name)
        {
            return union;
        }
        if !self.is_defined(place, &facts) {
            return TypeKind::Alias(self.plain(&facts, name));
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
    fn is_defined(&self, place: &Place, facts: &AnySchema) -> bool {
        let has_parts =
            !facts.properties.is_empty() || self.has_reference(place) || self.prefix(place, facts).is_some();
        let is_composed = !facts.all_of.is_empty() || !facts.one_of.is_empty() || !facts.any_of.is_empty();
        has_parts || is_composed || self.is_enum(place, facts)
    }

    /// Returns the struct of the schemas at `places`, which were merged.
    pub(super) fn structure(&mut self, places: &[Place], merged: &Merged, name: &Ident) -> Struct {
        let mut fields = Vec::new();
        for (property, places) in &merged.properties {
            fields.push(self.field(property, places, merged.required.contains_key(property), name));
        }
        fields.extend(self.conditional(merged, name));
        self.mark_conditional(merged, &mut fields);
        let (undescribed, is_elsewhere) = self.undescribed(places, merged);
        fields.extend(undescribed);
        for (at, facts) in &merged.unions {
            let ty = self.union_part(at, facts, name);
            let field = Field::flattened("variant", "Further properties, in one of several forms.", ty, at, &fields);
            fields.push(field);
        }
        let values = match &merged.additional {
            Some(Additional::Of(values)) => Some(self.element_of(values, &names::nested(name, "value"))),
            Some(Additional::Any) => Some(Type::Value),
            Some(Additional::None) | None => None,
        };
        if let (Some(ty), Some(place)) = (values, places.last()) {
            let mut field = Field::additional_properties(ty, place, &fields);
            field.is_pii = self.has_personal_rest(merged.additional.as_ref());
            fields.push(field);
        }
        if places.iter().any(|place| self.is_personal(place)) {
            for field in &mut fields {
                field.is_pii = true;
            }
        }
        let keeps_unknown = self.keeps_unknown(places, merged.additional.as_ref()).or(is_elsewhere.then_some(true));
        Struct { fields, keeps_unknown, ..Struct::default() }
    }

    /// Returns whether the struct of the schemas at `places` keeps the properties that they do not list.
    fn keeps_unknown(&mut self, places: &[Place], additional: Option<&Additional>) -> Option<bool> {
        let mut options = places.iter().rev().map(|place| place.at("x-rust-keep-unknown"));
        let chosen = options.find_map(|at| Some((self.document.value(&at)?.clone(), at)));
        match (chosen, additional) {
            // The field for additional properties keeps them.
            (_, Some(Additional::Of(_) | Additional::Any)) | (None, Some(Additional::None)) => Some(false),
            (None, None) => self.keeps_unknown,
            (Some((Value::Bool(keeps), _)), _) => Some(keeps),
            (Some((_, at)), _) => {
                let problem = Problem::value(&at, "`x-rust-keep-unknown` must be `true` or `false`");
                self.errors.spare(problem, "this is ignored");
                None
            }
        }
    }

    /// Returns the field for a property that the schemas at `places` describe.
    pub fn field(&mut self, property: &str, places: &Places, is_required: bool, parent: &Ident) -> Field {
        let notes = self.notes_of(places);
        let chosen = places.iter().rev().find_map(|place| self.document.text(&place.at("x-rust-name")));
        let rust = chosen.map_or_else(|| names::snake(property), names::snake);
        let known = match &**places {
            [only] => self.by_place.get(only).cloned().flatten(),
            _ => None,
        };
        let ty = known.unwrap_or_else(|| self.together(places, &names::nested(parent, property)));
        let place = places.last().cloned().unwrap_or_else(|| Place::root(0));
        let constant = places.iter().rev().find_map(|place| self.constant(place));
        let null = || places.iter().any(|place| self.is_always_null(place)).then_some(Value::Null);
        Field {
            docs: notes.docs(),
            is_deprecated: notes.is_deprecated,
            is_required,
            is_nullable: notes.is_nullable,
            access: notes.access,
            is_pii: places.iter().any(|place| self.is_personal(place)),
            constant: constant.or_else(null),
            ..Field::optional(property, rust, &place, ty)
        }
    }
}

/// Returns whether a key leaves the type to the members of `allOf`.
fn says_nothing(key: &str) -> bool {
    key == "allOf" || key == "nullable" || key.starts_with("x-") || is_remark(key)
}
