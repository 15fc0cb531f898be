//! Constants: properties that have a single value.

use std::collections::{BTreeMap, HashSet};

use serde_json::Value;

use crate::generator::document::LONGEST_CHAIN;
use crate::generator::problems::Place;
use crate::generator::resolve::resolver::Resolver;

impl Resolver<'_> {
    /// Returns the constants among the properties of the schema at `place`, including those of the schemas that it
    /// extends.
    pub(super) fn constants(&mut self, place: &Place) -> BTreeMap<String, Value> {
        if let Some(known) = self.constants.get(place) {
            return known.clone();
        }
        let properties = self.all_properties(place).into_iter();
        let constants: BTreeMap<String, Value> =
            properties.filter_map(|(name, place)| Some((name, self.constant(&place)?))).collect();
        self.constants.insert(place.clone(), constants.clone());
        constants
    }

    /// Returns the properties of the schema at `place` and of those that it extends. Reports nothing; merging does.
    pub(super) fn all_properties(&self, place: &Place) -> Vec<(String, Place)> {
        let extended = self.extended(place);
        extended.iter().flat_map(|place| self.document.entries(&place.at("properties"))).collect()
    }

    /// Returns the only value that the schema at `place` allows, unless it is null.
    pub(super) fn constant(&self, place: &Place) -> Option<Value> {
        self.extended(place).iter().find_map(|place| {
            let schema = self.document.object(place)?;
            let value = schema.get("const").or_else(|| match schema.get("enum")?.as_array()?.as_slice() {
                [only] => Some(only),
                _ => None,
            })?;
            match value {
                // YAML reads text without quotes as something else.
                Value::Number(_) | Value::Bool(_) if schema.get("type").is_some_and(|typ| typ == "string") => {
                    Some(Value::String(value.to_string()))
                }
                Value::String(_) | Value::Number(_) | Value::Bool(_) => Some(value.clone()),
                _ => None,
            }
        })
    }

    /// Returns whether the schema at `place` allows only null.
    pub(super) fn is_always_null(&self, place: &Place) -> bool {
        let is_null = |typ: &Value| typ == "null" || typ.as_array().is_some_and(|types| **types == ["null"]);
        let lists_null = |values: &Value| values.as_array().is_some_and(|values| **values == [Value::Null]);
        self.extended(place).iter().filter_map(|place| self.document.object(place)).any(|schema| {
            schema.get("type").is_some_and(is_null)
                || schema.get("const").is_some_and(Value::is_null)
                || schema.get("enum").is_some_and(lists_null)
        })
    }

    /// Returns the place of the schema at `place`, behind references, and of the schemas that it extends by `allOf` or
    /// by a `$ref` next to other keys.
    pub(super) fn extended(&self, place: &Place) -> Vec<Place> {
        let mut found = Vec::new();
        let mut seen = HashSet::new();
        let mut open = vec![place.clone()];
        while let Some(next) = open.pop() {
            let behind = self.document.behind(&next);
            for place in [next, behind] {
                if found.len() == LONGEST_CHAIN || !seen.insert(place.clone()) {
                    continue;
                }
                let all_of = place.at("allOf");
                let members = self.document.value(&all_of).and_then(Value::as_array).map_or(0, Vec::len);
                open.extend((0..members).rev().map(|index| all_of.at(&index.to_string())));
                found.push(place);
            }
        }
        found
    }
}
