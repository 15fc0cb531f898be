//! Tuples: lists whose first items each have their own schema (JSON Schema's `prefixItems`).

use openapiv3::{AnySchema, Schema};
use proc_macro2::Ident;
use serde_json::{Map, Value};

use super::facts::facts;
use crate::generator::model::{Tuple, Type, TypeKind, Union, UnionVariant};
use crate::generator::names;
use crate::generator::problems::{Place, Problem};
use crate::generator::resolve::merged::Merged;
use crate::generator::resolve::resolver::Resolver;

/// Keys that do not change a schema's type.
const ANNOTATIONS: &[&str] = &["title", "description", "default", "example", "examples", "deprecated", "$comment"];

/// What a schema says about the items of a list.
pub(super) struct Prefix {
    /// The places of the first items.
    first: Vec<Place>,
    /// The number of items that are always there.
    least: usize,
    rest: Rest,
}

/// What a schema says about all further items.
enum Rest {
    None,
    Any,
    Schema(Place),
}

impl Resolver<'_> {
    /// Returns the types of a list's items, if these are different.
    pub(super) fn tuple(&mut self, place: &Place, facts: &AnySchema, name: &Ident) -> Option<Tuple> {
        let Prefix { first, least, rest } = self.prefix(place, facts)?;
        let mut merged = Merged::default();
        merged.plain.tuple = Some(place.clone());
        self.add_conditions(place, &mut merged);
        let mut items = Vec::new();
        for (index, place) in first.iter().enumerate() {
            items.push(self.element(place, &names::nested(name, &format!("item {index}"))));
        }
        let rest = match rest {
            Rest::None => None,
            Rest::Any => Some(Type::Value),
            Rest::Schema(place) => Some(self.element(&place, &names::nested(name, "item"))),
        };
        let has_rest = rest.is_some();
        items.extend(rest);
        Some(Tuple { items, least, has_rest })
    }

    /// Returns what the schema at `place` becomes, which describes the items of `tuple`. Without a `type`, it allows all values
    /// that are no lists, too.
    pub(super) fn tuple_or_other(&mut self, place: &Place, tuple: Tuple, name: &Ident) -> TypeKind {
        let place = self.document.written_at(place);
        if self.document.object(&place).is_none_or(|schema| schema.contains_key("type")) {
            return TypeKind::Tuple(tuple);
        }
        let at = place.at("prefixItems");
        let message = "without a `type`, this allows values that are no lists, too, and these become `Unknown`";
        self.errors.warn(Problem::key(&at, message).help("add `type: array`"));
        let list = self.taken.unique(&names::nested(name, "list"));
        let (id, ty) = self.define(list, &at);
        self.set_kind(id, Some(TypeKind::Tuple(tuple)));
        let variant = UnionVariant { name: names::camel("list"), tags: Vec::new(), ty };
        TypeKind::Union(Union { variants: vec![variant], ..Union::default() })
    }

    /// Returns the tuple that the schema at `place` describes itself.
    pub(super) fn tuple_at(&mut self, place: &Place, name: &Ident) -> Option<Tuple> {
        let facts = self.document.read_here::<Schema>(place, self.errors).map(facts)?;
        self.tuple(place, &facts, name)
    }

    /// Returns what a schema says about a list's items, unless it is an ordinary list.
    pub(super) fn prefix(&self, place: &Place, facts: &AnySchema) -> Option<Prefix> {
        let is_list = match facts.typ.as_deref() {
            Some(typ) => typ == "array",
            None => facts.one_of.is_empty() && facts.any_of.is_empty(),
        };
        let place = self.document.written_at(place);
        let schema = self.document.object(&place).filter(|_| is_list)?;
        let count = schema.get("prefixItems")?.as_array()?.len();
        let limit = |key| schema.get(key).and_then(Value::as_u64).and_then(|limit| usize::try_from(limit).ok());
        let rest = match ["items", "unevaluatedItems"].iter().find_map(|key| Some((key, schema.get(*key)?))) {
            Some((_, Value::Bool(false))) => Rest::None,
            _ if limit("maxItems").is_some_and(|most| most <= count) => Rest::None,
            Some((key, Value::Object(_))) => Rest::Schema(place.at(key)),
            _ => Rest::Any,
        };
        let at = place.at("prefixItems");
        let first: Vec<Place> = (0..count).map(|index| at.at(&index.to_string())).collect();
        let is_tuple = match &rest {
            // A list of at most one item is an ordinary list.
            Rest::None => count > 1,
            Rest::Any => count > 0,
            Rest::Schema(rest) => first.iter().any(|place| self.essence(place) != self.essence(rest)),
        };
        is_tuple.then(|| Prefix { first, least: limit("minItems").unwrap_or(0).min(count), rest })
    }

    /// Returns the keys of a schema that determine its type.
    fn essence(&self, place: &Place) -> Option<Map<String, Value>> {
        let mut schema = self.document.object(&self.document.behind(place))?.clone();
        schema.retain(|key, _| !ANNOTATIONS.contains(&key.as_str()));
        Some(schema)
    }
}
