//! Lists whose first items each have their own type.

use serde::Serializer;
use serde::ser::{Serialize, SerializeSeq};

use super::object::Optional;
use crate::json::{DecodeError, Fit, Fitting, FromJson, Kind, Node, Step, from_json};

/// The items of a list that are not read yet.
#[doc(hidden)]
pub struct Items<'i, 'n> {
    nodes: &'i mut dyn Iterator<Item = (usize, Node<'n>)>,
}

/// Reads the type `T` from the items of a list with `least` to `most` items.
#[doc(hidden)]
pub fn items<T>(
    node: Node<'_>,
    least: usize,
    most: usize,
    read: impl FnOnce(&mut Items<'_, '_>) -> Result<(), DecodeError>,
) -> Result<(), DecodeError> {
    if !has_length(node, least, most) {
        return Err(match most {
            most if most == least => node.expected(format_args!("a list of {most} items")),
            usize::MAX => node.expected(format_args!("a list with at least {least} items")),
            most => node.expected(format_args!("a list of {least} to {most} items")),
        });
    }
    let mut nodes = node.items().enumerate();
    let read = || read(&mut Items { nodes: &mut nodes });
    // The items are on the stack several times.
    node.document().nested(4 * size_of::<T>(), read).map_err(|error| error.at(node.offset()))
}

fn has_length(node: Node<'_>, least: usize, most: usize) -> bool {
    // One more is enough to see that there are too many.
    let counted = if most == usize::MAX { least } else { most + 1 };
    let count = node.items().take(counted).count();
    node.kind() == Kind::Array && least <= count && count <= most
}

impl<'n> Items<'_, 'n> {
    /// Reads the next item.
    ///
    /// # Errors
    ///
    /// Returns an error if there is none, or if it has another type.
    pub fn required<T: FromJson>(&mut self) -> Result<T, DecodeError> {
        let item = self.nodes.next().ok_or_else(|| DecodeError::expected("a longer list"))?;
        Self::read(item)
    }

    /// Reads the next item if there is one.
    ///
    /// # Errors
    ///
    /// Returns an error if it has another type.
    pub fn optional<T: FromJson, P: From<T> + Default>(&mut self) -> Result<P, DecodeError> {
        Ok(self.nodes.next().map(Self::read).transpose()?.map(P::from).unwrap_or_default())
    }

    /// Reads all further items.
    ///
    /// # Errors
    ///
    /// Returns an error if one has another type, or if memory runs out.
    pub fn rest<T: FromJson>(&mut self) -> Result<Vec<T>, DecodeError> {
        let mut rest = Vec::new();
        for item in &mut *self.nodes {
            // A growing list may have room for twice as many.
            item.1.document().allocate(2 * size_of::<T>())?;
            rest.push(Self::read(item)?);
        }
        Ok(rest)
    }

    fn read<T: FromJson>((index, item): (usize, Node<'n>)) -> Result<T, DecodeError> {
        from_json(item).map_err(|error| error.at(item.offset()).inside(Step::Index(index)))
    }
}

/// Returns how well the types of the first items, and of the `rest`, fit a list.
#[doc(hidden)]
#[must_use]
pub fn fit_items(node: Node<'_>, least: usize, first: &[Fitting], rest: Option<Fitting>) -> Option<Fit> {
    let most = if rest.is_some() { usize::MAX } else { first.len() };
    let fit = |(index, item)| first.get(index).copied().or(rest)?(item).map(Fit::part);
    has_length(node, least, most).then(|| node.items().enumerate().map(fit).sum())?
}

/// Writes the items of a list.
#[doc(hidden)]
pub struct ItemWriter<L> {
    list: L,
    /// The number of missing items since the last one that was written.
    gaps: usize,
}

impl<L: SerializeSeq> ItemWriter<L> {
    /// # Errors
    ///
    /// Returns an error if the serializer does.
    pub fn new<S: Serializer<SerializeSeq = L, Ok = L::Ok, Error = L::Error>>(serializer: S) -> Result<Self, L::Error> {
        Ok(Self { list: serializer.serialize_seq(None)?, gaps: 0 })
    }

    /// Writes an item. If items before it are missing, they are null.
    ///
    /// # Errors
    ///
    /// Returns an error if the item cannot be serialized.
    pub fn item<T: Serialize>(&mut self, item: &T) -> Result<(), L::Error> {
        for _ in 0..std::mem::take(&mut self.gaps) {
            self.list.serialize_element(&())?;
        }
        self.list.serialize_element(item)
    }

    /// Writes an item unless it is missing.
    ///
    /// # Errors
    ///
    /// Returns an error if the item cannot be serialized.
    pub fn optional<T: Serialize + Optional>(&mut self, item: &T) -> Result<(), L::Error> {
        if item.is_left_out() {
            self.gaps += 1;
            return Ok(());
        }
        self.item(item)
    }

    /// # Errors
    ///
    /// Returns an error if the serializer does.
    pub fn end(self) -> Result<L::Ok, L::Error> {
        self.list.end()
    }
}

/// Implements `FromJson` and `Serialize` for a tuple struct. A struct with a single item is a newtype.
///
/// Other structs have items that a list must have, items that it can end before, and the type of all further items.
#[doc(hidden)]
#[macro_export]
macro_rules! __tuple {
    ($name:ident, 0 $type:ty) => {
        #[doc(hidden)]
        impl $crate::private::FromJson for $name {
            fn read_json(
                node: $crate::private::Node<'_>,
                place: &mut ::core::option::Option<Self>,
            ) -> ::core::result::Result<(), $crate::private::DecodeError> {
                $crate::private::variant(node, place, Self)
            }

            fn fit(node: $crate::private::Node<'_>) -> ::core::option::Option<$crate::private::Fit> {
                <$type as $crate::private::FromJson>::fit(node)
            }
        }

        #[doc(hidden)]
        impl $crate::private::serde::Serialize for $name {
            fn serialize<S: $crate::private::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                $crate::private::serde::Serialize::serialize(&self.0, serializer)
            }
        }

        #[doc(hidden)]
        impl $crate::private::Properties for $name {
            fn is_object(&self) -> bool {
                $crate::private::Properties::is_object(&self.0)
            }

            fn write<'a, M: $crate::private::serde::ser::SerializeMap>(
                &'a self,
                writer: $crate::private::Writer<'a, M>,
            ) -> $crate::private::Writer<'a, M> {
                $crate::private::Properties::write(&self.0, writer)
            }
        }

        $crate::private::deserialize_from_json!($name);
    };
    (
        $name:ident, $least:literal to $most:expr,
        [$($index:tt $type:ty),*] [$($late:tt $option:ty = $inner:ty),*] [$($rest:tt $further:ty)?]
    ) => {
        #[doc(hidden)]
        impl $crate::private::FromJson for $name {
            fn read_json(
                node: $crate::private::Node<'_>,
                place: &mut ::core::option::Option<Self>,
            ) -> ::core::result::Result<(), $crate::private::DecodeError> {
                $crate::private::items::<Self>(node, $least, $most, |items| {
                    *place = ::core::option::Option::Some(Self(
                        $(items.required::<$type>()?,)*
                        $(items.optional::<$inner, $option>()?,)*
                        $(items.rest::<$further>()?,)?
                    ));
                    ::core::result::Result::Ok(())
                })
            }

            fn fit(node: $crate::private::Node<'_>) -> ::core::option::Option<$crate::private::Fit> {
                let mut rest = ::core::option::Option::None;
                $(rest = ::core::option::Option::Some(<$further as $crate::private::FromJson>::fit as _);)?
                let first: &[$crate::private::Fitting] = &[
                    $(<$type as $crate::private::FromJson>::fit,)* $(<$inner as $crate::private::FromJson>::fit,)*
                ];
                $crate::private::fit_items(node, $least, first, rest)
            }
        }

        #[doc(hidden)]
        impl $crate::private::serde::Serialize for $name {
            fn serialize<S: $crate::private::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                let mut items = $crate::private::ItemWriter::new(serializer)?;
                $(items.item(&self.$index)?;)*
                $(items.optional(&self.$late)?;)*
                $(self.$rest.iter().try_for_each(|item| items.item(item))?;)?
                items.end()
            }
        }

        #[doc(hidden)]
        impl $crate::private::Properties for $name {
            const HAS_OBJECTS: bool = false;
        }

        $crate::private::deserialize_from_json!($name);
    };
}
