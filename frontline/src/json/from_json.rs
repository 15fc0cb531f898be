//! The trait of types that are read from JSON, and its implementations for containers.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;

use super::decode_error::{DecodeError, Step};
use super::fit::Fit;
use super::node::{Kind, Node};

/// A type that is read from JSON.
///
/// Values are written to a place instead of being returned. In debug builds, each function that returns a large value
/// has it on its stack several times, and deeply nested values would overflow the stack.
#[doc(hidden)]
pub trait FromJson: Sized + 'static {
    /// Whether an empty text means that there is no value, as some services write numbers, dates and ids.
    const EMPTY_IS_NONE: bool = false;

    /// Reads the type from a value, and writes it to `place`.
    ///
    /// # Errors
    ///
    /// Returns an error if the value has another type or is out of range.
    fn read_json(node: Node<'_>, place: &mut Option<Self>) -> Result<(), DecodeError>;

    /// Reads the type from a value, and replaces `place` by it.
    ///
    /// # Errors
    ///
    /// Returns an error if the value has another type or is out of range.
    fn overwrite(node: Node<'_>, place: &mut Self) -> Result<(), DecodeError> {
        *place = from_json(node)?;
        Ok(())
    }

    /// Returns how well the type fits a value, or `None` if it cannot be read from the value.
    ///
    /// Called only for types inside of unions, and for those of properties that are described under a condition only.
    #[must_use]
    fn fit(node: Node<'_>) -> Option<Fit> {
        from_json::<Self>(node).ok().map(|_| Fit::EXACT)
    }
}

/// Reads a type from a value, and returns it.
pub(crate) fn from_json<T: FromJson>(node: Node<'_>) -> Result<T, DecodeError> {
    let mut place = None;
    T::read_json(node, &mut place)?;
    place.ok_or_else(|| node.expected("a value"))
}

/// Returns how well a type fits that describes a property only under a condition, or `None` if the field leaves the value
/// to what keeps undeclared properties, because the type would change it. `KEEPS_NULL` is whether null is kept.
///
/// Values that the type does not know may occur where the condition does not hold.
#[doc(hidden)]
#[must_use]
pub fn fit_kept<T: FromJson, const KEEPS_NULL: bool>(node: Node<'_>) -> Option<Fit> {
    if node.kind() == Kind::Null && !KEEPS_NULL {
        return None;
    }
    T::fit(node).map(Fit::part).filter(Fit::is_lossless).map(Fit::known)
}

/// Version of [`fit_kept`] for structs that drop undeclared properties. Their fields take all that can be read.
#[doc(hidden)]
#[must_use]
pub fn fit_read<T: FromJson>(node: Node<'_>) -> Option<Fit> {
    // A constant fits no other value, but its enum keeps it.
    let unknown = || (node.is_scalar() && from_json::<T>(node).is_ok()).then_some(Fit::LOOSE);
    T::fit(node).map(Fit::part).filter(Fit::is_readable).map(Fit::known).or_else(unknown)
}

/// Returns how well a type fits that writes some texts differently than it reads them. `is_valid` returns whether the
/// document allows a text.
pub(crate) fn fit_text<T: FromJson + Serialize>(node: Node<'_>, is_valid: fn(&str) -> bool) -> Option<Fit> {
    let written = serde_json::to_value(from_json::<T>(node).ok()?).ok()?;
    let text = node.string().ok()?;
    Some(match written.as_str() {
        Some(written) if written == text => Fit::EXACT,
        _ if is_valid(&text) => Fit::RESPELLED,
        _ => Fit::LOOSE,
    })
}

/// Implements [`FromJson`] by `Deserialize` for types that write some texts differently than they read them.
macro_rules! spelled {
    ($($type:ty, $is_none:literal, $is_valid:expr);*) => {$(
        impl $crate::json::FromJson for $type {
            const EMPTY_IS_NONE: bool = $is_none;

            fn read_json(
                node: $crate::json::Node<'_>,
                place: &mut ::core::option::Option<Self>,
            ) -> ::core::result::Result<(), $crate::json::DecodeError> {
                *place = ::core::option::Option::Some(<Self as ::serde::Deserialize>::deserialize(node)?);
                ::core::result::Result::Ok(())
            }

            fn fit(node: $crate::json::Node<'_>) -> ::core::option::Option<$crate::json::Fit> {
                $crate::json::fit_text::<Self>(node, $is_valid)
            }
        }
    )*};
}

pub(crate) use spelled;

// With hyphens, but without braces.
spelled!(uuid::Uuid, true, |text| text.len() == 36);

impl FromJson for Value {
    fn read_json(node: Node<'_>, place: &mut Option<Self>) -> Result<(), DecodeError> {
        *place = Some(node.value()?);
        Ok(())
    }

    fn fit(_: Node<'_>) -> Option<Fit> {
        Some(Fit::EXACT)
    }
}

impl<T: FromJson> FromJson for Option<T> {
    fn read_json(node: Node<'_>, place: &mut Option<Self>) -> Result<(), DecodeError> {
        Self::overwrite(node, place.insert(None))
    }

    fn overwrite(node: Node<'_>, place: &mut Self) -> Result<(), DecodeError> {
        *place = None;
        if is_none::<T>(node) { Ok(()) } else { T::read_json(node, place) }
    }

    fn fit(node: Node<'_>) -> Option<Fit> {
        match node.kind() {
            Kind::Null => Some(Fit::EXACT),
            _ if is_none::<T>(node) => Some(Fit::LOOSE),
            _ => T::fit(node),
        }
    }
}

/// Whether a value means that there is no `T`.
#[inline]
fn is_none<T: FromJson>(node: Node<'_>) -> bool {
    node.kind() == Kind::Null || (T::EMPTY_IS_NONE && node.is(""))
}

impl<T: FromJson> FromJson for Box<T> {
    fn read_json(node: Node<'_>, place: &mut Option<Self>) -> Result<(), DecodeError> {
        node.document().allocate(size_of::<T>())?;
        let mut inner = Box::new(None);
        T::read_json(node, &mut inner)?;
        *place = boxed(&mut inner);
        Ok(())
    }

    fn fit(node: Node<'_>) -> Option<Fit> {
        T::fit(node)
    }
}

/// Keeps a value off the stack of the function that calls this.
#[inline(never)]
fn boxed<T>(place: &mut Option<T>) -> Option<Box<T>> {
    place.take().map(Box::new)
}

impl<T: FromJson> FromJson for Vec<T> {
    fn read_json(node: Node<'_>, place: &mut Option<Self>) -> Result<(), DecodeError> {
        if node.kind() != Kind::Array {
            return Err(node.expected("a sequence"));
        }
        let list = place.insert(Self::new());
        if const { size_of::<T>() <= SMALL } {
            items(node, list, &mut None)
        } else {
            items(node, list, &mut Box::new(None))
        }
    }

    fn fit(node: Node<'_>) -> Option<Fit> {
        if node.kind() == Kind::Array { node.items().map(|item| T::fit(item).map(Fit::part)).sum() } else { None }
    }
}

/// The size of an item, in bytes, up to which the stack is cheaper than the heap.
const SMALL: usize = 256;

/// Reads the items of a list, each by way of `place`.
fn items<T: FromJson>(node: Node<'_>, list: &mut Vec<T>, place: &mut Option<T>) -> Result<(), DecodeError> {
    let count = node.items().count();
    node.document().allocate(count.saturating_mul(size_of::<T>()))?;
    list.reserve_exact(count);
    for (index, item) in node.items().enumerate() {
        T::read_json(item, place).map_err(|error| error.at(item.offset()).inside(Step::Index(index)))?;
        push(list, place);
    }
    Ok(())
}

/// Keeps a value off the stack of the function that calls this.
#[inline(never)]
fn push<T>(list: &mut Vec<T>, place: &mut Option<T>) {
    list.extend(place.take());
}

impl<T: FromJson> FromJson for BTreeMap<String, T> {
    fn read_json(node: Node<'_>, place: &mut Option<Self>) -> Result<(), DecodeError> {
        if !node.is_object() {
            return Err(node.expected("a map"));
        }
        let map = place.insert(Self::new());
        let mut inner = Box::new(None);
        for (index, (key, value)) in node.members().enumerate() {
            node.document().allocate_entry(index, size_of::<T>())?;
            T::read_json(value, &mut inner).map_err(|error| error.at(value.offset()).inside(Step::Key))?;
            node.take(key);
            insert(map, key.string()?.into_owned(), &mut inner);
        }
        Ok(())
    }

    /// An empty list does not fit: a union keeps it. All properties that are left must fit, even if the map of a struct
    /// around this one keeps them.
    fn fit(node: Node<'_>) -> Option<Fit> {
        if node.kind() == Kind::Object {
            node.left().map(|(_, value)| T::fit(value).map(Fit::part)).sum()
        } else {
            None
        }
    }
}

/// Keeps a value off the stack of the function that calls this.
#[inline(never)]
fn insert<T>(map: &mut BTreeMap<String, T>, key: String, place: &mut Option<T>) {
    map.extend(place.take().map(|value| (key, value)));
}

#[cfg(test)]
mod tests;
