//! The parts of a JSON text.

use std::cell::Cell;
use std::ops::{Deref, Range};

/// A value or the key of a property. The entries of an array or an object follow its own entry.
#[derive(Clone, Copy)]
pub(super) struct Entry {
    /// The offset of the first byte in the text, and [`ESCAPED`].
    start: u32,
    /// The offset after the last byte of a scalar. For an array or object, it is the index of the entry after it and all
    /// its parts, and [`NESTED`].
    end: u32,
}

/// Set for strings with escape sequences.
const ESCAPED: u32 = 1 << 31;

/// Set for arrays and objects.
const NESTED: u32 = 1 << 31;

/// The number of bytes of a text, in which neither an offset nor an index has the highest bit.
pub(super) const LENGTH: usize = 1 << 31;

impl Entry {
    #[inline]
    pub(super) fn scalar(range: Range<usize>, is_escaped: bool) -> Self {
        let start = offset(range.start);
        Self { start: if is_escaped { start | ESCAPED } else { start }, end: offset(range.end) }
    }

    /// Creates the entry for an array or object. [`Entries::close`] sets its end.
    #[inline]
    pub(super) fn nested(start: usize) -> Self {
        Self { start: offset(start), end: NESTED }
    }

    #[inline]
    pub(super) fn start(self) -> usize {
        (self.start & !ESCAPED) as usize
    }

    /// Returns the offset after the last byte of a scalar, or the index of the entry after an array or object.
    #[inline]
    pub(super) fn end(self) -> u32 {
        self.end & !NESTED
    }

    #[inline]
    pub(super) fn is_escaped(self) -> bool {
        self.start & ESCAPED != 0
    }

    /// Whether this is an array or object.
    #[inline]
    pub(super) fn is_nested(self) -> bool {
        self.end & NESTED != 0
    }
}

/// The entries of a text, in its order.
///
/// Their memory is used again for the next text of the thread. Allocators often return memory of this size to the system,
/// and getting it back would take a quarter of the time of decoding.
pub(super) struct Entries(Vec<Entry>);

/// The maximum number of entries whose memory a thread keeps: 512 KiB.
const SPARE: usize = 1 << 16;

thread_local! {
    static SPARE_ENTRIES: Cell<Vec<Entry>> = const { Cell::new(Vec::new()) };
}

impl Entries {
    pub(super) fn with_capacity(capacity: usize) -> Self {
        let mut entries = SPARE_ENTRIES.try_with(Cell::take).unwrap_or_default();
        entries.reserve(capacity);
        Self(entries)
    }

    #[inline]
    pub(super) fn push(&mut self, entry: Entry) {
        self.0.push(entry);
    }

    pub(super) fn truncate(&mut self, count: usize) {
        self.0.truncate(count);
    }

    /// Sets the end of an array or object: all entries that follow it are its parts.
    #[inline]
    pub(super) fn close(&mut self, index: usize) {
        self.0[index].end = offset(self.0.len()) | NESTED;
    }
}

impl Deref for Entries {
    type Target = [Entry];

    #[inline]
    fn deref(&self) -> &[Entry] {
        &self.0
    }
}

impl Drop for Entries {
    fn drop(&mut self) {
        let mut entries = std::mem::take(&mut self.0);
        if entries.capacity() <= SPARE {
            entries.clear();
            let _ = SPARE_ENTRIES.try_with(|spare| spare.set(entries));
        }
    }
}

/// Converts an offset of a byte, or an index of an entry.
#[inline]
#[allow(clippy::cast_possible_truncation, reason = "a text has less than 2 GiB, and no more entries than bytes")]
fn offset(at: usize) -> u32 {
    at as u32
}
