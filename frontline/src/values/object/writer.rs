//! Serialization of generated structs and unions.

use std::collections::BTreeMap;

use serde::ser::{Error, SerializeMap};
use serde::{Serialize, Serializer};
use serde_json::Value;

use super::properties::Properties;
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

/// Serializes a struct.
///
/// # Errors
///
/// Returns the first error of the serializer, or of a tag that selects another variant.
pub fn write<T: Properties, S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
    let mut writer = Writer { map: Ok(serializer.serialize_map(None)?), sharing: None };
    value.write(&mut writer);
    writer.end()
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
    let mut writer = Writer { map: Ok(serializer.serialize_map(None)?), sharing: None };
    writer.variant(value, (tag, is_text), values);
    writer.end()
}

impl<'a, M: SerializeMap> Writer<'a, M> {
    /// Begins to write a struct with a map.
    pub fn beside<T>(&mut self, map: &BTreeMap<String, T>) -> &mut Self {
        if !map.is_empty() {
            self.sharing();
        }
        self
    }

    /// Begins to write a struct with unions. Several of these types describe the properties `names`: each adds what the
    /// others lack.
    pub fn merge(&mut self, names: &'static [&'static str]) -> &mut Self {
        names.iter().for_each(|name| self.sharing().merge(name));
        self.sharing();
        self
    }

    fn sharing(&mut self) -> &mut Sharing<'a> {
        self.sharing.get_or_insert_default()
    }

    /// Adds a property that is not the tag of any union and that no other type describes.
    pub fn field<T: Serialize>(&mut self, name: &'a str, value: &T) -> &mut Self {
        if self.sharing.as_mut().is_none_or(|sharing| sharing.insert(name)) {
            self.put(name, value);
        }
        self
    }

    /// Version of [`field`](Self::field) for a property that can be absent.
    pub fn optional<T: Serialize + Optional>(&mut self, name: &'a str, value: &T) -> &mut Self {
        if value.is_left_out() { self } else { self.field(name, value) }
    }

    /// Adds any property. `is_any` is whether its type allows anything.
    pub fn shared<T: Serialize>(&mut self, name: &'a str, value: &T, is_any: bool) -> &mut Self {
        match self.sharing.as_mut().map(|sharing| sharing.add(name, is_any, &|| to_value(value))) {
            None | Some(Ok(true)) => self.put(name, value),
            Some(Ok(false)) => {}
            Some(Err(error)) => self.fail(error),
        }
        self
    }

    /// Version of [`shared`](Self::shared) for a property that can be absent.
    pub fn shared_optional<T: Serialize + Optional>(&mut self, name: &'a str, value: &T, is_any: bool) -> &mut Self {
        if value.is_left_out() { self } else { self.shared(name, value, is_any) }
    }

    /// Adds the properties of a map.
    pub fn map<T: Serialize>(&mut self, map: &'a BTreeMap<String, T>) -> &mut Self {
        map.iter().fold(self, |writer, (name, value)| writer.shared(name, value, false))
    }

    /// Adds the properties of a value that is an object or null.
    pub fn object<T: Properties>(&mut self, value: &'a T) -> &mut Self {
        value.write(self);
        self
    }

    /// Adds the properties of a union. `own` is the property of the struct that selects the variant.
    pub fn tagged<T: Properties>(&mut self, value: &'a T, tag: &'a str, own: &impl Serialize) -> &mut Self {
        match to_value(own) {
            Ok(own) if self.sharing().begin_own(tag, &own) => {
                value.write(self);
                self.sharing().end_own();
            }
            Ok(_) => value.write(self),
            Err(error) => self.fail(error),
        }
        self
    }

    /// Adds the properties of a variant that `values` select, and its tag unless it has it.
    pub fn variant<T: Properties>(
        &mut self,
        value: &'a T,
        (tag, is_text): (&'static str, bool),
        values: &'static [&'static str],
    ) {
        let Some(first) = values.first() else { return value.write(self) };
        if let Err(error) = self.sharing().begin(tag, values) {
            return self.fail(error);
        }
        value.write(self);
        if self.sharing().end() {
            match if is_text { Ok(Value::from(*first)) } else { serde_json::from_str(first) } {
                Ok(first) => _ = self.shared(tag, &first, false),
                Err(error) => self.fail(error),
            }
        }
    }

    /// Adds the properties of a value that is in no variant. `known` are the values of the tag that select one.
    pub fn unknown(&mut self, value: &'a Value, tag: &str, known: &[&str]) {
        match self.sharing().check_unknown(tag, value, known) {
            Ok(()) => value.write(self),
            Err(error) => self.fail(error),
        }
    }

    pub(super) fn fail(&mut self, error: impl std::fmt::Display) {
        if self.map.is_ok() {
            self.map = Err(M::Error::custom(error));
        }
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
