//! The result of merging schemas.

use std::collections::{BTreeMap, BTreeSet};

use openapiv3::{AdditionalProperties, AnySchema};

use super::places::{Places, joined, of_one, say_same};
use super::plain::Plain;
use crate::generator::document::{Document, place_of};
use crate::generator::problems::{Place, Problem};

/// The description of a value by one or more schemas.
#[derive(Clone, Default)]
pub struct Merged {
    /// In the order of their first occurrence, each with the schemas that describe it.
    pub properties: Vec<(String, Places)>,
    /// Those of them that only some members of an `anyOf` describe, so that they can have any value.
    pub partial: BTreeSet<String>,
    /// With the places that require them.
    pub required: BTreeMap<String, Place>,
    pub additional: Option<Additional>,
    /// Schemas that contain a `oneOf` or `anyOf`.
    pub unions: Vec<(Place, AnySchema)>,
    /// Whether a schema says `type: object`.
    pub is_object: bool,
    pub plain: Plain,
    /// Properties that only some objects have: those that `then` or `dependentSchemas` describe, for example.
    pub conditional: BTreeMap<String, Conditional>,
    /// The first mistake because of which the schemas cannot be merged.
    pub mistake: Option<Problem>,
    indices: BTreeMap<String, usize>,
}

/// A property that conditions name.
#[derive(Clone)]
pub struct Conditional {
    /// Where it is named first.
    pub place: Place,
    /// Each of them applies to some objects.
    pub schemas: Vec<Place>,
}

impl PartialEq for Conditional {
    fn eq(&self, other: &Self) -> bool {
        self.schemas == other.schemas
    }
}

/// The properties that are not listed.
#[derive(Clone)]
pub enum Additional {
    None,
    Any,
    Of(Places),
}

impl Additional {
    pub fn of(additional: &AdditionalProperties) -> Self {
        match additional {
            AdditionalProperties::Schema(schema) => place_of(schema).map_or(Self::Any, |place| Self::Of(of_one(place))),
            AdditionalProperties::Any(true) => Self::Any,
            AdditionalProperties::Any(false) => Self::None,
        }
    }
}

impl Merged {
    /// Adds a description of a property that every object matches.
    pub fn property(&mut self, name: &str, places: &Places, document: &Document) {
        self.partial.remove(name);
        match self.indices.get(name).and_then(|index| self.properties.get_mut(*index)) {
            Some((_, known)) => *known = joined(known, places, document),
            None => {
                self.indices.insert(name.to_owned(), self.properties.len());
                self.properties.push((name.to_owned(), places.clone()));
            }
        }
    }

    /// Returns the property that a condition names at `place`.
    pub fn condition(&mut self, name: &str, place: &Place) -> &mut Conditional {
        let new = || Conditional { place: place.clone(), schemas: Vec::new() };
        self.conditional.entry(name.to_owned()).or_insert_with(new)
    }

    /// Returns whether a property becomes a field because conditions name it.
    pub fn is_conditional(&self, name: &str) -> bool {
        // A member of a union may describe the property.
        let has_type = |property: &Conditional| !property.schemas.is_empty() || self.unions.is_empty();
        // The map has a type for all properties.
        !self.has(name) && !is_typed(self.additional.as_ref()) && self.conditional.get(name).is_some_and(has_type)
    }

    /// Returns whether conditions describe properties that are not described otherwise.
    pub fn has_conditional(&self) -> bool {
        let is_described =
            |(name, property): (&String, &Conditional)| !property.schemas.is_empty() && self.is_conditional(name);
        self.conditional.iter().any(is_described)
    }

    /// Returns what an object can contain beside its fields. If only conditions describe properties, it can contain any.
    pub fn rest(&self) -> Option<&Additional> {
        let is_bare = self.properties.is_empty() && self.unions.is_empty() && self.has_conditional();
        self.additional.as_ref().or_else(|| is_bare.then_some(&Additional::Any))
    }

    pub fn has(&self, property: &str) -> bool {
        self.indices.contains_key(property)
    }

    /// Returns the properties that do not depend on a condition, each with the schemas that describe it, and those that do
    /// under a condition.
    pub fn described(&self) -> impl Iterator<Item = (&String, Places)> {
        self.properties.iter().map(|(name, places)| {
            let conditional = self.conditional.get(name);
            (name, conditional.map_or_else(|| places.clone(), |property| places.under(&property.schemas)))
        })
    }

    /// Returns the schemas that describe a property.
    pub fn places(&self, property: &str) -> Option<&Places> {
        self.properties.get(*self.indices.get(property)?).map(|(_, places)| places)
    }

    /// Returns whether it describes objects, and not only restricts them.
    pub fn is_object(&self) -> bool {
        self.is_object || !self.properties.is_empty() || self.is_open()
    }

    /// Returns whether the properties that are not listed are kept in a map.
    pub fn is_open(&self) -> bool {
        matches!(self.additional, Some(Additional::Any | Additional::Of(_)))
    }

    /// Adds the properties of `other` that are missing here. Some objects do not match it.
    pub fn add_missing(&mut self, other: &Self, document: &Document) {
        for (name, places) in &other.properties {
            if !self.has(name) {
                self.property(name, places, document);
                self.partial.insert(name.clone());
            }
        }
        self.add_conditional(other);
    }

    fn add_conditional(&mut self, other: &Self) {
        for (name, property) in &other.conditional {
            let known = &mut self.condition(name, &property.place).schemas;
            for schema in &property.schemas {
                // A schema that several members build on counts once.
                if !known.contains(schema) {
                    known.push(schema.clone());
                }
            }
        }
    }

    /// Adds what other schemas say. Returns the message of a warning if that contradicts what is known.
    pub fn add(&mut self, other: &Self, document: &Document) -> Option<String> {
        for (name, places) in &other.properties {
            let is_partial = other.partial.contains(name) && (!self.has(name) || self.partial.contains(name));
            self.property(name, places, document);
            if is_partial {
                self.partial.insert(name.clone());
            }
        }
        for (name, place) in &other.required {
            self.required.entry(name.clone()).or_insert_with(|| place.clone());
        }
        self.add_additional(other.additional.as_ref(), document);
        for union in &other.unions {
            if !self.unions.iter().any(|(known, _)| *known == union.0) {
                self.unions.push(union.clone());
            }
        }
        self.add_conditional(other);
        self.is_object |= other.is_object;
        self.plain.add(&other.plain, document)
    }

    /// Adds a schema of additional properties. `true` does not replace a schema.
    pub fn add_additional(&mut self, other: Option<&Additional>, document: &Document) {
        let known = self.additional.take();
        self.additional = match (known, other) {
            (Some(Additional::Of(own)), Some(Additional::Of(others))) => {
                Some(Additional::Of(joined(&own, others, document)))
            }
            (Some(Additional::Of(own)), None | Some(Additional::Any)) => Some(Additional::Of(own)),
            (known, None) => known,
            (_, Some(other)) => Some(other.clone()),
        };
    }

    /// Returns whether another description determines the same type. Names in `required` count only if they change a
    /// property.
    pub fn says_same(&self, other: &Self, document: &Document) -> bool {
        let additional = match (&self.additional, &other.additional) {
            (Some(Additional::Of(own)), Some(Additional::Of(others))) => say_same(own, others, document),
            (own, others) => self.is_open() == other.is_open() && !is_typed(own.as_ref()) && !is_typed(others.as_ref()),
        };
        let has_same = |(name, places): &(String, Places)| {
            other.places(name).is_some_and(|known| say_same(known, places, document))
        };
        let is_same_union = |(own, other): (&(Place, AnySchema), &(Place, AnySchema))| own.0 == other.0;
        additional
            && self.conditional == other.conditional
            && self.partial == other.partial
            && self.properties.len() == other.properties.len()
            && self.unions.len() == other.unions.len()
            && self.unions.iter().zip(&other.unions).all(is_same_union)
            && self.plain.says_same(&other.plain, document)
            && self.properties.iter().all(has_same)
            && self.required.keys().all(|name| other.required.contains_key(name) || !self.counts(name))
    }

    /// Returns whether a name in `required` changes the type: it is a property, or becomes one.
    fn counts(&self, required: &str) -> bool {
        let is_fixed = !self.properties.is_empty() && self.unions.is_empty() && !self.is_open();
        self.has(required) || is_fixed
    }
}

fn is_typed(additional: Option<&Additional>) -> bool {
    matches!(additional, Some(Additional::Of(_)))
}
