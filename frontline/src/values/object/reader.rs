//! Reading structs.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{DeserializeOwned, DeserializeSeed, Error, IgnoredAny, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value};

use crate::values::loose::{Either, Loose};

/// A struct that is read from an object.
pub trait Object: Sized {
    /// What an error says that was expected.
    const EXPECTED: &'static str;
    /// The properties of its fields.
    const PROPERTIES: &'static [&'static str];
    /// Whether it keeps properties that are none of its fields'.
    const KEEPS_REST: bool;

    /// Reads its fields.
    ///
    /// # Errors
    ///
    /// If a property is not of its type, is there twice, or lacks.
    fn read<'de, M: MapAccess<'de>>(reader: &mut Reader<M>) -> Result<Self, M::Error>;
}

/// Reads an object.
///
/// # Errors
///
/// If it is none, or as [`Object::read`] has it.
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
    /// Which of them were there.
    seen: Vec<bool>,
    /// The one that is likely to come: most services keep to an order.
    next: usize,
    /// The name of a property that is none of them, to be kept.
    key: Option<String>,
    /// The properties that are kept, or null if none is to be.
    rest: Value,
}

impl<'de, M: MapAccess<'de>> Reader<M> {
    /// The index of the next property; one behind the last is that of any other.
    ///
    /// # Errors
    ///
    /// If the property was there before.
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

    /// Reads the value of a property that may lack.
    ///
    /// # Errors
    ///
    /// If it is not of its type.
    pub fn optional<T: Deserialize<'de>>(&mut self, field: &mut T) -> Result<(), M::Error> {
        *field = self.map.next_value()?;
        Ok(())
    }

    /// Reads the value of a property that may not lack.
    ///
    /// # Errors
    ///
    /// If it is not of its type.
    pub fn required<T: Deserialize<'de>>(&mut self, field: &mut Option<T>) -> Result<(), M::Error> {
        *field = Some(self.map.next_value()?);
        Ok(())
    }

    /// As [`Reader::optional`], for numbers that may be text.
    ///
    /// # Errors
    ///
    /// If it is not of its type.
    pub fn loose_optional<T: Loose>(&mut self, field: &mut T) -> Result<(), M::Error> {
        let Either(value) = self.map.next_value()?;
        *field = value;
        Ok(())
    }

    /// As [`Reader::required`], for numbers that may be text.
    ///
    /// # Errors
    ///
    /// If it is not of its type.
    pub fn loose_required<T: Loose>(&mut self, field: &mut Option<T>) -> Result<(), M::Error> {
        let Either(value) = self.map.next_value()?;
        *field = Some(value);
        Ok(())
    }

    /// Reads the value of a property that is none of the fields'.
    ///
    /// # Errors
    ///
    /// If it cannot be read.
    pub fn other(&mut self) -> Result<(), M::Error> {
        match (self.key.take(), self.rest.as_object_mut()) {
            (Some(key), Some(rest)) => drop(rest.insert(key, self.map.next_value()?)),
            _ => drop(self.map.next_value::<IgnoredAny>()?),
        }
        Ok(())
    }

    /// What was read of a property that may not lack.
    ///
    /// # Errors
    ///
    /// If it does.
    pub fn found<T>(&self, field: Option<T>, name: &'static str) -> Result<T, M::Error> {
        field.ok_or_else(|| Error::missing_field(name))
    }

    /// The properties that are none of the fields', as a type of them.
    ///
    /// # Errors
    ///
    /// If they are not of it.
    pub fn rest<T: DeserializeOwned>(&self) -> Result<T, M::Error> {
        T::deserialize(&self.rest).map_err(Error::custom)
    }

    /// As [`Reader::rest`], for numbers that may be text.
    ///
    /// # Errors
    ///
    /// If they are not of it.
    pub fn loose_rest<T: Loose>(&self) -> Result<T, M::Error> {
        T::read(&self.rest).map_err(Error::custom)
    }
}

/// Finds the index of a property's name, or else keeps the name if it is wanted.
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
