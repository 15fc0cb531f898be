//! Types that need no definition.

use openapiv3::{AdditionalProperties, AnySchema};
use proc_macro2::Ident;

use super::enums::type_of_values;
use crate::generator::document::place_of;
use crate::generator::model::Type;
use crate::generator::names;
use crate::generator::problems::Place;
use crate::generator::resolve::resolver::Resolver;

impl Resolver<'_> {
    pub(super) fn plain(&mut self, facts: &AnySchema, hint: &Ident) -> Type {
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
            // Unknown types were reported when the schema was read.
            Some(_) => Type::Value,
        }
    }

    /// Returns the type of an item of a list, a map or a tuple. Only the type can say that an item is nullable.
    pub(super) fn element(&mut self, place: &Place, hint: &Ident) -> Type {
        let ty = self.schema(place, hint);
        if ty != Type::Value && self.notes(place).is_nullable { Type::Nullable(Box::new(ty)) } else { ty }
    }

    fn list(&mut self, facts: &AnySchema, hint: &Ident) -> Type {
        let items = facts.items.as_ref().and_then(place_of);
        let item = items.map_or(Type::Value, |items| self.element(&items, &names::nested(hint, "item")));
        Type::List(Box::new(item))
    }

    fn map(&mut self, facts: &AnySchema, hint: &Ident) -> Type {
        let values = match &facts.additional_properties {
            Some(AdditionalProperties::Schema(schema)) => place_of(schema),
            _ => None,
        };
        let value = values.map_or(Type::Value, |values| self.element(&values, &names::nested(hint, "value")));
        Type::Map(Box::new(value))
    }
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
