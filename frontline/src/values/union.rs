//! Unions: values that have one of several types (`oneOf`, `anyOf`).

use serde_json::Value;

use crate::json::{Decision, DecodeError, Fit, Fitting, FromJson, Node, Whole, best, decide, once};

/// A union whose variant is the one that fits a value best.
#[doc(hidden)]
pub trait Union: Sized + 'static {
    /// How well each variant fits a value.
    const FITS: &'static [Fitting];

    /// Reads the variant with an index.
    ///
    /// # Errors
    ///
    /// Returns the errors of the variant's type.
    fn read(variant: usize, node: Node<'_>, place: &mut Option<Self>) -> Result<(), DecodeError>;

    /// Keeps a value that fits no variant.
    fn unknown(value: Value) -> Self;
}

/// Reads a union.
#[doc(hidden)]
pub fn union<U: Union>(node: Node<'_>, place: &mut Option<U>) -> Result<(), DecodeError> {
    node.document().nested(0, || match decide::<U>(node, || best(node, U::FITS)) {
        Decision::Made(Some((variant, Fit { whole: Whole::Inexact | Whole::InexactVariant, .. }))) => {
            // If no JSON value holds the number either, the error says what the type can hold.
            unknown(node, place, U::unknown).or_else(|_| U::read(variant, node, place))
        }
        // A union within the union would keep the value as its own `Unknown`.
        Decision::Made(None | Some((_, Fit { whole: Whole::NoVariant, .. }))) | Decision::Open => {
            unknown(node, place, U::unknown)
        }
        Decision::Made(Some((variant, _))) => {
            or_unknown(node, place, U::unknown, |place| U::read(variant, node, place))
        }
    })
}

/// Reads a variant, or keeps the value if that does not match the variant's type.
fn or_unknown<U>(
    node: Node<'_>,
    place: &mut Option<U>,
    keep: fn(Value) -> U,
    read: impl FnOnce(&mut Option<U>) -> Result<(), DecodeError>,
) -> Result<(), DecodeError> {
    let before = node.taken();
    match read(place) {
        Err(error) if !error.is_limit() => {
            node.set_taken(before);
            unknown(node, place, keep)
        }
        read => read,
    }
}

/// Keeps a value that fits no variant.
#[doc(hidden)]
pub fn unknown<U>(node: Node<'_>, place: &mut Option<U>, wrap: fn(Value) -> U) -> Result<(), DecodeError> {
    *place = Some(wrap(node.value()?));
    Ok(())
}

/// Returns how well a union fits a value. It does not fit if it contains itself in the same place.
#[doc(hidden)]
#[must_use]
pub fn fit_union<U: Union>(node: Node<'_>) -> Option<Fit> {
    fit_chosen::<U>(node, || best(node, U::FITS))
}

/// Version of [`fit_union`] for a tagged union: `fit` returns how well the variant fits that the tag selects. It is the
/// variant even if a union within it knows no variant.
#[doc(hidden)]
#[must_use]
pub fn fit_tagged<U: 'static>(node: Node<'_>, fit: impl FnOnce() -> Option<Fit>) -> Option<Fit> {
    fit_chosen::<U>(node, || Some((0, fit()?.part())))
}

fn fit_chosen<U: 'static>(node: Node<'_>, choose: impl FnOnce() -> Option<(usize, Fit)>) -> Option<Fit> {
    match decide::<U>(node, choose) {
        Decision::Made(Some((_, fit @ Fit { whole: Whole::Inexact, .. }))) => {
            Some(Fit { whole: Whole::InexactVariant, ..fit })
        }
        Decision::Made(decision) => Some(decision.map_or(Fit::NO_VARIANT, |(_, fit)| fit)),
        Decision::Open => None,
    }
}

/// Reads a tagged union, or keeps the value if the union contains itself in the same place.
#[doc(hidden)]
pub fn read_tagged<U: 'static>(
    node: Node<'_>,
    place: &mut Option<U>,
    keep: fn(Value) -> U,
    read: impl FnOnce(&mut Option<U>) -> Result<(), DecodeError>,
) -> Result<(), DecodeError> {
    let read = once::<U, _>(node, || node.document().nested(0, || read(place)));
    read.unwrap_or_else(|| unknown(node, place, keep))
}

/// Reads a variant.
#[doc(hidden)]
pub fn variant<T: FromJson, U>(node: Node<'_>, place: &mut Option<U>, wrap: fn(T) -> U) -> Result<(), DecodeError> {
    let mut inner = None;
    T::read_json(node, &mut inner)?;
    put(&mut inner, place, wrap);
    Ok(())
}

/// Keeps a value off the stack of the function that calls this.
#[inline(never)]
fn put<T, U>(inner: &mut Option<T>, place: &mut Option<U>, wrap: fn(T) -> U) {
    *place = inner.take().map(wrap);
}

/// Reads the variant that a discriminator selects, or keeps the value if it does not match the variant's type.
#[doc(hidden)]
pub fn known<T: FromJson, U>(
    node: Node<'_>,
    place: &mut Option<U>,
    wrap: fn(T) -> U,
    keep: fn(Value) -> U,
) -> Result<(), DecodeError> {
    or_unknown(node, place, keep, |place| variant(node, place, wrap))
}

/// Implements `FromJson`, `Serialize` and `Properties` for an untagged union.
#[doc(hidden)]
#[macro_export]
macro_rules! __untagged_union {
    ($name:ident, $($variant:ident $index:literal $type:ty,)*) => {
        #[doc(hidden)]
        impl $crate::private::Union for $name {
            const FITS: &'static [$crate::private::Fitting] = &[$(<$type as $crate::private::FromJson>::fit),*];

            fn read(
                variant: usize,
                node: $crate::private::Node<'_>,
                place: &mut ::core::option::Option<Self>,
            ) -> ::core::result::Result<(), $crate::private::DecodeError> {
                match variant {
                    $($index => $crate::private::variant(node, place, Self::$variant),)*
                    _ => $crate::private::unknown(node, place, Self::Unknown),
                }
            }

            fn unknown(value: $crate::private::serde_json::Value) -> Self {
                Self::Unknown(value)
            }
        }

        #[doc(hidden)]
        impl $crate::private::FromJson for $name {
            fn read_json(
                node: $crate::private::Node<'_>,
                place: &mut ::core::option::Option<Self>,
            ) -> ::core::result::Result<(), $crate::private::DecodeError> {
                $crate::private::union(node, place)
            }

            fn fit(node: $crate::private::Node<'_>) -> ::core::option::Option<$crate::private::Fit> {
                $crate::private::fit_union::<Self>(node)
            }
        }

        $crate::private::deserialize_from_json!($name);

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

        #[doc(hidden)]
        impl $crate::private::Properties for $name {
            fn is_object(&self) -> bool {
                match self {
                    $(Self::$variant(value) => $crate::private::Properties::is_object(value),)*
                    Self::Unknown(value) => $crate::private::Properties::is_object(value),
                }
            }

            fn write<'a, M: $crate::private::serde::ser::SerializeMap>(
                &'a self,
                writer: $crate::private::Writer<'a, M>,
            ) -> $crate::private::Writer<'a, M> {
                match self {
                    $(Self::$variant(value) => $crate::private::Properties::write(value, writer),)*
                    Self::Unknown(value) => $crate::private::Properties::write(value, writer),
                }
            }
        }
    };
}

/// Implements `FromJson`, `Serialize` and `Properties` for a tagged union: the value of a property selects the variant.
#[doc(hidden)]
#[macro_export]
macro_rules! __tagged_union {
    ($name:ident, $tag:literal, $is_text:literal, $($variant:ident $type:ty [$($wire:literal),*],)*) => {
        #[doc(hidden)]
        impl $crate::private::FromJson for $name {
            fn read_json(
                node: $crate::private::Node<'_>,
                place: &mut ::core::option::Option<Self>,
            ) -> ::core::result::Result<(), $crate::private::DecodeError> {
                $crate::private::read_tagged(node, place, Self::Unknown, |place| {
                    match $crate::private::tag(node, $tag, $is_text, &[$($($wire,)*)*]) {
                        $($(::core::option::Option::Some($wire) => {
                            $crate::private::known(node, place, Self::$variant, Self::Unknown)
                        })*)*
                        _ => $crate::private::unknown(node, place, Self::Unknown),
                    }
                })
            }

            fn fit(node: $crate::private::Node<'_>) -> ::core::option::Option<$crate::private::Fit> {
                $crate::private::fit_tagged::<Self>(node, || match $crate::private::tag(node, $tag, $is_text, &[$($($wire,)*)*]) {
                    $($(::core::option::Option::Some($wire) => <$type as $crate::private::FromJson>::fit(node),)*)*
                    _ => ::core::option::Option::None,
                })
            }
        }

        $crate::private::deserialize_from_json!($name);

        impl $crate::private::serde::Serialize for $name {
            fn serialize<S: $crate::private::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                match self {
                    $(Self::$variant(value) => {
                        $crate::private::write_tagged(value, serializer, ($tag, $is_text), &[$($wire),*])
                    })*
                    Self::Unknown(value) => $crate::private::serde::Serialize::serialize(value, serializer),
                }
            }
        }

        #[doc(hidden)]
        impl $crate::private::Properties for $name {
            fn is_object(&self) -> bool {
                match self {
                    $(Self::$variant(value) => $crate::private::Properties::is_object(value),)*
                    Self::Unknown(value) => $crate::private::Properties::is_object(value),
                }
            }

            fn write<'a, M: $crate::private::serde::ser::SerializeMap>(
                &'a self,
                writer: $crate::private::Writer<'a, M>,
            ) -> $crate::private::Writer<'a, M> {
                match self {
                    $(Self::$variant(value) => writer.variant(value, ($tag, $is_text), &[$($wire),*]),)*
                    Self::Unknown(value) => writer.unknown(value, ($tag, $is_text), &[$($($wire,)*)*]),
                }
            }
        }
    };
}

/// Implements `Deserialize` by `FromJson`.
#[doc(hidden)]
#[macro_export]
macro_rules! __deserialize_from_json {
    ($name:ident) => {
        impl<'de> $crate::private::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::private::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                $crate::private::deserialize(deserializer)
            }
        }
    };
}

#[cfg(test)]
mod tests;
