//! The types of the runtime of which a union can have a variant.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;
use serde::ser::SerializeMap;
use serde_json::Value;
use uuid::Uuid;

use super::writer::{Properties, Writer};
use crate::values::base64::Base64;
use crate::values::time::{DateTime, Rfc2822};

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
    fn write<'a, M: SerializeMap>(&'a self, writer: Writer<'a, M>) -> Writer<'a, M> {
        writer.map(self)
    }
}

impl Properties for Value {
    fn is_object(&self) -> bool {
        Self::is_object(self)
    }

    fn write<'a, M: SerializeMap>(&'a self, writer: Writer<'a, M>) -> Writer<'a, M> {
        match self {
            Self::Object(map) => writer.entries(map),
            Self::Null => writer,
            _ => writer.not_an_object(),
        }
    }
}

impl<T: Properties> Properties for Option<T> {
    fn is_object(&self) -> bool {
        self.as_ref().is_some_and(T::is_object)
    }

    fn write<'a, M: SerializeMap>(&'a self, writer: Writer<'a, M>) -> Writer<'a, M> {
        self.iter().fold(writer, |writer, value| value.write(writer))
    }
}

impl<T: Properties> Properties for Box<T> {
    fn is_object(&self) -> bool {
        (**self).is_object()
    }

    fn write<'a, M: SerializeMap>(&'a self, writer: Writer<'a, M>) -> Writer<'a, M> {
        (**self).write(writer)
    }
}
