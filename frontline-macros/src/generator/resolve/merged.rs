//! What several schemas say together of one object.

use std::collections::BTreeMap;

use openapiv3::{AdditionalProperties, AnySchema};

use crate::generator::problems::Place;

/// What several schemas say together of one object.
#[derive(Clone, Default)]
pub struct Merged {
    /// In the order of their first mention; a later schema's property replaces an earlier one's.
    pub properties: Vec<(String, Place)>,
    /// With the place that says so.
    pub required: BTreeMap<String, Place>,
    pub additional: Option<AdditionalProperties>,
    /// Schemas of which a `oneOf` or `anyOf` is a part.
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

    /// Adds the properties of the other that are not there yet.
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
