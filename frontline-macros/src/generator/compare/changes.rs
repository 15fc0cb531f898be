//! The list of changes that the comparison adds to.

use std::collections::{BTreeMap, HashSet};

use crate::generator::problems::Place;

/// A change that breaks code or behavior of the client's users.
pub struct Change {
    /// Its place in the new document. A place that does not exist there stands for the nearest one around it.
    pub place: Place,
    pub message: String,
    /// What users have to change.
    pub users: String,
}

#[derive(Default)]
pub struct Changes {
    pub breaks: Vec<Change>,
    /// What the client has in addition, in words.
    pub additions: Vec<String>,
    /// The places of what was told as changed, in the released document. Types inside are not told again.
    changed: HashSet<Place>,
    /// What follows for users from a change at a place in the new document, and what they have to do.
    following: BTreeMap<Place, (String, String)>,
    /// The places of what was told as added or changed, in the new document.
    added: HashSet<Place>,
}

impl Changes {
    /// Adds a change at `place` in the new document. `users` says what they have to change.
    pub fn tell(&mut self, place: &Place, message: String, users: impl Into<String>) {
        self.breaks.push(Change { place: place.clone(), message, users: users.into() });
    }

    /// Remembers what follows from a change at `place` that is told later.
    pub fn follow(&mut self, place: &Place, message: String, users: String) {
        self.following.insert(place.clone(), (message, users));
    }

    /// Adds a change together with what follows from it.
    pub fn tell_with_following(&mut self, place: &Place, message: String, users: String) {
        match self.following.remove(place) {
            Some((follows, instead)) => self.tell(place, format!("{message}, so {follows}"), instead),
            None => self.tell(place, message, users),
        }
    }

    /// Tells what follows from changes that were not told.
    pub fn tell_rest(&mut self) {
        for (place, (message, users)) in std::mem::take(&mut self.following) {
            self.tell(&place, message, users);
        }
    }

    /// Remembers that a change was told of what is at `place` in the released document.
    pub fn cover(&mut self, place: &Place) {
        self.changed.insert(place.clone());
    }

    /// Adds something new at `place` in the new document.
    pub fn add(&mut self, place: &Place, what: String) {
        self.cover_addition(place);
        self.additions.push(what);
    }

    pub fn deprecate(&mut self, what: &str) {
        self.additions.push(format!("a deprecation of `{what}`"));
    }

    /// Remembers that what is at `place` in the new document was told.
    pub fn cover_addition(&mut self, place: &Place) {
        self.added.insert(place.clone());
    }

    /// Returns whether a type of the released document is part of something that was told as changed.
    pub fn is_covered(&self, place: &Place) -> bool {
        is_inside(&self.changed, place)
    }

    /// Returns whether a type of the new document is part of something that was told.
    pub fn is_covered_addition(&self, place: &Place) -> bool {
        is_inside(&self.added, place)
    }
}

fn is_inside(places: &HashSet<Place>, place: &Place) -> bool {
    let mut around = Some(place.clone());
    while let Some(place) = around {
        if places.contains(&place) {
            return true;
        }
        around = place.parent();
    }
    false
}

/// Moves a place in the released document to where its container is in the new one. A place outside of the container
/// becomes the container's.
pub fn moved(place: &Place, from: &Place, to: &Place) -> Place {
    let inner = place.pointer.strip_prefix(&from.pointer).filter(|_| place.file == from.file);
    let pointer = inner.map_or_else(|| to.pointer.clone(), |inner| format!("{}{inner}", to.pointer));
    Place { file: to.file, pointer }
}
