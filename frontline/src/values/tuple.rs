//! Lists whose items each have their own type.

use crate::json::{DecodeError, Fit, FromJson, Kind, Node, Step, from_json};

/// Reads the type `T` from the items of a list that must have `N` items.
#[doc(hidden)]
pub fn items<T, const N: usize>(
    node: Node<'_>,
    read: impl FnOnce([Node<'_>; N]) -> Result<(), DecodeError>,
) -> Result<(), DecodeError> {
    let items = exactly(node).ok_or_else(|| node.expected(format_args!("a list of {N} items")))?;
    // The items are on the stack several times.
    node.document().nested(4 * size_of::<T>(), || read(items)).map_err(|error| error.at(node.offset()))
}

fn exactly<const N: usize>(node: Node<'_>) -> Option<[Node<'_>; N]> {
    // One more is enough to see that there are too many.
    let items: Vec<Node<'_>> = node.items().take(N + 1).collect();
    items.try_into().ok().filter(|_| node.kind() == Kind::Array)
}

/// Reads the item with an index.
#[doc(hidden)]
pub fn item<T: FromJson>(items: &[Node<'_>], index: usize) -> Result<T, DecodeError> {
    from_json(items[index]).map_err(|error| error.at(items[index].offset()).inside(Step::Index(index)))
}

/// Returns how well the types of the items fit a list.
#[doc(hidden)]
#[must_use]
pub fn fit_items<const N: usize>(node: Node<'_>, fits: [crate::json::Fitting; N]) -> Option<Fit> {
    exactly::<N>(node)?.into_iter().zip(fits).map(|(item, fit)| fit(item)).sum()
}

/// Implements `FromJson` for a tuple struct. A struct with a single item is a newtype.
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

        $crate::private::deserialize_from_json!($name);
    };
    ($name:ident, $($index:literal $type:ty),*) => {
        #[doc(hidden)]
        impl $crate::private::FromJson for $name {
            fn read_json(
                node: $crate::private::Node<'_>,
                place: &mut ::core::option::Option<Self>,
            ) -> ::core::result::Result<(), $crate::private::DecodeError> {
                $crate::private::items::<Self, { [$($index),*].len() }>(node, |items| {
                    *place = ::core::option::Option::Some(Self($($crate::private::item::<$type>(&items, $index)?),*));
                    ::core::result::Result::Ok(())
                })
            }

            fn fit(node: $crate::private::Node<'_>) -> ::core::option::Option<$crate::private::Fit> {
                $crate::private::fit_items(node, [$(<$type as $crate::private::FromJson>::fit),*])
            }
        }

        $crate::private::deserialize_from_json!($name);
    };
}
