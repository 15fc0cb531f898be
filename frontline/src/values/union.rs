//! Unions: values that have one of several types (`oneOf`, `anyOf`).

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::finite::to_value;

/// A function that tries to read a value as one variant. It returns the union and the number of parts that it keeps.
#[doc(hidden)]
pub type Candidate<U> = fn(&Value) -> Option<(U, usize)>;

/// Deserializes a value as `T`, and counts the parts of the value that `T` keeps when it is serialized again.
#[doc(hidden)]
pub fn candidate<T: DeserializeOwned + Serialize, U>(value: &Value, wrap: fn(T) -> U) -> Option<(U, usize)> {
    let decoded = T::deserialize(value).ok()?;
    let encoded = to_value(&decoded).ok()?;
    Some((wrap(decoded), kept(value, &encoded)))
}

/// Returns the variant that keeps the most parts of the value, and the first one of equals.
///
/// Returns `None` if no variant can be read from the value.
#[doc(hidden)]
pub fn best<U>(value: &Value, candidates: &[Candidate<U>]) -> Option<U> {
    let whole = size(value);
    let mut best: Option<(U, usize)> = None;
    for candidate in candidates {
        let Some((union, kept)) = candidate(value) else { continue };
        if kept == whole {
            return Some(union);
        }
        if best.as_ref().is_none_or(|(_, most)| kept > *most) {
            best = Some((union, kept));
        }
    }
    best.map(|(union, _)| union)
}

/// Counts the parts of `value`, except nulls, that `other` has too.
fn kept(value: &Value, other: &Value) -> usize {
    match (value, other) {
        (Value::Null, _) => 0,
        (Value::Object(fields), Value::Object(others)) => {
            1 + fields.iter().map(|(key, value)| others.get(key).map_or(0, |other| kept(value, other))).sum::<usize>()
        }
        (Value::Array(items), Value::Array(others)) => {
            1 + items.iter().zip(others).map(|(item, other)| kept(item, other)).sum::<usize>()
        }
        (Value::Number(a), Value::Number(b)) => usize::from(a.as_f64() == b.as_f64()),
        (a, b) => usize::from(a == b),
    }
}

/// Counts all parts of a value, except nulls.
fn size(value: &Value) -> usize {
    kept(value, value)
}

/// Returns the value of the discriminator `property`. Numbers and booleans are returned as their JSON text.
#[doc(hidden)]
#[must_use]
pub fn tag(value: &Value, property: &str) -> Option<String> {
    match value.get(property)? {
        Value::String(tag) => Some(tag.clone()),
        tag @ (Value::Number(_) | Value::Bool(_)) => Some(tag.to_string()),
        _ => None,
    }
}

/// Serializes a variant and adds its tag, unless the variant writes the property `tag` itself.
#[doc(hidden)]
pub fn tagged(value: &impl Serialize, tag: &str, name: Option<&str>) -> Result<Value, serde_json::Error> {
    let mut value = to_value(value)?;
    if let (Value::Object(fields), Some(name)) = (&mut value, name) {
        fields.entry(tag).or_insert_with(|| name.into());
    }
    Ok(value)
}

/// Implements `Serialize` and `Deserialize` for an untagged union: all variants are tried.
#[doc(hidden)]
#[macro_export]
macro_rules! __untagged_union {
    ($name:ident, $($variant:ident,)*) => {
        impl $crate::private::serde::Serialize for $name {
            fn serialize<S: $crate::private::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                match self {
                    $(Self::$variant(value) => $crate::private::serde::Serialize::serialize(value, serializer),)*
                    Self::Unknown(value) => $crate::private::serde::Serialize::serialize(value, serializer),
                }
            }
        }

        impl<'de> $crate::private::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::private::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                let value = <$crate::private::serde_json::Value as $crate::private::serde::Deserialize>::deserialize(
                    deserializer,
                )?;
                let best = $crate::private::best(
                    &value,
                    &[$(|value| $crate::private::candidate(value, Self::$variant)),*],
                );
                ::core::result::Result::Ok(best.unwrap_or(Self::Unknown(value)))
            }
        }
    };
}

/// Implements `Serialize` and `Deserialize` for a tagged union: the value of a property selects the variant.
#[doc(hidden)]
#[macro_export]
macro_rules! __tagged_union {
    ($name:ident, $tag:literal, $($variant:ident [$($wire:literal),*],)*) => {
        impl $crate::private::serde::Serialize for $name {
            fn serialize<S: $crate::private::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                let value = match self {
                    $(Self::$variant(value) => {
                        let names: &[&str] = &[$($wire),*];
                        $crate::private::tagged(value, $tag, names.first().copied())
                    })*
                    Self::Unknown(value) => ::core::result::Result::Ok(::core::clone::Clone::clone(value)),
                };
                let value = value.map_err($crate::private::serde::ser::Error::custom)?;
                $crate::private::serde::Serialize::serialize(&value, serializer)
            }
        }

        impl<'de> $crate::private::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::private::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                let value = <$crate::private::serde_json::Value as $crate::private::serde::Deserialize>::deserialize(
                    deserializer,
                )?;
                let known = match $crate::private::tag(&value, $tag).as_deref() {
                    $($(::core::option::Option::Some($wire) => {
                        $crate::private::candidate(&value, Self::$variant).map(|(union, _)| union)
                    })*)*
                    _ => ::core::option::Option::None,
                };
                ::core::result::Result::Ok(known.unwrap_or(Self::Unknown(value)))
            }
        }
    };
}
