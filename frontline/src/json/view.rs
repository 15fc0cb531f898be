//! How a struct shares an object among several types: its own fields, the unions beside them, and a map.
//!
//! Each property belongs to the first that describes it: the struct's fields, then the unions in order. A union that fits
//! nothing takes all that is left. The rest belongs to the map that the document describes for the variant, then to the
//! struct's and, without one, to the variant's map of unknown properties. Beside several unions, it belongs to the struct's.
//! So a value is stored once, whatever its types, and the time to read it is linear. There are two exceptions: scalars,
//! such as tags, are given to every type that describes them, and so are the properties that a struct lists as shared.

use std::cell::RefCell;
use std::collections::BTreeSet;

/// The indices of the keys of properties that were read.
pub(crate) type Taken = RefCell<BTreeSet<u32>>;

/// The part of an object that a struct leaves to another type.
#[derive(Clone, Copy, Default)]
pub(crate) struct View<'a> {
    /// The properties that the struct describes.
    pub(crate) names: &'static [&'static str],
    /// The keys of those that the struct describes under a condition only, and whose values it leaves to the other types.
    pub(crate) refused: &'a [u32],
    /// The properties that each type gets that describes them.
    pub(crate) shared: &'static [&'static str],
    /// The properties that other types have read, or `None` while types are only compared with the value.
    pub(crate) taken: Option<&'a Taken>,
    /// Whether the struct keeps the properties that no type describes, and whether those that only the maps of variants
    /// describe count as such.
    pub(crate) keeps_rest: bool,
    pub(crate) closes_maps: bool,
    /// Whether this is what is left by the types that describe properties.
    pub(crate) is_rest: bool,
    /// The part that the struct itself got.
    pub(crate) outer: Option<&'a View<'a>>,
}

impl<'a> View<'a> {
    /// The view of a scalar that another type of the same object has read.
    pub(crate) const REPEATED: &'static View<'static> = &View {
        names: &[],
        refused: &[],
        shared: &[],
        taken: None,
        keeps_rest: false,
        closes_maps: false,
        is_rest: false,
        outer: None,
    };

    /// Returns a view, and those of the structs around it.
    pub(super) fn chain(view: Option<&'a View<'a>>) -> impl Iterator<Item = &'a View<'a>> + Clone {
        std::iter::successors(view, |view| view.outer)
    }
}
