//! A parsed JSON text, and the limits for reading types from it.

use std::cell::{Cell, OnceCell, RefCell};
use std::collections::HashMap;
use std::ops::Range;

use tokio::time::Instant;

use super::clock::Clock;
use super::decode_error::{Cause, DecodeError};
use super::entries::{Entries, Entry};
use super::fit::{Decision, Key};
use super::parser::parse;

/// The limit for the sizes of nested generated types, in bytes.
///
/// Code that handles a nested value needs a multiple of the value's size on the stack, and a thread's stack is usually
/// 2 MiB. The limit permits 56 nested types of 4 KiB.
const STACK: usize = 256 << 10;

/// The number of bytes that each nested type counts in addition to its size. It covers what code needs for any type.
const FRAME: usize = 512;

/// The number of values after which the clock is looked at.
const STRIDE: u32 = 1 << 10;

/// The maximum size of the values, as a multiple of the maximum size of a text.
const MEMORY: usize = 16;

/// The limits for decoding a text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    /// When decoding has to end.
    pub(crate) deadline: Option<Instant>,
    /// The maximum size of the values, in bytes.
    pub(crate) memory: usize,
}

impl Limits {
    /// Returns the limits for a text of at most `size` bytes in a stream, which has no time limit as a whole.
    pub(crate) fn of_stream(size: usize) -> Self {
        Self::new(size, None)
    }

    /// Returns the limits for a text of at most `size` bytes.
    pub(crate) fn new(size: usize, deadline: Option<Instant>) -> Self {
        Self { deadline, memory: size.saturating_mul(MEMORY) }
    }

    /// Returns whether the time limit has passed.
    pub(crate) fn is_late(&self) -> bool {
        Clock(self.deadline).is_late()
    }

    /// No limits, for texts that are in memory for other reasons.
    pub(crate) const NONE: Self = Self { deadline: None, memory: usize::MAX };
}

pub(crate) struct Document<'a> {
    pub(super) text: &'a [u8],
    /// The text, if all of it is UTF-8. Otherwise, the parts that are read are checked.
    utf8: Option<&'a str>,
    pub(super) entries: Entries,
    /// Whether numbers with a fraction or an exponent were rounded to an `f64`.
    pub(super) is_rounded: bool,
    limits: Limits,
    /// The part of `limits.memory` that is left, or `None` after it was not enough.
    memory: Cell<Option<usize>>,
    /// The part of [`STACK`] that is in use, and the number of generated types that use it.
    stack: Cell<(usize, usize)>,
    /// The number of values that were visited, and whether the deadline passed meanwhile.
    steps: Cell<u32>,
    is_late: Cell<bool>,
    /// For each entry, the number of values before it that are not null.
    sizes: OnceCell<Vec<u32>>,
    /// The variants that unions chose. A union asks again for each type that contains it.
    pub(super) decisions: RefCell<HashMap<Key, Decision>>,
}

impl<'a> Document<'a> {
    pub(crate) fn parse(text: &'a [u8], limits: Limits) -> Result<Self, DecodeError> {
        Ok(Self::new(text, parse(text, limits.deadline)?, limits))
    }

    /// Creates a document of the parts of a text.
    pub(super) fn new(text: &'a [u8], entries: Entries, limits: Limits) -> Self {
        Self {
            text,
            utf8: std::str::from_utf8(text).ok(),
            entries,
            is_rounded: false,
            limits,
            memory: Cell::new(Some(limits.memory)),
            stack: Cell::default(),
            steps: Cell::default(),
            is_late: Cell::default(),
            sizes: OnceCell::default(),
            decisions: RefCell::default(),
        }
    }

    /// Returns a part of the text, or `None` if it is not UTF-8.
    pub(super) fn utf8(&self, range: Range<usize>) -> Option<&'a str> {
        match self.utf8 {
            Some(text) => text.get(range),
            None => std::str::from_utf8(&self.text[range]).ok(),
        }
    }

    /// Runs `read` for a generated type of `size` bytes that is inside of those that are being read.
    pub(crate) fn nested<T>(
        &self,
        size: usize,
        read: impl FnOnce() -> Result<T, DecodeError>,
    ) -> Result<T, DecodeError> {
        let (used, types) = self.stack.get();
        let needed = used + size + FRAME;
        if needed > STACK && types > 0 {
            return Err(DecodeError::new(Cause::Types(types)));
        }
        self.stack.set((needed, types + 1));
        let result = read();
        self.stack.set((used, types));
        result
    }

    /// Counts memory that a value needs outside of the value that contains it.
    pub(crate) fn allocate(&self, size: usize) -> Result<(), DecodeError> {
        self.memory.set(self.memory.get().and_then(|left| left.checked_sub(size)));
        self.memory.get().map(drop).ok_or_else(|| DecodeError::new(Cause::Memory(self.limits.memory)))
    }

    /// Counts the memory of a map's entry. A node of a `BTreeMap` has room for 11 entries, and contains at least 5.
    pub(crate) fn allocate_entry(&self, index: usize, size: usize) -> Result<(), DecodeError> {
        if index.is_multiple_of(5) { self.allocate(11 * (size_of::<String>() + size)) } else { Ok(()) }
    }

    /// Returns, for each entry and for the end, the number of values before it that are not null.
    pub(super) fn sizes(&self) -> &[u32] {
        self.sizes.get_or_init(|| {
            let values = self.entries.iter().scan(0, |before, entry| {
                *before += u32::from(self.is_value(*entry));
                Some(*before)
            });
            std::iter::once(0).chain(values).collect()
        })
    }

    /// Whether an entry is a value that is not null, and not the key of a property.
    fn is_value(&self, entry: Entry) -> bool {
        match self.text[entry.start()] {
            b'n' => false,
            b'"' => self.text[entry.end() as usize..].trim_ascii_start().first() != Some(&b':'),
            _ => true,
        }
    }

    /// Counts a visit to a value. Returns whether the time limit has passed.
    pub(super) fn is_late(&self) -> bool {
        self.steps.set(self.steps.get().wrapping_add(1));
        if self.steps.get().is_multiple_of(STRIDE) { self.look() } else { self.is_late.get() }
    }

    /// Looks at the clock. Returns whether the time limit has passed.
    pub(super) fn look(&self) -> bool {
        self.is_late.set(self.is_late.get() || self.limits.is_late());
        self.is_late.get()
    }

    /// Returns the error for the limit that ended the decoding, if any.
    pub(super) fn exceeded(&self) -> Option<DecodeError> {
        match self.memory.get() {
            _ if self.is_late.get() => Some(DecodeError::new(Cause::Time)),
            None => Some(DecodeError::new(Cause::Memory(self.limits.memory))),
            Some(_) => None,
        }
    }
}

#[cfg(test)]
mod tests;
