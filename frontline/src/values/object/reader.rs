//! Deserialization of generated structs.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{DeserializeOwned, DeserializeSeed, Error, IgnoredAny, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value};

use crate::values::loose::{Either, Loose};

/// A struct that is deserialized from a JSON object.
pub trait Object: Sized {
    /// The text after "expected" in errors.
    const EXPECTED: &'static str;
    /// The names of the properties that have a field.
    const PROPERTIES: &'static [&'static str];
    /// Whether the struct keeps unknown properties.
    const KEEPS_REST: bool;

    /// Reads the fields.
    ///
    /// # Errors
    ///
    /// Returns an error if a property has the wrong type, occurs twice, or is missing.
    fn read<'de, M: MapAccess<'de>>(reader: &mut Reader<M>) -> Result<Self, M::Error>;
}

/// Deserializes a struct from a JSON object.
///
/// # Errors
///
/// Returns an error if the value is not an object, and the errors of [`Object::read`].
pub fn object<'de, T: Object, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    deserializer.deserialize_map(Whole(PhantomData))
}

struct Whole<T>(PhantomData<T>);

impl<'de, T: Object> Visitor<'de> for Whole<T> {
    type Value = T;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(T::EXPECTED)
    }

    fn visit_map<M: MapAccess<'de>>(self, map: M) -> Result<T, M::Error> {
        let rest = if T::KEEPS_REST { Map::new().into() } else { Value::Null };
        T::read(&mut Reader {
            map,
            properties: T::PROPERTIES,
            seen: vec![false; T::PROPERTIES.len()],
            next: 0,
            key: None,
            rest,
        })
    }
}

/// Reads the properties of an object.
pub struct Reader<M> {
    map: M,
    properties: &'static [&'static str],
    /// For each of `properties`, whether it has occurred.
    seen: Vec<bool>,
    /// The index of the property to try first: most services write properties in the same order each time.
    next: usize,
    /// The name of the current property if it is unknown and will be kept.
    key: Option<String>,
    /// The unknown properties, or null if they are not kept.
    rest: Value,
}

impl<'de, M: MapAccess<'de>> Reader<M> {
    /// Reads the name of the next property and returns its index, or `None` at the end of the object.
    ///
    /// All unknown properties have the index `PROPERTIES.len()`.
    ///
    /// # Errors
    ///
    /// Returns an error if the property has occurred before.
    pub fn property(&mut self) -> Result<Option<usize>, M::Error> {
        let name = Name { properties: self.properties, next: self.next, is_kept: self.rest.is_object() };
        let Some(found) = self.map.next_key_seed(name)? else { return Ok(None) };
        let index = match found {
            Ok(index) => index,
            Err(key) => {
                self.key = key;
                return Ok(Some(self.properties.len()));
            }
        };
        if std::mem::replace(&mut self.seen[index], true) {
            return Err(Error::duplicate_field(self.properties[index]));
        }
        self.next = index + 1;
        Ok(Some(index))
    }

    /// Reads the value of an optional property.
    ///
    /// # Errors
    ///
    /// Returns an error if the value has the wrong type.
    pub fn optional<T: Deserialize<'de>>(&mut self, field: &mut T) -> Result<(), M::Error> {
        *field = self.map.next_value()?;
        Ok(())
    }

    /// Reads the value of a required property.
    ///
    /// # Errors
    ///
    /// Returns an error if the value has the wrong type.
    pub fn required<T: Deserialize<'de>>(&mut self, field: &mut Option<T>) -> Result<(), M::Error> {
        *field = Some(self.map.next_value()?);
        Ok(())
    }

    /// Lenient version of [`Reader::optional`]: see [`Loose`].
    ///
    /// # Errors
    ///
    /// Returns an error if the value has the wrong type.
    pub fn loose_optional<T: Loose>(&mut self, field: &mut T) -> Result<(), M::Error> {
        let Either(value) = self.map.next_value()?;
        *field = value;
        Ok(())
    }

    /// Lenient version of [`Reader::required`]: see [`Loose`].
    ///
    /// # Errors
    ///
    /// Returns an error if the value has the wrong type.
    pub fn loose_required<T: Loose>(&mut self, field: &mut Option<T>) -> Result<(), M::Error> {
        let Either(value) = self.map.next_value()?;
        *field = Some(value);
        Ok(())
    }

    /// Reads the value of an unknown property, and keeps it if [`Object::KEEPS_REST`] is set.
    ///
    /// # Errors
    ///
    /// Returns an error if the value is not valid JSON.
    pub fn other(&mut self) -> Result<(), M::Error> {
        match (self.key.take(), self.rest.as_object_mut()) {
            (Some(key), Some(rest)) => drop(rest.insert(key, self.map.next_value()?)),
            _ => drop(self.map.next_value::<IgnoredAny>()?),
        }
        Ok(())
    }

    /// Returns the value of a required property.
    ///
    /// # Errors
    ///
    /// Returns an error if the property is missing.
    pub fn found<T>(&self, field: Option<T>, name: &'static str) -> Result<T, M::Error> {
        field.ok_or_else(|| Error::missing_field(name))
    }

    /// Deserializes the unknown properties into one value.
    ///
    /// # Errors
    ///
    /// Returns an error if the properties do not match the type.
    pub fn rest<T: DeserializeOwned>(&self) -> Result<T, M::Error> {
        T::deserialize(&self.rest).map_err(Error::custom)
    }

    /// Lenient version of [`Reader::rest`]: see [`Loose`].
    ///
    /// # Errors
    ///
    /// Returns an error if the properties do not match the type.
    pub fn loose_rest<T: Loose>(&self) -> Result<T, M::Error> {
        T::read(&self.rest).map_err(Error::custom)
    }
}

/// Reads the name of a property: the index of a known one, or the name of an unknown one if `is_kept` is set.
struct Name {
    properties: &'static [&'static str],
    next: usize,
    is_kept: bool,
}

impl<'de> DeserializeSeed<'de> for Name {
    type Value = Result<usize, Option<String>>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for Name {
    type Value = Result<usize, Option<String>>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("the name of a property")
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<Self::Value, E> {
        let mut indices = (self.next..self.properties.len()).chain(0..self.next);
        let index = indices.find(|index| self.properties[*index] == name);
        Ok(index.ok_or_else(|| self.is_kept.then(|| name.to_owned())))
    }
}

#[cfg(test)]
mod tests;
