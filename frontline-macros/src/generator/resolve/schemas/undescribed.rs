//! Properties that a schema requires but does not describe.

use std::collections::{HashMap, HashSet};

use openapiv3::AnySchema;
use serde_json::Value;

use crate::generator::model::{Access, Field, Type};
use crate::generator::names;
use crate::generator::problems::{Place, Problem, nearest};
use crate::generator::resolve::merged::Merged;
use crate::generator::resolve::resolver::Resolver;

/// The maximum number of names in `required` that are compared with all properties.
const MOST_COMPARED: usize = 100;

const DOCS: &str = "The document requires this property, but does not describe it.";

/// What becomes of the names in `required` that have no description in the same schema.
#[derive(Default)]
pub struct Undescribed {
    /// Optional fields with any JSON value for those that no schema describes. They are optional because such a name is
    /// often misspelled, or left over from an earlier version.
    pub fields: Vec<Field>,
    /// Whether other schemas describe some of them: members of a union, whose other members have them too, or a schema
    /// around a union that contains this one, which can also be used without it.
    pub is_elsewhere: bool,
    /// Those that the objects of the type must have all the same.
    pub required_elsewhere: Vec<String>,
}

impl Resolver<'_> {
    /// Returns what becomes of the names in `required` that the schemas at `places` do not describe, with a warning for each
    /// of those that no schema describes.
    pub fn undescribed(&mut self, places: &[Place], merged: &Merged) -> Undescribed {
        let mut found = Undescribed::default();
        let is_known = |name: &str| merged.has(name) || merged.is_conditional(name);
        let missing: Vec<(&String, &Place)> = merged.required.iter().filter(|(name, _)| !is_known(name)).collect();
        let around = if missing.is_empty() { HashMap::new() } else { self.described_around(places) };
        let keeps_all = merged.is_open() || merged.properties.is_empty();
        for (index, (name, place)) in missing.into_iter().enumerate() {
            let is_elsewhere = around.contains_key(name)
                || merged.unions.iter().any(|(_, union)| self.describes(union, name, &mut Vec::new()));
            if is_elsewhere || keeps_all {
                // A property of one direction is missing in the other.
                if around.get(name).is_none_or(|access| *access == Access::Both) {
                    found.required_elsewhere.push(name.clone());
                }
                found.is_elsewhere |= !keeps_all;
                continue;
            }
            let others = merged.properties.iter().map(|(property, _)| property.as_str());
            let others = others.filter(|property| !merged.required.contains_key(*property));
            let meant = if index < MOST_COMPARED { nearest(name, others) } else { None };
            let message = match meant {
                Some(meant) => {
                    format!("`{name}` is required, but there is no such property; did you mean `{meant}`?")
                }
                None => format!("`{name}` is required, but not described, so it becomes any JSON value"),
            };
            self.errors.warn(Problem::value(place, message));
            let rust = names::snake(name);
            found.fields.push(Field {
                docs: DOCS.to_owned(),
                is_nullable: true,
                ..Field::optional(name, rust, place, Type::Value)
            });
        }
        found
    }

    /// Returns whether a member of the union describes the property, or keeps all properties.
    pub(super) fn describes(&mut self, union: &AnySchema, property: &str, seen: &mut Vec<Place>) -> bool {
        for member in self.members(union) {
            if seen.contains(&member.target) {
                continue;
            }
            seen.push(member.target.clone());
            let merged = self.merge_all(&[member.place]);
            let is_empty = merged.properties.is_empty() && merged.unions.is_empty() && !merged.plain.is_typed();
            if is_empty
                || merged.is_open()
                || merged.has(property)
                || merged.is_conditional(property)
                || merged.unions.iter().any(|(_, inner)| self.describes(inner, property, seen))
            {
                return true;
            }
        }
        false
    }

    /// Returns the properties of the schemas around the unions that contain the schemas at `places`.
    fn described_around(&mut self, places: &[Place]) -> HashMap<String, Access> {
        let around = self.around.take().unwrap_or_else(|| self.read_around());
        let above = |place: &Place| around.get(place).cloned().unwrap_or_default();
        let mut open: Vec<Place> = places.iter().flat_map(above).collect();
        let mut seen = HashSet::new();
        let mut described = HashMap::new();
        while let Some(next) = open.pop() {
            if seen.insert(next.clone()) {
                for (name, place) in self.all_properties(&next) {
                    described.insert(name, self.notes(&place).access);
                }
                open.extend(above(&next));
            }
        }
        self.around = Some(around);
        described
    }

    /// Reads which schemas contain each schema as a member of a union.
    fn read_around(&self) -> HashMap<Place, Vec<Place>> {
        let mut composed = Vec::new();
        for file in 0..self.document.files().len() {
            let root = Place::root(file);
            collect(self.document.value(&root), &root, &mut composed);
        }
        let mut around: HashMap<Place, Vec<Place>> = HashMap::new();
        for place in composed {
            for union in self.extended(&place).iter().flat_map(|part| [part.at("oneOf"), part.at("anyOf")]) {
                let count = self.document.value(&union).and_then(Value::as_array).map_or(0, Vec::len);
                for index in 0..count {
                    let member = self.document.behind(&union.at(&index.to_string()));
                    around.entry(member).or_default().push(place.clone());
                }
            }
        }
        around
    }
}

/// Collects the places of the schemas that build on others.
fn collect(value: Option<&Value>, place: &Place, composed: &mut Vec<Place>) {
    let mut inner = |key: &str, value: &Value| {
        if value.is_object() || value.is_array() {
            collect(Some(value), &place.at(key), composed);
        }
    };
    match value {
        Some(Value::Array(items)) => items.iter().enumerate().for_each(|(index, item)| inner(&index.to_string(), item)),
        Some(Value::Object(object)) => {
            object.iter().for_each(|(key, value)| inner(key, value));
            if ["oneOf", "anyOf", "allOf"].iter().any(|key| object.contains_key(*key))
                || object.len() > 1 && object.contains_key("$ref")
            {
                composed.push(place.clone());
            }
        }
        _ => {}
    }
}
