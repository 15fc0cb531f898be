//! What schemas say together about a value that is not an object.

use std::collections::HashSet;

use openapiv3::AnySchema;
use serde_json::Value;

use super::places::{Places, joined, of_one, say_same};
use crate::generator::document::{Document, place_of};
use crate::generator::openapi::{has_fraction, is_integer};
use crate::generator::problems::Place;

/// Formats of strings that have a type of their own.
const FORMATS: [&str; 6] = ["date-time", "date-time-rfc-2822", "date", "uuid", "byte", "binary"];

/// The description of a scalar or a list by one or more schemas.
#[derive(Clone, Default)]
pub struct Plain {
    pub typ: Option<String>,
    pub format: Option<String>,
    pub minimum: Option<f64>,
    pub maximum: Option<f64>,
    pub enumeration: Vec<Value>,
    pub items: Option<Places>,
    /// The schema that lists the values, or else the last one that says something.
    pub place: Option<Place>,
    /// The member or the reference that the type comes from.
    pub at: Option<Place>,
    /// The schema with `prefixItems`.
    pub tuple: Option<Place>,
    /// Whether a schema contains a number with a fraction.
    pub has_fraction: bool,
}

impl Plain {
    /// Returns what the schema at `place` says itself.
    pub fn of(facts: &AnySchema, place: &Place, document: &Document) -> Self {
        let is_scalar = |value: &Value| !value.is_object() && !value.is_array();
        let is_listed = facts.enumeration.iter().all(is_scalar) && !facts.enumeration.iter().all(Value::is_null);
        let has_items = document.object(place).is_some_and(|schema| schema.contains_key("prefixItems"));
        Self {
            typ: facts.typ.clone().filter(|typ| typ != "object"),
            format: facts.format.clone(),
            minimum: facts.minimum,
            maximum: facts.maximum,
            enumeration: if is_listed { facts.enumeration.clone() } else { Vec::new() },
            items: only_item(place, document).or_else(|| facts.items.as_ref().and_then(place_of)).map(of_one),
            place: Some(place.clone()),
            at: None,
            tuple: has_items.then(|| place.clone()),
            has_fraction: document.object(place).is_some_and(has_fraction),
        }
    }

    /// Returns whether it determines the type of the value, and does not only restrict it.
    pub fn is_typed(&self) -> bool {
        self.typ.is_some() || !self.enumeration.is_empty() || self.items.is_some()
    }

    /// Returns the type, which is an integer if one schema says `type: number` and another one has an integer's format.
    pub fn type_of_all(&self) -> Option<&str> {
        match (self.typ.as_deref(), self.format.as_deref()) {
            (Some("number"), Some(format)) if is_integer(format) && !self.has_fraction => Some("integer"),
            (typ, _) => typ,
        }
    }

    /// Returns whether both determine the same type.
    pub fn says_same(&self, other: &Self, document: &Document) -> bool {
        let are_same = |(a, b): (&Places, &Places)| say_same(a, b, document);
        let is_large = |plain: &Self| plain.maximum.is_some_and(|maximum| maximum > i32::MAX.into());
        let is_unsigned = |plain: &Self| plain.minimum.is_some_and(|minimum| minimum >= 0.0);
        self.typ == other.typ
            && self.format == other.format
            && is_unsigned(self) == is_unsigned(other)
            && is_large(self) == is_large(other)
            && self.enumeration == other.enumeration
            && self.items.is_some() == other.items.is_some()
            && self.items.as_ref().zip(other.items.as_ref()).is_none_or(are_same)
            && self.tuple == other.tuple
    }

    /// Adds what another schema says. If they contradict each other, the other takes precedence, and the message of a
    /// warning is returned.
    pub fn add(&mut self, other: &Self, document: &Document) -> Option<String> {
        match (self.typ.as_deref(), other.typ.as_deref()) {
            (Some("integer"), Some("number")) | (_, None) => {}
            (Some(own), Some(typ)) if own != typ && (own, typ) != ("number", "integer") => {
                let message = format!("`type: {typ}` contradicts `type: {own}` of another schema, which is ignored");
                *self = other.clone();
                return Some(message);
            }
            (_, Some(typ)) => self.typ = Some(typ.to_owned()),
        }
        self.minimum = [self.minimum, other.minimum].into_iter().flatten().reduce(f64::max);
        self.maximum = [self.maximum, other.maximum].into_iter().flatten().reduce(f64::min);
        self.tuple = self.tuple.take().or_else(|| other.tuple.clone());
        self.has_fraction |= other.has_fraction;
        self.items = match (self.items.take(), &other.items) {
            (Some(own), Some(items)) => Some(joined(&own, items, document)),
            (own, items) => own.or_else(|| items.clone()),
        };
        let formats = self.add_format(other.format.as_deref());
        self.add_values(other).or(formats)
    }

    fn add_format(&mut self, other: Option<&str>) -> Option<String> {
        let other = other.filter(|other| self.format.as_deref() != Some(other))?;
        let is_number = matches!(self.typ.as_deref(), Some("integer" | "number"));
        match self.format.take() {
            // The type without a format is the widest.
            Some(_) if is_number => None,
            Some(own) if FORMATS.contains(&&*own) && FORMATS.contains(&other) => {
                Some(format!("`format: {other}` contradicts `format: {own}` of another schema; both are ignored"))
            }
            Some(own) if FORMATS.contains(&&*own) => {
                self.format = Some(own);
                None
            }
            _ => {
                self.format = Some(other.to_owned());
                None
            }
        }
    }

    /// Keeps the values that both schemas list.
    fn add_values(&mut self, other: &Self) -> Option<String> {
        if other.enumeration.is_empty() {
            return None;
        }
        let listed: HashSet<&Value> = other.enumeration.iter().collect();
        let both: Vec<Value> = self.enumeration.iter().filter(|value| listed.contains(value)).cloned().collect();
        let are_compatible = !both.iter().all(Value::is_null);
        if are_compatible && both.len() == self.enumeration.len() {
            return None;
        }
        let is_disjoint = !are_compatible && !self.enumeration.is_empty();
        self.enumeration = if are_compatible { both } else { other.enumeration.clone() };
        self.place.clone_from(&other.place);
        is_disjoint.then(|| "another schema lists none of these values; its `enum` is ignored".to_owned())
    }
}

/// Returns the place of the only item that the list at `place` can have, according to `prefixItems`.
pub fn only_item(place: &Place, document: &Document) -> Option<Place> {
    let schema = document.object(place)?;
    let forbids = |key: &str| schema.get(key) == Some(&Value::Bool(false));
    let is_short = schema.get("maxItems").and_then(Value::as_u64).is_some_and(|most| most <= 1);
    let is_only = schema.get("prefixItems")?.as_array()?.len() == 1
        && (is_short || ["items", "unevaluatedItems"].iter().any(|key| forbids(key)));
    is_only.then(|| place.at("prefixItems").at("0"))
}
