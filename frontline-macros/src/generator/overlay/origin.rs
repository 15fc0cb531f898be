//! The places where the values of a changed document are written.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::generator::problems::Place;

/// The place where a value of a changed document is written.
///
/// Only changes are recorded: a value without an entry of its own is written inside the value that contains it.
#[derive(Clone)]
pub struct Origin {
    pub place: Place,
    /// The `copy` of the action that put the value where it is now.
    pub copied: Option<Place>,
    /// The origins of inner values by key or index, if they differ.
    inner: HashMap<String, Self>,
}

impl Origin {
    pub fn new(place: Place) -> Self {
        Self { place, copied: None, inner: HashMap::new() }
    }

    pub fn copied_by(self, copy: &Place) -> Self {
        let inner = self.inner.into_iter().map(|(key, origin)| (key, origin.copied_by(copy))).collect();
        Self { place: self.place, copied: Some(copy.clone()), inner }
    }

    /// Returns the origin of the value under `key`.
    pub fn at(&self, key: &str) -> Cow<'_, Self> {
        self.inner.get(key).map_or_else(|| Cow::Owned(self.inside(key)), Cow::Borrowed)
    }

    /// Returns the origin of the value to which `keys` lead.
    pub fn find(&self, keys: impl Iterator<Item = String>) -> Self {
        let mut found = Cow::Borrowed(self);
        for key in keys {
            found = match found {
                Cow::Borrowed(origin) => origin.at(&key),
                Cow::Owned(origin) => Cow::Owned(origin.inside(&key)),
            };
        }
        found.into_owned()
    }

    /// Returns the origin of a value that is written inside this one.
    fn inside(&self, key: &str) -> Self {
        Self { copied: self.copied.clone(), ..Self::new(self.place.at(key)) }
    }

    /// Returns the origin of the value under `key`, in order to change it.
    pub fn entry(&mut self, key: &str) -> &mut Self {
        let inside = self.inside(key);
        self.inner.entry(key.to_owned()).or_insert(inside)
    }

    pub fn set(&mut self, key: &str, origin: Self) {
        self.inner.insert(key.to_owned(), origin);
    }

    pub fn remove(&mut self, key: &str) {
        self.inner.remove(key);
    }

    /// Removes an item of a list, and moves the items behind it. `count` is the number of items before.
    pub fn remove_item(&mut self, index: usize, count: usize) {
        self.inner.remove(&index.to_string());
        for next in index + 1..count {
            let key = next.to_string();
            let moved = self.inner.remove(&key).unwrap_or_else(|| self.inside(&key));
            self.set(&(next - 1).to_string(), moved);
        }
    }
}
