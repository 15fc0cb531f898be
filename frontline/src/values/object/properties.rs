//! Types whose values can be written as a part of a JSON object.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;
use serde::ser::SerializeMap;
use serde_json::Value;
use uuid::Uuid;

use super::writer::Writer;
use crate::values::base64::Base64;
use crate::values::time::{DateTime, Rfc2822};

const NOT_AN_OBJECT: &str = "a union beside properties is neither an object nor null";

/// A type of which a union can have a variant. Its values can be written as a part of a JSON object if they are objects.
pub trait Properties {
    /// Whether values of the type can be objects.
    const HAS_OBJECTS: bool = true;

    /// Whether the value is an object.
    fn is_object(&self) -> bool {
        Self::HAS_OBJECTS
    }

    /// Writes the properties of the object.
    fn write<'a, M: SerializeMap>(&'a self, writer: &mut Writer<'a, M>) {
        writer.fail(NOT_AN_OBJECT);
    }
}

macro_rules! other {
    ($($type:ty),*) => {$(
        impl Properties for $type {
            const HAS_OBJECTS: bool = false;
        }
    )*};
}

other!(bool, i32, i64, u32, u64, i128, f64, String, Base64, DateTime, NaiveDate, Rfc2822, Uuid);

impl<T> Properties for Vec<T> {
    const HAS_OBJECTS: bool = false;
}

impl<T: Serialize> Properties for BTreeMap<String, T> {
    fn write<'a, M: SerializeMap>(&'a self, writer: &mut Writer<'a, M>) {
        writer.map(self);
    }
}

impl Properties for Value {
    fn is_object(&self) -> bool {
        Self::is_object(self)
    }

    fn write<'a, M: SerializeMap>(&'a self, writer: &mut Writer<'a, M>) {
        match self {
            Self::Object(map) => map.iter().for_each(|(name, value)| _ = writer.shared(name, value, true)),
            Self::Null => {}
            _ => writer.fail(NOT_AN_OBJECT),
        }
    }
}

impl<T: Properties> Properties for Option<T> {
    fn is_object(&self) -> bool {
        self.as_ref().is_some_and(T::is_object)
    }

    fn write<'a, M: SerializeMap>(&'a self, writer: &mut Writer<'a, M>) {
        self.iter().for_each(|value| value.write(writer));
    }
}

impl<T: Properties> Properties for Box<T> {
    fn is_object(&self) -> bool {
        (**self).is_object()
    }

    fn write<'a, M: SerializeMap>(&'a self, writer: &mut Writer<'a, M>) {
        (**self).write(writer);
    }
}
