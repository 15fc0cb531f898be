//! The result of merging schemas.

use std::collections::BTreeMap;

use openapiv3::{AdditionalProperties, AnySchema};

use crate::generator::problems::Place;

/// The description of an object by one or more schemas.
#[derive(Clone, Default)]
pub struct Merged {
    /// In the order of their first occurrence. If several schemas have a property, the last one counts.
    pub properties: Vec<(String, Place)>,
    /// With the places that require them.
    pub required: BTreeMap<String, Place>,
    pub additional: Option<AdditionalProperties>,
    /// Schemas that contain a `oneOf` or `anyOf`.
    pub unions: Vec<(Place, AnySchema)>,
    /// Properties that only some objects have: those that `then` or `dependentSchemas` describe, for example.
    pub conditional: BTreeMap<String, Conditional>,
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

impl Merged {
    pub fn property(&mut self, name: String, place: Place) {
        match self.indices.get(&name).and_then(|index| self.properties.get_mut(*index)) {
            Some(known) => known.1 = place,
            None => {
                self.indices.insert(name.clone(), self.properties.len());
                self.properties.push((name, place));
            }
        }
    }

    /// Returns the property that a condition names at `place`.
    pub fn condition(&mut self, name: &str, place: &Place) -> &mut Conditional {
        let new = || Conditional { place: place.clone(), schemas: Vec::new() };
        self.conditional.entry(name.to_owned()).or_insert_with(new)
    }

    pub fn has(&self, property: &str) -> bool {
        self.indices.contains_key(property)
    }

    /// Adds the properties of `other` that are missing here.
    pub fn add_missing(&mut self, other: &Self) {
        for (name, place) in &other.properties {
            if !self.has(name) {
                self.property(name.clone(), place.clone());
            }
        }
        self.add_conditional(other);
    }

    fn add_conditional(&mut self, other: &Self) {
        for (name, property) in &other.conditional {
            self.condition(name, &property.place).schemas.extend(property.schemas.iter().cloned());
        }
    }

    pub fn add(&mut self, other: &Self) {
        for (name, place) in &other.properties {
            self.property(name.clone(), place.clone());
        }
        for (name, place) in &other.required {
            self.required.entry(name.clone()).or_insert_with(|| place.clone());
        }
        if other.additional.is_some() {
            self.additional.clone_from(&other.additional);
        }
        self.unions.extend(other.unions.iter().cloned());
        self.add_conditional(other);
    }
}
