//! Types that need no definition, and tuples.

use openapiv3::{AdditionalProperties, AnySchema};
use proc_macro2::Ident;
use serde_json::Value;

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

    /// Returns the type of a body, or of an item of a list, a map or a tuple. Only the type can say that it is nullable.
    pub fn element(&mut self, place: &Place, hint: &Ident) -> Type {
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

    /// Returns the types of a tuple's items (JSON Schema's `prefixItems`), if the schema at `place` is a tuple.
    pub(super) fn tuple(&mut self, place: &Place, name: &Ident) -> Option<Vec<Type>> {
        let at = self.document.written_at(place).at("prefixItems");
        let count = self.is_tuple(place).then(|| self.document.value(&at)?.as_array().map(Vec::len))??;
        let item =
            |index: usize| self.element(&at.at(&index.to_string()), &names::nested(name, &format!("item {index}")));
        Some((0..count).map(item).collect())
    }

    /// Returns whether a schema describes a list of at least two items that each have their own type. If further items
    /// are allowed, it is an ordinary list.
    pub(super) fn is_tuple(&self, place: &Place) -> bool {
        let Some(schema) = self.document.object(&self.document.written_at(place)) else { return false };
        let items = schema.get("prefixItems").and_then(Value::as_array);
        items.is_some_and(|items| items.len() > 1) && matches!(schema.get("items"), None | Some(Value::Bool(false)))
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
