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

/// Returns the type that can represent all integers that the limits and the format allow.
#[expect(clippy::cast_precision_loss, reason = "rounding moves the limits of `i64` and `u64` by only one")]
fn integer(facts: &AnySchema) -> Type {
    let format = facts.format.as_deref().unwrap_or_default();
    let is_small = matches!(format, "int32" | "uint8" | "uint16" | "uint32");
    let has_sign = !matches!(format, "uint8" | "uint16" | "uint32" | "uint64");
    let is_unsigned = facts.minimum.map_or(!has_sign, |minimum| minimum >= 0.0);
    let is_at_least = |limit: f64| facts.minimum.is_none_or(|minimum| minimum >= limit);
    let is_at_most = |limit: f64| facts.maximum.is_none_or(|maximum| maximum <= limit);
    match is_unsigned {
        _ if matches!(format, "int128" | "uint128") => Type::I128,
        false if is_small && is_at_least(i32::MIN.into()) && is_at_most(i32::MAX.into()) => Type::I32,
        true if is_small && is_at_most(u32::MAX.into()) => Type::U32,
        false if is_at_least(i64::MIN as f64) && is_at_most(i64::MAX as f64) => Type::I64,
        true if is_at_most(u64::MAX as f64) => Type::U64,
        _ => Type::I128,
    }
}
