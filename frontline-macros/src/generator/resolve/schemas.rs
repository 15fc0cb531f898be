//! Schemas to types.

use openapiv3::{AdditionalProperties, AnySchema, Schema};
use proc_macro2::Ident;
use serde_json::Value;

use super::Resolver;
use super::facts::facts;
use super::merge::Merged;
use crate::generator::docs::rustdoc;
use crate::generator::document::{Reported, place_of};
use crate::generator::model::{Field, Name, Struct, Type, TypeDef, TypeId, TypeKind, Variant};
use crate::generator::names;
use crate::generator::normalize::is_plain_reference;
use crate::generator::place::Place;
use crate::generator::report::Problem;
use crate::generator::suggest::did_you_mean;

const TYPES: [&str; 6] = ["string", "number", "integer", "boolean", "object", "array"];

impl Resolver<'_> {
    /// The type of the component schema at `place`, which always has a name.
    pub(super) fn component(&mut self, place: &Place) -> Type {
        if let Some(Some(ty)) = self.by_place.get(place) {
            return ty.clone();
        }
        let name = self.names.get(&place.key()).cloned().unwrap_or_else(|| names::camel(&place.key()));
        let (id, ty) = self.define(name.clone(), place);
        let kind = match self.reference_target(place) {
            Some(target) => target.ok().map(|target| TypeKind::Alias(self.schema(&target, &name))),
            None => self.kind(place, &name),
        };
        self.set_kind(id, kind);
        ty
    }

    /// The type of the schema at `place`. `hint` is its name if it needs one and has none of its own.
    pub(super) fn schema(&mut self, place: &Place, hint: &Ident) -> Type {
        if let Some(known) = self.by_place.get(place) {
            return known.clone().unwrap_or_else(|| {
                self.errors.push(
                    Problem::value(place, "this schema contains itself without a name")
                        .help("move it to `#/components/schemas` and refer to it there"),
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
            return self.plain(place, &facts, hint);
        }
        let name = names::unique(hint, &mut self.taken);
        let (id, ty) = self.define(name.clone(), place);
        let kind = self.kind_of(place, facts, &name);
        self.set_kind(id, kind);
        ty
    }

    fn facts(&mut self, place: &Place) -> Option<AnySchema> {
        self.document.read_here::<Schema>(place, self.errors).map(facts)
    }

    fn has_reference(&self, place: &Place) -> bool {
        self.document.object(place).is_some_and(|schema| schema.contains_key("$ref"))
    }

    /// Gives the schema at `place` a definition before what is inside is read, since that may refer back to it.
    fn define(&mut self, name: Ident, place: &Place) -> (TypeId, Type) {
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

    fn set_kind(&mut self, id: TypeId, kind: Option<TypeKind>) {
        if let (Some(kind), Some(definition)) = (kind, self.types.get_mut(id)) {
            definition.kind = kind;
        }
    }

    fn kind(&mut self, place: &Place, name: &Ident) -> Option<TypeKind> {
        let facts = self.facts(place)?;
        self.kind_of(place, facts, name)
    }

    fn kind_of(&mut self, place: &Place, facts: AnySchema, name: &Ident) -> Option<TypeKind> {
        for (construct, is_used) in [("oneOf", !facts.one_of.is_empty()), ("anyOf", !facts.any_of.is_empty())] {
            if is_used {
                let at = place.at(construct);
                self.errors.push(
                    Problem::key(&at, format!("`{construct}` is not supported"))
                        .help("describe the value with one schema"),
                );
                return None;
            }
        }
        if is_string_enum(&facts) {
            return Some(TypeKind::Enum(variants(&facts.enumeration)));
        }
        if let [only] = facts.all_of.as_slice()
            && facts.properties.is_empty()
            && facts.additional_properties.is_none()
            && !self.has_reference(place)
        {
            return place_of(only).map(|member| TypeKind::Alias(self.schema(&member, name)));
        }
        if is_defined(&facts) || self.has_reference(place) {
            let merged = self.merge(place, facts);
            return Some(TypeKind::Struct(self.structure(merged, name)));
        }
        Some(TypeKind::Alias(self.plain(place, &facts, name)))
    }

    fn structure(&mut self, merged: Merged, name: &Ident) -> Struct {
        let fields = merged.properties.into_iter().map(|(property, place)| {
            let is_required = merged.required.contains(&property);
            self.field(&property, &place, is_required, name)
        });
        let fields = fields.collect();
        let additional = match merged.additional {
            Some(AdditionalProperties::Schema(schema)) => {
                place_of(&schema).map(|place| self.schema(&place, &names::nested(name, "value")))
            }
            Some(AdditionalProperties::Any(true)) => Some(Type::Value),
            _ => None,
        };
        Struct { fields, additional, is_sent: false }
    }

    fn field(&mut self, property: &str, place: &Place, is_required: bool, parent: &Ident) -> Field {
        let notes = self.notes(place);
        let chosen = self.document.text(&place.at("x-rust-name")).map(names::snake);
        Field {
            name: Name { wire: property.to_owned(), rust: chosen.unwrap_or_else(|| names::snake(property)) },
            place: place.clone(),
            docs: notes.docs,
            is_deprecated: notes.is_deprecated,
            is_required,
            is_nullable: notes.is_nullable,
            is_pii: notes.is_pii,
            ty: self.schema(place, &names::nested(parent, property)),
        }
    }

    /// A type that needs no definition.
    fn plain(&mut self, place: &Place, facts: &AnySchema, hint: &Ident) -> Type {
        match facts.typ.as_deref() {
            Some("string") => Type::String,
            Some("boolean") => Type::Bool,
            Some("integer") => integer(facts),
            Some("number") if facts.format.as_deref() == Some("float") => Type::F32,
            Some("number") => Type::F64,
            Some("array") => self.list(facts, hint),
            Some("object") => self.map(facts, hint),
            None if facts.items.is_some() => self.list(facts, hint),
            None if facts.additional_properties.is_some() => self.map(facts, hint),
            None => Type::Value,
            Some(unknown) => {
                let suggestion = did_you_mean(unknown, TYPES.into_iter());
                self.errors.push(
                    Problem::value(&place.at("type"), format!("`{unknown}` is not a type{suggestion}"))
                        .help(format!("the types are {}", TYPES.map(|name| format!("`{name}`")).join(", "))),
                );
                Type::Value
            }
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

    /// What a schema says beside its type; what stands beside a `$ref` counts, and wins over what the target says.
    pub(super) fn notes(&mut self, place: &Place) -> Notes {
        let mut notes = Notes::default();
        let mut next = Some(place.clone());
        let mut seen = Vec::new();
        while let Some(place) = next.take().filter(|place| !seen.contains(place)) {
            let Some(schema) = self.document.object(&place) else { break };
            if notes.docs.is_empty() && seen.is_empty() {
                notes.docs = rustdoc(schema.get("description").and_then(Value::as_str).unwrap_or_default());
            }
            let is_set = |key: &str| schema.get(key).and_then(Value::as_bool) == Some(true);
            notes.is_nullable |= is_set("nullable") || enumerates_null(schema.get("enum"));
            notes.is_deprecated |= is_set("deprecated") && seen.is_empty();
            notes.is_pii |= schema.get("x-twilio").is_some_and(|twilio| twilio.get("pii").is_some());
            if let Some(Ok(target)) = self.document.reference(&place, self.errors) {
                next = Some(target);
            }
            seen.push(place);
        }
        notes
    }
}

/// What a schema says of a value apart from its type.
#[derive(Default)]
pub(super) struct Notes {
    pub docs: String,
    pub is_nullable: bool,
    pub is_deprecated: bool,
    pub is_pii: bool,
}

/// Whether a schema makes a type of its own rather than one that Rust has already.
fn is_defined(facts: &AnySchema) -> bool {
    !facts.properties.is_empty()
        || !facts.all_of.is_empty()
        || !facts.one_of.is_empty()
        || !facts.any_of.is_empty()
        || is_string_enum(facts)
}

fn is_string_enum(facts: &AnySchema) -> bool {
    matches!(facts.typ.as_deref(), None | Some("string"))
        && facts.enumeration.iter().any(Value::is_string)
        && facts.enumeration.iter().all(|value| value.is_string() || value.is_null())
}

fn enumerates_null(values: Option<&Value>) -> bool {
    values.and_then(Value::as_array).is_some_and(|values| values.iter().any(Value::is_null))
}

/// One variant for each value; values whose names are alike are numbered.
fn variants(values: &[Value]) -> Vec<Variant> {
    // The expansion adds a variant of this name for values that the document does not list.
    let mut taken = [names::camel("unknown")].into();
    let mut wires: Vec<&str> = values.iter().filter_map(Value::as_str).collect();
    let mut seen = std::collections::BTreeSet::new();
    wires.retain(|wire| seen.insert(*wire));
    let variant = |wire: &str| Variant {
        name: Name { wire: wire.to_owned(), rust: names::unique(&names::camel(wire), &mut taken) },
    };
    wires.into_iter().map(variant).collect()
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
