//! Serialization of generated structs and unions.

use std::collections::BTreeMap;

use serde::ser::{Error, SerializeMap};
use serde::{Serialize, Serializer};
use serde_json::Value;

use super::merged::Source;
use super::sharing::Sharing;
use crate::Nullable;
use crate::values::entry::{Entry, Marked};
use crate::values::finite::{to_marked_value, to_value};

/// Writes a JSON object, property by property.
///
/// Unions and structs beside each other write into the same object. So each value is written once, and the time does
/// not depend on how deeply it is nested. If several types set a property, their values must be the same. An entry of a map
/// gives way to a property.
pub struct Writer<'a, M: SerializeMap> {
    /// The object so far, or the first error.
    map: Result<M, M::Error>,
    /// `None` while a single struct writes the object, whose names cannot repeat.
    sharing: Option<Box<Sharing<'a>>>,
    /// What writes the entries of maps, when all properties are written.
    entries: Vec<Rest<'a, M>>,
}

type Rest<'a, M> = Box<dyn FnOnce(Writer<'a, M>) -> Writer<'a, M> + 'a>;

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
    value.write(Writer::new(serializer.serialize_map(None)?)).end()
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
    Writer::new(serializer.serialize_map(None)?).variant(value, (tag, is_text), values).end()
}

impl<'a, M: SerializeMap> Writer<'a, M> {
    fn new(map: M) -> Self {
        Self { map: Ok(map), sharing: None, entries: Vec::new() }
    }

    /// Begins to write a struct with a map.
    #[must_use]
    pub fn beside<T>(mut self, map: &BTreeMap<String, T>) -> Self {
        if !map.is_empty() {
            self.sharing();
        }
        self
    }

    /// Begins to write a struct with unions. Several of these types describe the properties `scalars` and `others`. Each adds
    /// what the others lack, but not to the properties `first`.
    #[must_use]
    pub fn share(
        mut self,
        scalars: &'static [&'static str],
        others: &'static [&'static str],
        first: &'static [&'static str],
    ) -> Self {
        self.sharing().share(scalars, others, first);
        self
    }

    fn sharing(&mut self) -> &mut Sharing<'a> {
        self.sharing.get_or_insert_default()
    }

    /// Adds a property that is not the tag of any union and that no other type describes.
    #[must_use]
    pub fn field<T: Serialize>(mut self, name: &'static str, value: &T) -> Self {
        let is_new = self.sharing.as_mut().map(|sharing| sharing.insert(name, &|| to_marked_value(value)));
        self.put_if(is_new, name, value)
    }

    /// Version of [`field`](Self::field) for a property that can be absent.
    #[must_use]
    pub fn optional<T: Serialize + Optional>(self, name: &'static str, value: &T) -> Self {
        if value.is_left_out() { self } else { self.field(name, value) }
    }

    /// Adds any property. `is_any` is whether its type allows anything.
    #[must_use]
    pub fn shared<T: Serialize>(mut self, name: &'a str, value: &'a T, is_any: bool) -> Self {
        let source = if is_any { Source::Any } else { Source::Described };
        let marked = move || to_marked_value(value);
        let is_new = self.sharing.as_mut().map(|sharing| {
            let is_new = sharing.add(name, source, &marked)?;
            if is_new {
                sharing.remember(name, marked);
            }
            Ok(is_new)
        });
        self.put_if(is_new, name, value)
    }

    /// Version of [`shared`](Self::shared) for a property that can be absent.
    #[must_use]
    pub fn shared_optional<T: Serialize + Optional>(self, name: &'static str, value: &'a T, is_any: bool) -> Self {
        if value.is_left_out() { self } else { self.shared(name, value, is_any) }
    }

    /// Adds the entries of a map.
    #[must_use]
    pub fn map<T: Serialize>(self, map: &'a BTreeMap<String, T>) -> Self {
        if map.is_empty() { self } else { self.entries(map) }
    }

    /// Adds entries that give way to properties, except those that are tags.
    #[must_use]
    pub(super) fn entries<T, N>(mut self, map: impl IntoIterator<Item = (&'a N, &'a T)> + Copy + 'a) -> Self
    where
        T: Serialize + 'a,
        N: AsRef<str> + ?Sized + 'a,
    {
        let tags = map.into_iter().map(|(name, value)| (name.as_ref(), value));
        for (name, value) in tags {
            if self.sharing().is_tag(name) {
                let value = Entry(value);
                let is_new = self.sharing().add(name, Source::Described, &|| to_marked_value(&value));
                self = self.put_if(Some(is_new), name, &value);
            }
        }
        self.entries.push(Box::new(move |writer| {
            map.into_iter().fold(writer, |mut writer, (name, value)| {
                let (name, value) = (name.as_ref(), Entry(value));
                let is_new = writer.sharing().add_entry(name, &|| to_marked_value(&value));
                writer.put_if(Some(is_new), name, &value)
            })
        }));
        self
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
        let first = if is_text { Ok(Value::from(*first)) } else { serde_json::from_str(first) };
        let is_missing = first.and_then(|first| Ok(writer.sharing().end(&first)?.then_some(first)));
        match is_missing {
            Ok(first) => first.into_iter().for_each(|first| writer.put(tag, &first)),
            Err(error) => return writer.fail(error),
        }
        writer
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

    /// Adds a property if it is new, or the only struct writes it.
    fn put_if<T: Serialize>(mut self, is_new: Option<Result<bool, serde_json::Error>>, name: &str, value: &T) -> Self {
        match is_new {
            None | Some(Ok(true)) => self.put(name, value),
            Some(Ok(false)) => {}
            Some(Err(error)) => return self.fail(error),
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
        for write in std::mem::take(&mut self.entries) {
            self = write(self);
        }
        for (name, value) in self.sharing.take().into_iter().flat_map(|sharing| sharing.merged()) {
            self.put(name, &Marked(&value));
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
