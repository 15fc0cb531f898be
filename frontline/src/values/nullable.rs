//! Properties that are absent, null, or set to a value.

use std::ops::Deref;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::json::{DecodeError, Fit, FromJson, Node};

/// A property of a JSON request body that is absent, null, or set to a value.
///
/// Many services treat an absent property as "do not change it" and null as "clear it". An `Option` can express only
/// one of them. Structs for JSON request bodies therefore use `Nullable` for properties that are nullable and not
/// required. Properties of any type count as nullable.
///
/// If the struct is also sent in a form or a query, [`Null`](Self::Null) is an error there
/// ([`Error::is_invalid_argument`](crate::Error::is_invalid_argument)), because only JSON can express it.
///
/// A new struct starts with [`Absent`](Self::Absent). Setters accept a value, or an `Option`, whose `None` means null:
///
/// ```
/// # use frontline::Nullable;
/// # #[derive(Default)]
/// # struct Change { nickname: Nullable<String>, age: Nullable<u8> }
/// # impl Change {
/// #     fn nickname(mut self, nickname: impl Into<Nullable<String>>) -> Self { self.nickname = nickname.into(); self }
/// #     fn age(mut self, age: impl Into<Nullable<u8>>) -> Self { self.age = age.into(); self }
/// # }
/// let change = Change::default().nickname(None);
/// assert!(change.nickname.is_null() && change.age.is_absent());
/// let change = change.nickname("Ada").age(36);
/// assert_eq!((change.nickname.as_deref(), change.age.into_value()), (Some("Ada"), Some(36)));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Nullable<T> {
    /// The property is left out of the request body.
    #[default]
    Absent,
    /// The property is set to null.
    Null,
    /// The property is set to a value.
    Value(T),
}

impl<T> Nullable<T> {
    /// Returns a reference to the value, or `None` if the property is absent or null.
    #[must_use]
    pub fn value(&self) -> Option<&T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Absent | Self::Null => None,
        }
    }

    /// Returns the dereferenced value, such as a `&str` for a `String`, or `None` if the property is absent or null.
    #[must_use]
    pub fn as_deref(&self) -> Option<&T::Target>
    where
        T: Deref,
    {
        self.value().map(T::deref)
    }

    /// Returns the value itself, or `None` if the property is absent or null.
    #[must_use]
    pub fn into_value(self) -> Option<T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Absent | Self::Null => None,
        }
    }

    /// Returns `true` if the property is absent.
    #[must_use]
    pub fn is_absent(&self) -> bool {
        matches!(self, Self::Absent)
    }

    /// Returns `true` if the property is null.
    #[must_use]
    pub fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }
}

impl<T> From<T> for Nullable<T> {
    fn from(value: T) -> Self {
        Self::Value(value)
    }
}

/// Converts `None` to [`Null`](Nullable::Null).
impl<T> From<Option<T>> for Nullable<T> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Self::Value)
    }
}

impl<T> From<T> for Nullable<Box<T>> {
    fn from(value: T) -> Self {
        Self::Value(Box::new(value))
    }
}

impl From<&str> for Nullable<String> {
    fn from(text: &str) -> Self {
        Self::Value(text.to_owned())
    }
}

/// Converts both [`Absent`](Nullable::Absent) and [`Null`](Nullable::Null) to `None`.
impl<T> From<Nullable<T>> for Option<T> {
    fn from(nullable: Nullable<T>) -> Self {
        nullable.into_value()
    }
}

/// The name that [`Nullable::Null`] has for serializers, which distinguishes it from other kinds of null.
pub(super) const NAME_OF_NULL: &str = "Null";

/// Serializes the value, or null. Generated structs skip absent properties; other containers write null for them.
impl<T: Serialize> Serialize for Nullable<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Absent => serializer.serialize_none(),
            Self::Null => serializer.serialize_unit_struct(NAME_OF_NULL),
            Self::Value(value) => serializer.serialize_some(value),
        }
    }
}

/// Deserializes null as [`Null`](Nullable::Null) and anything else as a value.
impl<'de, T: Deserialize<'de>> Deserialize<'de> for Nullable<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Option::deserialize(deserializer).map(Self::from)
    }
}

impl<T: FromJson> FromJson for Nullable<T> {
    fn read_json(node: Node<'_>, place: &mut Option<Self>) -> Result<(), DecodeError> {
        let mut inner = None;
        Option::overwrite(node, &mut inner)?;
        *place = Some(inner.into());
        Ok(())
    }

    fn fit(node: Node<'_>) -> Option<Fit> {
        Option::<T>::fit(node)
    }
}
