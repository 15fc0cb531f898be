//! How well a type fits a value.

use std::any::TypeId;
use std::collections::BTreeSet;
use std::iter::Sum;
use std::ops::Add;

/// How well a type fits a value that it can be read from. Less is better.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fit {
    /// The number of parts of the value that the type loses.
    pub lost: u32,
    /// The number of values that the type keeps but does not know.
    pub unknown: u32,
}

impl Fit {
    /// The type keeps and knows everything.
    pub const EXACT: Self = Self { lost: 0, unknown: 0 };
    /// The value is kept, but the document does not describe it.
    pub const UNKNOWN: Self = Self { unknown: 1, ..Self::EXACT };

    /// Returns the fit of an enum with `known` values. An enum with a single value is a constant, which has no other.
    #[must_use]
    pub fn of_enum(known: usize, is_unknown: bool) -> Option<Self> {
        match (is_unknown, known) {
            (false, _) => Some(Self::EXACT),
            (true, 1) => None,
            (true, _) => Some(Self::UNKNOWN),
        }
    }

    /// Returns the fit of a type that does not describe a property with `size` values that are not null.
    pub(crate) fn undescribed(size: u32) -> Self {
        if size == 0 { Self::UNKNOWN } else { Self::lost(size) }
    }

    pub(crate) fn lost(lost: u32) -> Self {
        Self { lost, ..Self::EXACT }
    }
}

impl Add for Fit {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self { lost: self.lost.saturating_add(other.lost), unknown: self.unknown.saturating_add(other.unknown) }
    }
}

impl Sum for Fit {
    fn sum<I: Iterator<Item = Self>>(fits: I) -> Self {
        fits.fold(Self::EXACT, Self::add)
    }
}

/// What a decision is about: the index of the value's node, the union, and the names of properties that are hidden from
/// it.
pub(super) type Key = (u32, TypeId, BTreeSet<&'static [&'static str]>);

/// A decision about the variant of a union.
#[derive(Clone, Copy)]
pub(crate) enum Decision {
    /// The decision is being made. If the union asks for it, it contains itself in the same place, and does not fit.
    Open,
    /// The index of the variant that fits best, or `None` if no variant fits.
    Made(Option<(usize, Fit)>),
}
