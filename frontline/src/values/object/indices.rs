//! Sets of the properties that were read.

/// A set of indices. Up to 64, it needs no heap.
#[derive(Default)]
pub(super) struct Indices {
    first: u64,
    others: Vec<bool>,
}

impl Indices {
    /// Returns whether the index is new.
    pub(super) fn insert(&mut self, index: usize) -> bool {
        if index < 64 {
            let is_new = !self.contains(index);
            self.first |= 1 << index;
            return is_new;
        }
        if self.others.len() <= index {
            self.others.resize(index + 1, false);
        }
        !std::mem::replace(&mut self.others[index], true)
    }

    pub(super) fn contains(&self, index: usize) -> bool {
        if index < 64 { self.first >> index & 1 == 1 } else { self.others.get(index).copied().unwrap_or_default() }
    }
}
