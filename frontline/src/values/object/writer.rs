//! Serialization of generated structs.

use std::collections::BTreeMap;

use serde::ser::{Error, SerializeMap};
use serde::{Deserialize, Serialize, Serializer};
use serde_json::{Map, Value};

use crate::Nullable;
use crate::values::finite::to_value;

/// Serializes an object, property by property.
pub struct Writer<S: Serializer> {
    /// The object so far, or the first error.
    map: Result<S::SerializeMap, S::Error>,
}

impl<S: Serializer> Writer<S> {
    /// Starts an object without properties.
    pub fn new(serializer: S) -> Self {
        Self { map: serializer.serialize_map(None) }
    }

    /// Adds a property.
    #[must_use]
    pub fn field<T: Serialize>(mut self, name: &str, value: &T) -> Self {
        if let Ok(map) = &mut self.map
            && let Err(error) = map.serialize_entry(name, value)
        {
            self.map = Err(error);
        }
        self
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

    /// Adds the properties of a value that serializes to an object or to null.
    #[must_use]
    pub fn object<T: Serialize>(mut self, value: &T) -> Self {
        let fields = to_value(value).and_then(Option::<Map<String, Value>>::deserialize);
        match fields {
            Ok(fields) => fields.iter().flatten().fold(self, |writer, (name, value)| writer.field(name, value)),
            Err(error) => {
                self.map = self.map.and(Err(Error::custom(error)));
                self
            }
        }
    }

    /// Ends the object.
    ///
    /// # Errors
    ///
    /// Returns the first error that occurred since [`Writer::new`].
    pub fn end(self) -> Result<S::Ok, S::Error> {
        self.map?.end()
    }
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
