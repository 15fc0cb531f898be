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
    indices: BTreeMap<String, usize>,
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
    }
}
