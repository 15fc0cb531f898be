//! Serialization of generated structs and unions.

use std::collections::BTreeMap;

use serde::ser::{Error, SerializeMap};
use serde::{Serialize, Serializer};
use serde_json::Value;

use super::sharing::Sharing;
use crate::Nullable;
use crate::values::finite::to_value;

/// Writes a JSON object, property by property.
///
/// Unions and structs beside each other write into the same object. So each value is written once, and the time does
/// not depend on how deeply it is nested. Each property belongs to the first type that writes it.
pub struct Writer<'a, M: SerializeMap> {
    /// The object so far, or the first error.
    map: Result<M, M::Error>,
    /// `None` while a single struct writes the object, whose names cannot repeat.
    sharing: Option<Box<Sharing<'a>>>,
}

/// A type of which a union can have a variant. Its values can be written as a part of a JSON object if they are objects.
pub trait Properties {
    /// Whether values of the type can be objects.
    const HAS_OBJECTS: bool = true;

    /// Whether the value is an object.
    fn is_object(&self) -> bool {
        Self::HAS_OBJECTS
    }

    /// Writes the properties of the object.
    fn write<'a, M: SerializeMap>(&'a self, writer: Writer<'a, M>) -> Writer<'a, M> {
        writer.not_an_object()
    }
}

/// Serializes a struct.
///
/// # Errors
///
/// Returns the first error of the serializer, or of a tag that selects another variant.
pub fn write<T: Properties, S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
    let writer = Writer { map: Ok(serializer.serialize_map(None)?), sharing: None };
    value.write(writer).end()
}

/// Serializes a variant of a union, and adds the tag `tag` unless the variant has it. `values` select the variant.
///
/// # Errors
///
/// Returns an error if the tag has a value that selects another variant.
pub fn write_tagged<T: Properties + Serialize, S: Serializer>(
    value: &T,
    serializer: S,
    (tag, is_text): (&'static str, bool),
    values: &'static [&'static str],
) -> Result<S::Ok, S::Error> {
    if !value.is_object() {
        return value.serialize(serializer);
    }
    let writer = Writer { map: Ok(serializer.serialize_map(None)?), sharing: None };
    writer.variant(value, (tag, is_text), values).end()
}

impl<'a, M: SerializeMap> Writer<'a, M> {
    /// Begins to write a struct with a map.
    #[must_use]
    pub fn beside<T>(mut self, map: &BTreeMap<String, T>) -> Self {
        if !map.is_empty() {
            self.sharing();
        }
        self
    }

    /// Begins to write a struct with unions. Several of these types describe the properties `names`: each adds what the
    /// others lack.
    #[must_use]
    pub fn merge(mut self, names: &'static [&'static str]) -> Self {
        let sharing = self.sharing();
        for name in names {
            sharing.merge(name);
        }
        self
    }

    fn sharing(&mut self) -> &mut Sharing<'a> {
        self.sharing.get_or_insert_default()
    }

    /// Adds a property that is not the tag of any union and that no other type describes.
    #[must_use]
    pub fn field<T: Serialize>(mut self, name: &'static str, value: &T) -> Self {
        if self.sharing.as_mut().is_none_or(|sharing| sharing.insert(name)) {
            self.put(name, value);
        }
        self
    }

    /// Version of [`field`](Self::field) for a property that can be absent.
    #[must_use]
    pub fn optional<T: Serialize + Optional>(self, name: &'static str, value: &T) -> Self {
        if value.is_left_out() { self } else { self.field(name, value) }
    }

    /// Adds any property. `is_any` is whether its type allows anything.
    #[must_use]
    pub fn shared<T: Serialize>(mut self, name: &'a str, value: &T, is_any: bool) -> Self {
        match self.sharing.as_mut().map(|sharing| sharing.add(name, is_any, &|| to_value(value))) {
            None | Some(Ok(true)) => self.put(name, value),
            Some(Ok(false)) => {}
            Some(Err(error)) => return self.fail(error),
        }
        self
    }

    /// Version of [`shared`](Self::shared) for a property that can be absent.
    #[must_use]
    pub fn shared_optional<T: Serialize + Optional>(self, name: &'static str, value: &T, is_any: bool) -> Self {
        if value.is_left_out() { self } else { self.shared(name, value, is_any) }
    }

    /// Adds the properties of a map.
    #[must_use]
    pub fn map<T: Serialize>(self, map: &'a BTreeMap<String, T>) -> Self {
        map.iter().fold(self, |writer, (name, value)| writer.shared(name, value, false))
    }

    /// Adds the properties of a value that is an object or null.
    #[must_use]
    pub fn object<T: Properties>(self, value: &'a T) -> Self {
        value.write(self)
    }

    /// Adds the properties of a union. `own` is the property of the struct that selects the variant.
    #[must_use]
    pub fn tagged<T: Properties>(mut self, value: &'a T, tag: &'static str, own: &impl Serialize) -> Self {
        match to_value(own).map(|own| self.sharing().begin_own(tag, own)) {
            Ok(true) => {
                let mut writer = value.write(self);
                writer.sharing().end_own();
                writer
            }
            Ok(false) => value.write(self),
            Err(error) => self.fail(error),
        }
    }

    /// Adds the properties of a variant that `values` select, and its tag unless it has it.
    #[must_use]
    pub fn variant<T: Properties>(
        mut self,
        value: &'a T,
        (tag, is_text): (&'static str, bool),
        values: &'static [&'static str],
    ) -> Self {
        let Some(first) = values.first() else { return value.write(self) };
        if let Err(error) = self.sharing().begin((tag, is_text), values) {
            return self.fail(error);
        }
        let mut writer = value.write(self);
        if !writer.sharing().end() {
            return writer;
        }
        match if is_text { Ok(Value::from(*first)) } else { serde_json::from_str(first) } {
            Ok(first) => writer.shared(tag, &first, false),
            Err(error) => writer.fail(error),
        }
    }

    /// Adds the properties of a value that is in no variant. `known` are the values of the tag `tag` that select one.
    #[must_use]
    pub fn unknown(mut self, value: &'a Value, tag: (&str, bool), known: &[&str]) -> Self {
        match self.sharing().check_unknown(tag, value, known) {
            Ok(()) => value.write(self),
            Err(error) => self.fail(error),
        }
    }

    pub(super) fn not_an_object(self) -> Self {
        self.fail("a union beside properties is neither an object nor null")
    }

    fn fail(mut self, error: impl std::fmt::Display) -> Self {
        if self.map.is_ok() {
            self.map = Err(M::Error::custom(error));
        }
        self
    }

    fn put<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) {
        if let Ok(map) = &mut self.map
            && let Err(error) = map.serialize_entry(name, value)
        {
            self.map = Err(error);
        }
    }

    fn end(mut self) -> Result<M::Ok, M::Error> {
        for (name, value) in self.sharing.take().into_iter().flat_map(|sharing| sharing.merged()) {
            self.put(name, &value);
        }
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
