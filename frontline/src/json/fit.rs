//! How well a type fits a value.

use std::any::TypeId;
use std::collections::BTreeSet;
use std::iter::Sum;
use std::ops::Add;

/// How well a type fits a value that it can be read from. Less is better.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fit {
    /// Whether the type describes the value as a whole.
    pub whole: Whole,
    /// The number of parts of the value that the type loses.
    pub lost: u32,
    /// The number of numbers and flags that the type reads as other scalars. The document does not allow them there.
    pub foreign: u32,
    /// The number of parts of the value that the type keeps in properties that the document does not describe.
    pub undeclared: u32,
    /// The number of values that the type keeps but does not know.
    pub unknown: u32,
    /// The number of values that the type reads from another type of JSON, or writes in another spelling.
    pub loose: u32,
    /// The number of values that the document allows, but that the type writes in another spelling: `+00:00` as `Z`.
    pub respelled: u32,
    /// The number of properties that the type loses and that are null. Services often write null for properties that
    /// do not apply.
    pub nulls: u32,
    /// The number of types that do not describe some properties, and whose schemas forbid such properties.
    pub forbidding: u32,
    /// The number of properties that the type does not describe, but that the struct around it describes and keeps.
    pub beside: u32,
}

/// Whether a type describes a value as a whole, whatever the parts of the value are. Less is better.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Whole {
    /// It does.
    #[default]
    Described,
    /// The type describes numbers, but cannot hold the one that the value is or contains. So that is not read as text
    /// either.
    Inexact,
    /// The type is a union with such a variant, and keeps the value.
    InexactVariant,
    /// The type is a struct, and a union beside its properties has no variant for the value.
    NoVariantBeside,
    /// The type is a union that has no variant for the value.
    NoVariant,
}

impl Fit {
    /// The type keeps and knows everything.
    pub const EXACT: Self = Self {
        whole: Whole::Described,
        lost: 0,
        undeclared: 0,
        foreign: 0,
        unknown: 0,
        loose: 0,
        respelled: 0,
        nulls: 0,
        forbidding: 0,
        beside: 0,
    };
    /// The value is kept, but the document does not describe it.
    pub const UNKNOWN: Self = Self { unknown: 1, ..Self::EXACT };
    /// The value is kept, in another type of JSON or another spelling.
    pub const LOOSE: Self = Self { loose: 1, ..Self::EXACT };
    /// The value is a number that the type cannot hold, although it describes numbers.
    pub(crate) const INEXACT: Self = Self { whole: Whole::Inexact, ..Self::UNKNOWN };
    /// The value is a number or a flag that is read as another scalar.
    pub(super) const FOREIGN: Self = Self { foreign: 1, ..Self::EXACT };
    /// A union has no variant for the value, and keeps it.
    pub(crate) const NO_VARIANT: Self = Self { whole: Whole::NoVariant, ..Self::UNKNOWN };

    /// The value is kept, in another spelling that the document allows.
    pub(super) const RESPELLED: Self = Self { respelled: 1, ..Self::EXACT };

    /// Returns the fit of an enum with `known` values. An enum with a single value is a constant, which has no other.
    #[must_use]
    pub fn of_enum(known: usize, is_unknown: bool) -> Option<Self> {
        match (is_unknown, known) {
            (false, _) => Some(Self::EXACT),
            (true, 1) => None,
            (true, _) => Some(Self::UNKNOWN),
        }
    }

    /// A property that is null is lost.
    pub(crate) const NULL: Self = Self { nulls: 1, ..Self::EXACT };

    /// The type does not describe a property, but the struct around it does.
    pub(crate) const BESIDE: Self = Self { beside: 1, ..Self::EXACT };

    pub(crate) fn lost(lost: u32) -> Self {
        Self { lost, ..Self::EXACT }
    }

    /// Returns the fit if something else keeps the properties that this type loses.
    #[must_use]
    pub(crate) fn kept(self) -> Self {
        Self { lost: 0, undeclared: self.undeclared.saturating_add(self.lost), ..self }
    }

    /// Returns the fit if the values that the type does not know may occur all the same.
    #[must_use]
    pub(crate) fn known(self) -> Self {
        Self { unknown: 0, loose: self.loose.saturating_add(self.unknown), ..self }
    }

    /// Returns whether the value is written with the meaning that it was read with.
    pub(super) fn is_lossless(&self) -> bool {
        self.is_readable() && self.lost == 0 && self.foreign == 0 && self.loose == 0 && self.nulls == 0
    }

    /// Returns whether the type can hold all numbers in the value.
    pub(super) fn is_readable(&self) -> bool {
        self.whole != Whole::Inexact
    }

    /// Returns the fit of a type that describes a part of the value, such as a property or an item.
    pub(crate) fn part(self) -> Self {
        Self { whole: if self.is_readable() { Whole::Described } else { Whole::Inexact }, ..self }
    }

    /// Returns whether the type describes as numbers what the type with the fit `other` reads as other scalars, but cannot
    /// hold one of them.
    pub(super) fn forbids(self, other: Self) -> bool {
        matches!(self.whole, Whole::Inexact | Whole::InexactVariant)
            && other.foreign > 0
            && Self { whole: other.whole, ..self } < other
    }

    /// Returns whether the document allows the value, unlike the type with the fit `other`, whose enums do not list all of
    /// it. A value that an enum does not list counts as much as a property that is not described, because the list may
    /// have grown.
    pub(super) fn replaces(self, other: Self) -> bool {
        let lost = other.lost.saturating_add(other.unknown);
        let undescribed = lost.saturating_add(other.undeclared);
        self.whole == Whole::Described
            && self.foreign == 0
            && self.unknown == 0
            && self.forbidding == 0
            && other.unknown > 0
            && self.lost <= lost
            && self.lost.saturating_add(self.undeclared) <= undescribed
    }
}

impl Add for Fit {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            whole: self.whole.max(other.whole),
            lost: self.lost.saturating_add(other.lost),
            undeclared: self.undeclared.saturating_add(other.undeclared),
            foreign: self.foreign.saturating_add(other.foreign),
            unknown: self.unknown.saturating_add(other.unknown),
            loose: self.loose.saturating_add(other.loose),
            respelled: self.respelled.saturating_add(other.respelled),
            nulls: self.nulls.saturating_add(other.nulls),
            forbidding: self.forbidding.saturating_add(other.forbidding),
            beside: self.beside.saturating_add(other.beside),
        }
    }
}

impl Sum for Fit {
    fn sum<I: Iterator<Item = Self>>(fits: I) -> Self {
        fits.fold(Self::EXACT, Self::add)
    }
}

/// What a decision is about: the index of the value's node, the union, the properties that it does not get or that others
/// describe, too, and whether its maps stay empty.
pub(super) type Key = (u32, TypeId, BTreeSet<(u32, Holder)>, bool);

/// Who has a property that a struct around a type describes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Holder {
    /// Only another type.
    Other,
    /// Each type that describes it.
    Each,
}

/// A decision about the variant of a union.
#[derive(Clone, Copy)]
pub(crate) enum Decision {
    /// The decision is being made. If the union asks for it, it contains itself in the same place, and does not fit.
    Open,
    /// The index of the variant that fits best, or `None` if no variant fits.
    Made(Option<(usize, Fit)>),
}
