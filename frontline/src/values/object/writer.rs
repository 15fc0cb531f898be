//! Serialization of generated structs.

use std::collections::BTreeMap;
use std::mem;

use serde::de::DeserializeOwned;
use serde::ser::{Error, SerializeMap};
use serde::{Deserialize, Serialize, Serializer};
use serde_json::{Map, Value};

use crate::Nullable;
use crate::values::finite::{OTHER_VARIANT, to_value};

/// Serializes an object, property by property.
pub struct Writer<S: Serializer> {
    /// The object so far, or the first error.
    map: Result<S::SerializeMap, S::Error>,
    /// The properties of unions. They are written last, unless the struct writes them itself.
    parts: Map<String, Value>,
}

impl<S: Serializer> Writer<S> {
    /// Starts an object without properties.
    pub fn new(serializer: S) -> Self {
        Self { map: serializer.serialize_map(None), parts: Map::new() }
    }

    /// Adds a property.
    #[must_use]
    pub fn field<T: Serialize>(mut self, name: &str, value: &T) -> Self {
        if !self.parts.is_empty() {
            self.parts.shift_remove(name);
        }
        self.write(name, value);
        self
    }

    /// Adds a property that unions describe, too: they add to it what it lacks. `is_left_out` is whether only they have it.
    #[must_use]
    pub fn shared<T: Serialize>(mut self, name: &str, value: &T, is_left_out: bool) -> Self {
        if is_left_out {
            return self;
        }
        let part = self.parts.shift_remove(name).unwrap_or_default();
        match to_value(value) {
            Ok(mut own) => {
                complete(&mut own, part);
                self.write(name, &own);
            }
            Err(error) => self.map = self.map.and(Err(Error::custom(error))),
        }
        self
    }

    fn write<T: Serialize>(&mut self, name: &str, value: &T) {
        if let Ok(map) = &mut self.map
            && let Err(error) = map.serialize_entry(name, value)
        {
            self.map = Err(error);
        }
    }

    /// Adds a property unless it is absent.
    #[must_use]
    pub fn optional<T: Serialize + Optional>(self, name: &str, value: &T) -> Self {
        if value.is_left_out() { self } else { self.field(name, value) }
    }

    /// Adds the properties of a map.
    #[must_use]
    pub fn map<T: Serialize>(self, map: &BTreeMap<String, T>) -> Self {
        map.iter().fold(self, |writer, (name, value)| writer.field(name, value))
    }

    /// Adds the properties of a value that serializes to an object or to null. Fields that are added later take
    /// precedence, and so do the properties of values that were added before.
    #[must_use]
    pub fn object<T: Serialize>(self, value: &T) -> Self {
        self.add(properties(value))
    }

    /// Adds the properties of a union. `own` is the property of the struct that selects the variant.
    #[must_use]
    pub fn tagged<T: Serialize + DeserializeOwned>(self, value: &T, tag: &str, own: &impl Serialize) -> Self {
        self.add(properties(value).and_then(|properties| agreeing(properties, value, tag, &to_value(own)?)))
    }

    fn add(mut self, properties: Result<Map<String, Value>, serde_json::Error>) -> Self {
        match properties {
            Ok(properties) => {
                for (name, value) in properties {
                    self.parts.entry(name).or_insert(value);
                }
            }
            Err(error) => self.map = self.map.and(Err(Error::custom(error))),
        }
        self
    }

    /// Ends the object.
    ///
    /// # Errors
    ///
    /// Returns the first error that occurred since [`Writer::new`].
    pub fn end(mut self) -> Result<S::Ok, S::Error> {
        for (name, value) in mem::take(&mut self.parts) {
            self.write(&name, &value);
        }
        self.map?.end()
    }
}

/// Adds the properties of `other` that `value` lacks, at any depth.
fn complete(value: &mut Value, other: Value) {
    match (value, other) {
        (Value::Object(own), Value::Object(others)) => {
            for (name, other) in others {
                match own.get_mut(&name) {
                    Some(value) => complete(value, other),
                    None => _ = own.insert(name, other),
                }
            }
        }
        (Value::Array(own), Value::Array(others)) if own.len() == others.len() => {
            own.iter_mut().zip(others).for_each(|(value, other)| complete(value, other));
        }
        _ => {}
    }
}

fn properties(value: &impl Serialize) -> Result<Map<String, Value>, serde_json::Error> {
    to_value(value).and_then(Option::deserialize).map(Option::unwrap_or_default)
}

/// Returns the properties of a union if the tag that its struct has selects the same variant.
fn agreeing<T: DeserializeOwned>(
    mut properties: Map<String, Value>,
    value: &T,
    tag: &str,
    own: &Value,
) -> Result<Map<String, Value>, serde_json::Error> {
    if !own.is_null() && properties.get(tag).is_some_and(|of_variant| of_variant != own) {
        properties.insert(tag.to_owned(), own.clone());
        let selected: T = serde_json::from_value(Value::Object(properties.clone()))?;
        if mem::discriminant(&selected) != mem::discriminant(value) {
            return Err(Error::custom(format!("`{tag}` {OTHER_VARIANT}")));
        }
    }
    Ok(properties)
}

/// The type of a field whose property can be absent.
pub trait Optional {
    /// Whether the property is absent.
    fn is_left_out(&self) -> bool;
}

impl<T> Optional for Option<T> {
    fn is_left_out(&self) -> bool {
        self.is_none()
    }
}

impl<T> Optional for Nullable<T> {
    fn is_left_out(&self) -> bool {
        self.is_absent()
    }
}
