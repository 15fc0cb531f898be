//! Schemas to types.

use openapiv3::{AdditionalProperties, AnySchema, Schema};
use proc_macro2::Ident;

use super::Resolver;
use super::enums::{is_string_enum, type_of_values, variants};
use super::facts::facts;
use super::merge::Merged;
use crate::generator::document::{Reported, place_of};
use crate::generator::model::{Field, Name, Struct, Type, TypeDef, TypeId, TypeKind};
use crate::generator::names;
use crate::generator::normalize::is_plain_reference;
use crate::generator::place::Place;
use crate::generator::report::Problem;

impl Resolver<'_> {
    /// The type of the component schema at `place`, which always has a name. What it consists of is read later, by
    /// [`Resolver::finish`]: schemas can refer to each other in chains longer than the stack is deep.
    pub(super) fn component(&mut self, place: &Place) -> Type {
        if let Some(Some(ty)) = self.by_place.get(place) {
            return ty.clone();
        }
        let name = self.names.get(&place.key()).cloned().unwrap_or_else(|| names::camel(&place.key()));
        let (id, ty) = self.define(name, place);
        self.unread.push_back(id);
        ty
    }

    /// Reads the components that were named so far, and those that they name.
    pub(super) fn finish(&mut self) {
        while let Some(id) = self.unread.pop_front() {
            let Some(TypeDef { name, place, .. }) = self.types.get(id) else { continue };
            let (name, place) = (name.clone(), place.clone());
            let kind = match self.reference_target(&place) {
                Some(target) => target.ok().map(|target| TypeKind::Alias(self.schema(&target, &name))),
                None => self.kind(&place, &name),
            };
            self.set_kind(id, kind);
        }
    }

    /// The type of the schema at `place`. `hint` is its name if it needs one and has none of its own.
    pub(super) fn schema(&mut self, place: &Place, hint: &Ident) -> Type {
        if let Some(known) = self.by_place.get(place) {
            if self.skips_unsupported {
                self.reread.push(place.clone());
            }
            return known.clone().unwrap_or_else(|| {
                self.errors.push(
                    Problem::value(place, "this schema contains itself without a name")
                        .help("move it to `#/components/schemas` and refer to it there")
                        .unsupported(),
                );
                Type::Value
            });
        }
        if place.component("schemas").is_some() {
            return self.component(place);
        }
        self.by_place.insert(place.clone(), None);
        let ty = match self.reference_target(place) {
            Some(target) => target.map_or(Type::Value, |target| self.schema(&target, hint)),
            None => self.inline(place, hint),
        };
        self.by_place.insert(place.clone(), Some(ty.clone()));
        ty
    }

    /// Where a schema that is nothing but a reference points.
    fn reference_target(&mut self, place: &Place) -> Option<Result<Place, Reported>> {
        self.document.object(place).filter(|schema| is_plain_reference(schema))?;
        self.document.reference(place, self.errors)
    }

    /// A schema that is no component: it gets a name only if it defines a type.
    fn inline(&mut self, place: &Place, hint: &Ident) -> Type {
        let Some(facts) = self.facts(place) else { return Type::Value };
        if !is_defined(&facts) && !self.has_reference(place) {
            return self.plain(&facts, hint);
        }
        let name = names::unique(hint, &mut self.taken);
        let (id, ty) = self.define(name.clone(), place);
        let kind = self.kind_of(place, facts, &name);
        self.set_kind(id, Some(kind));
        ty
    }

    fn facts(&mut self, place: &Place) -> Option<AnySchema> {
        let facts = self.document.read_here::<Schema>(place, self.errors).map(facts)?;
        if facts.typ.as_deref() == Some("string") {
            for (index, value) in facts.enumeration.iter().enumerate().filter(|(_, value)| value.is_f64()) {
                // `1.10` was read as 1.1, so that its spelling is lost.
                self.errors.push(
                    Problem::value(
                        &place.at("enum").at(&index.to_string()),
                        format!("`{value}` is a number, but the type is `string`"),
                    )
                    .help("write it in quotes"),
                );
            }
        }
        Some(facts)
    }

    fn has_reference(&self, place: &Place) -> bool {
        self.document.object(place).is_some_and(|schema| schema.contains_key("$ref"))
    }

    /// Gives the schema at `place` a definition before what is inside is read, since that may refer back to it.
    pub(super) fn define(&mut self, name: Ident, place: &Place) -> (TypeId, Type) {
        let id = self.types.len();
        let ty = Type::Named(id);
        let notes = self.notes(place);
        self.types.push(TypeDef {
            name,
            place: place.clone(),
            docs: notes.docs,
            is_deprecated: notes.is_deprecated,
            kind: TypeKind::Alias(Type::Value),
        });
        self.by_place.insert(place.clone(), Some(ty.clone()));
        (id, ty)
    }

    pub(super) fn set_kind(&mut self, id: TypeId, kind: Option<TypeKind>) {
        if let (Some(kind), Some(definition)) = (kind, self.types.get_mut(id)) {
            definition.kind = kind;
        }
    }

    fn kind(&mut self, place: &Place, name: &Ident) -> Option<TypeKind> {
        let facts = self.facts(place)?;
        Some(self.kind_of(place, facts, name))
    }

    fn kind_of(&mut self, place: &Place, facts: AnySchema, name: &Ident) -> TypeKind {
        if is_string_enum(&facts) {
            return TypeKind::Enum(variants(&facts.enumeration));
        }
        let has_parts =
            !facts.properties.is_empty() || facts.additional_properties.is_some() || self.has_reference(place);
        if !has_parts && facts.all_of.is_empty() && self.is_union(&facts) {
            return self.union(place, &facts, name);
        }
        if !has_parts && let Some(member) = self.only_member(&facts) {
            return TypeKind::Alias(self.schema(&member, name));
        }
        if is_defined(&facts) || self.has_reference(place) {
            let merged = self.merge(place, facts);
            return TypeKind::Struct(self.structure(place, &merged, name));
        }
        TypeKind::Alias(self.plain(&facts, name))
    }

    fn structure(&mut self, place: &Place, merged: &Merged, name: &Ident) -> Struct {
        self.required_are_properties(merged);
        let mut fields = Vec::new();
        for (property, place) in &merged.properties {
            fields.push(self.field(property, place, merged.required.contains_key(property), name));
        }
        for (at, facts) in &merged.unions {
            let ty = self.union_part(at, facts, name);
            let field = flattened(
                "variant",
                "What stands among the other properties, in one of several forms.",
                ty,
                at,
                &fields,
            );
            fields.push(field);
        }
        if let Some(ty) = self.additional(merged.additional.as_ref(), name) {
            let field = additional_properties(Type::Map(Box::new(ty)), place, &fields);
            fields.push(field);
        }
        Struct { fields, is_sent: false }
    }

    /// The type of the values under keys that are no property, where the document speaks of them.
    fn additional(&mut self, additional: Option<&AdditionalProperties>, name: &Ident) -> Option<Type> {
        match additional? {
            AdditionalProperties::Schema(schema) => {
                Some(self.schema(&place_of(schema)?, &names::nested(name, "value")))
            }
            AdditionalProperties::Any(is_open) => is_open.then_some(Type::Value),
        }
    }

    pub(super) fn field(&mut self, property: &str, place: &Place, is_required: bool, parent: &Ident) -> Field {
        let notes = self.notes(place);
        let chosen = self.document.text(&place.at("x-rust-name")).map(names::snake);
        Field {
            name: Name { wire: property.to_owned(), rust: chosen.unwrap_or_else(|| names::snake(property)) },
            place: place.clone(),
            docs: notes.docs,
            is_deprecated: notes.is_deprecated,
            is_required,
            is_nullable: notes.is_nullable,
            is_flattened: false,
            is_pii: notes.is_pii,
            ty: match self.by_place.get(place) {
                Some(Some(known)) => known.clone(),
                _ => self.schema(place, &names::nested(parent, property)),
            },
        }
    }

    /// A type that needs no definition.
    fn plain(&mut self, facts: &AnySchema, hint: &Ident) -> Type {
        match facts.typ.as_deref() {
            Some("string") => string(facts),
            Some("boolean") => Type::Bool,
            Some("integer") => integer(facts),
            Some("number") if facts.format.as_deref() == Some("float") => Type::F32,
            Some("number") => Type::F64,
            Some("array") => self.list(facts, hint),
            Some("object") => self.map(facts, hint),
            None if facts.items.is_some() => self.list(facts, hint),
            None if facts.additional_properties.is_some() => self.map(facts, hint),
            None => type_of_values(&facts.enumeration),
            // Other words were refused where the schema was read.
            Some(_) => Type::Value,
        }
    }

    fn list(&mut self, facts: &AnySchema, hint: &Ident) -> Type {
        let items = facts.items.as_ref().and_then(place_of);
        let item = items.map_or(Type::Value, |items| self.schema(&items, &names::nested(hint, "item")));
        Type::List(Box::new(item))
    }

    fn map(&mut self, facts: &AnySchema, hint: &Ident) -> Type {
        let values = match &facts.additional_properties {
            Some(AdditionalProperties::Schema(schema)) => place_of(schema),
            _ => None,
        };
        let value = values.map_or(Type::Value, |values| self.schema(&values, &names::nested(hint, "value")));
        Type::Map(Box::new(value))
    }
}

/// The field of the properties that a struct does not list.
pub(super) fn additional_properties(ty: Type, place: &Place, others: &[Field]) -> Field {
    flattened("additional_properties", "The properties that the document does not list.", ty, place, others)
}

/// A field that is no property itself. Its name gives way to those of properties.
fn flattened(name: &str, docs: &str, ty: Type, place: &Place, others: &[Field]) -> Field {
    let mut name = name.to_owned();
    while others.iter().any(|field| field.name.rust == name) {
        name.push('_');
    }
    Field {
        name: Name { rust: Ident::new(&name, proc_macro2::Span::call_site()), wire: name },
        place: place.clone(),
        docs: docs.to_owned(),
        is_deprecated: false,
        is_required: true,
        is_nullable: false,
        is_flattened: true,
        is_pii: false,
        ty,
    }
}

/// Whether a schema makes a type of its own rather than one that Rust has already.
fn is_defined(facts: &AnySchema) -> bool {
    !facts.properties.is_empty()
        || !facts.all_of.is_empty()
        || !facts.one_of.is_empty()
        || !facts.any_of.is_empty()
        || is_string_enum(facts)
}

fn string(facts: &AnySchema) -> Type {
    match facts.format.as_deref() {
        Some("date-time") => Type::DateTime,
        Some("date-time-rfc-2822") => Type::Rfc2822,
        Some("date") => Type::Date,
        Some("uuid") => Type::Uuid,
        Some("byte") => Type::Base64,
        _ => Type::String,
    }
}

fn integer(facts: &AnySchema) -> Type {
    let is_unsigned = facts.minimum.is_some_and(|minimum| minimum >= 0.0);
    match (facts.format.as_deref(), is_unsigned) {
        (Some("int32"), false) => Type::I32,
        (Some("int32"), true) => Type::U32,
        (_, false) => Type::I64,
        (_, true) => Type::U64,
    }
}
