//! Properties that are absent, null, or set.

use std::ops::Deref;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A property of a JSON request that can be left out, set to null, or set to a value, which are three different things
/// to ask for.
///
/// Setters take a value, or an `Option` of which `None` is null:
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
    /// It is left out.
    #[default]
    Absent,
    /// It is set to null.
    Null,
    /// It is set to a value.
    Value(T),
}

impl<T> Nullable<T> {
    /// The value, where there is one.
    #[must_use]
    pub fn value(&self) -> Option<&T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Absent | Self::Null => None,
        }
    }

    /// The value as what it dereferences to: a `&str` for a `String`.
    #[must_use]
    pub fn as_deref(&self) -> Option<&T::Target>
    where
        T: Deref,
    {
        self.value().map(T::deref)
    }

    /// The value itself, where there is one.
    #[must_use]
    pub fn into_value(self) -> Option<T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Absent | Self::Null => None,
        }
    }

    /// Whether it is left out.
    #[must_use]
    pub fn is_absent(&self) -> bool {
        matches!(self, Self::Absent)
    }

    /// Whether it is null.
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

/// `None` is null.
impl<T> From<Option<T>> for Nullable<T> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Self::Value)
    }
}

impl From<&str> for Nullable<String> {
    fn from(text: &str) -> Self {
        Self::Value(text.to_owned())
    }
}

impl<T> From<Nullable<T>> for Option<T> {
    fn from(nullable: Nullable<T>) -> Self {
        nullable.into_value()
    }
}

/// One that is absent is written as null where its struct does not leave it out.
impl<T: Serialize> Serialize for Nullable<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.value().serialize(serializer)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Nullable<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Option::deserialize(deserializer).map(Self::from)
    }
}
