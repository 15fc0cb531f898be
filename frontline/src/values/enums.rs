//! Trait implementations that generated enums share.

use crate::json::{Fit, FromJson, Kind, Node, from_json};

/// Implements the traits of a string enum. The expansion defines the variants, `as_str`, and `From<&str>`.
///
/// `$known` is the number of values that the document lists. A single one is a constant.
#[doc(hidden)]
#[macro_export]
macro_rules! __string_enum {
    ($name:ident, $known:literal) => {
        impl ::core::fmt::Display for $name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl ::core::convert::AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

        impl ::core::convert::From<::std::string::String> for $name {
            fn from(text: ::std::string::String) -> Self {
                <Self as ::core::convert::From<&str>>::from(&text)
            }
        }

        impl ::core::str::FromStr for $name {
            type Err = ::core::convert::Infallible;

            fn from_str(text: &str) -> ::core::result::Result<Self, ::core::convert::Infallible> {
                ::core::result::Result::Ok(<Self as ::core::convert::From<&str>>::from(text))
            }
        }

        impl $crate::private::serde::Serialize for $name {
            fn serialize<S: $crate::private::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> $crate::private::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::private::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                <::std::string::String as $crate::private::serde::Deserialize>::deserialize(deserializer)
                    .map(<Self as ::core::convert::From<::std::string::String>>::from)
            }
        }

        #[doc(hidden)]
        impl $crate::private::Properties for $name {
            const HAS_OBJECTS: bool = false;
        }

        #[doc(hidden)]
        impl $crate::private::FromJson for $name {
            fn read_json(
                node: $crate::private::Node<'_>,
                place: &mut ::core::option::Option<Self>,
            ) -> ::core::result::Result<(), $crate::private::DecodeError> {
                let text = $crate::private::Node::text(node)?;
                *place = ::core::option::Option::Some(<Self as ::core::convert::From<&str>>::from(&text));
                ::core::result::Result::Ok(())
            }

            fn fit(node: $crate::private::Node<'_>) -> ::core::option::Option<$crate::private::Fit> {
                let text = $crate::private::Node::text(node).ok()?;
                let value = <Self as ::core::convert::From<&str>>::from(&text);
                let fit = $crate::private::Fit::of_enum($known, ::core::matches!(value, Self::Unknown(_)))?;
                ::core::option::Option::Some(<::std::string::String as $crate::private::FromJson>::fit(node)? + fit)
            }
        }
    };
}

/// Returns how well an integer enum with `known` values fits a value.
#[doc(hidden)]
#[must_use]
pub fn fit_integer_enum(node: Node<'_>, known: usize, is_unknown: fn(i64) -> bool) -> Option<Fit> {
    let fit = i64::fit(node)?;
    let Ok(value) = from_json(node) else { return Some(fit) };
    match Fit::of_enum(known, is_unknown(value)) {
        Some(own) => Some(fit + own),
        None => (node.kind() == Kind::Number).then_some(Fit::INEXACT),
    }
}

/// Implements the traits of an integer enum. The expansion defines the variants, `as_i64`, and `From<i64>`.
///
/// `$known` is the number of values that the document lists. A single one is a constant.
#[doc(hidden)]
#[macro_export]
macro_rules! __integer_enum {
    ($name:ident, $known:literal) => {
        impl ::core::fmt::Display for $name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::core::fmt::Display::fmt(&self.as_i64(), f)
            }
        }

        impl ::core::convert::From<$name> for i64 {
            fn from(value: $name) -> Self {
                value.as_i64()
            }
        }

        impl $crate::private::serde::Serialize for $name {
            fn serialize<S: $crate::private::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                serializer.serialize_i64(self.as_i64())
            }
        }

        impl<'de> $crate::private::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::private::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                <i64 as $crate::private::serde::Deserialize>::deserialize(deserializer)
                    .map(<Self as ::core::convert::From<i64>>::from)
            }
        }

        #[doc(hidden)]
        impl $crate::private::Properties for $name {
            const HAS_OBJECTS: bool = false;
        }

        #[doc(hidden)]
        impl $crate::private::FromJson for $name {
            const EMPTY_IS_NONE: bool = true;

            fn read_json(
                node: $crate::private::Node<'_>,
                place: &mut ::core::option::Option<Self>,
            ) -> ::core::result::Result<(), $crate::private::DecodeError> {
                $crate::private::variant::<i64, _>(node, place, <Self as ::core::convert::From<i64>>::from)
            }

            fn fit(node: $crate::private::Node<'_>) -> ::core::option::Option<$crate::private::Fit> {
                $crate::private::fit_integer_enum(node, $known, |value| {
                    ::core::matches!(<Self as ::core::convert::From<i64>>::from(value), Self::Unknown(_))
                })
            }
        }
    };
}
