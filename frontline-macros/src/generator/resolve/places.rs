//! The schemas that describe one value.

use std::collections::HashSet;
use std::ops::Deref;
use std::rc::Rc;

use crate::generator::document::Document;
use crate::generator::problems::Place;

/// The places of the schemas that describe one value, at least one. Where they contradict each other, the last one takes
/// precedence.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Places {
    schemas: Rc<[Place]>,
    /// The schemas that describe it only under a condition.
    pub conditional: Rc<[Place]>,
}

impl Deref for Places {
    type Target = [Place];

    fn deref(&self) -> &[Place] {
        &self.schemas
    }
}

impl Places {
    /// Returns the place of the only schema.
    pub fn only(&self) -> Option<&Place> {
        if let ([only], []) = (&*self.schemas, &*self.conditional) { Some(only) } else { None }
    }

    /// Adds schemas that describe the value under a condition.
    pub fn under(&self, conditional: &[Place]) -> Self {
        Self { conditional: united(&self.conditional, conditional), ..self.clone() }
    }

    /// Returns those that do not depend on a condition.
    pub fn always(&self) -> Self {
        Self { conditional: Rc::from([]), ..self.clone() }
    }

    /// Returns the places behind references.
    pub fn behind(&self, document: &Document) -> Self {
        let behind = |places: &[Place]| places.iter().map(|place| document.behind(place)).collect();
        Self { schemas: behind(&self.schemas), conditional: behind(&self.conditional) }
    }
}

fn united(known: &Rc<[Place]>, others: &[Place]) -> Rc<[Place]> {
    let new: Vec<&Place> = others.iter().filter(|place| !known.contains(place)).collect();
    if new.is_empty() { known.clone() } else { known.iter().chain(new).cloned().collect() }
}

/// Keys that do not determine the type of a value.
const REMARKS: &[&str] = &[
    "title",
    "description",
    "default",
    "example",
    "examples",
    "deprecated",
    "readOnly",
    "writeOnly",
    "externalDocs",
    "xml",
    "pattern",
    "minLength",
    "maxLength",
    "minItems",
    "maxItems",
    "uniqueItems",
];

/// Returns whether a key does not determine the type of a value.
pub fn is_remark(key: &str) -> bool {
    REMARKS.contains(&key)
}

pub fn of_one(place: Place) -> Places {
    Places { schemas: Rc::from([place]), conditional: Rc::from([]) }
}

/// Returns the schemas of both lists. If two of them say the same about the type, only the last one is kept.
pub fn joined(known: &Places, others: &Places, document: &Document) -> Places {
    let known = known.under(&others.conditional);
    let listed: HashSet<&Place> = known.iter().collect();
    let new: Vec<&Place> = others.iter().filter(|place| !listed.contains(place)).collect();
    if new.is_empty() {
        return known;
    }
    let mut all = known.to_vec();
    for place in new {
        all.retain(|each| !says_same(each, place, document));
        all.push(place.clone());
    }
    Places { schemas: all.into(), conditional: known.conditional }
}

/// Returns whether both lists say the same about the type of a value.
pub fn say_same(one: &Places, other: &Places, document: &Document) -> bool {
    one == other
        || one.conditional == other.conditional
            && one.len() == other.len()
            && one.iter().zip(other.iter()).all(|(one, other)| says_same(one, other, document))
}

fn says_same(one: &Place, other: &Place, document: &Document) -> bool {
    if one == other {
        return true;
    }
    let (Some(first), Some(second)) = (document.object(one), document.object(other)) else { return false };
    let is_telling = |key: &&String| !is_remark(key);
    // The same text refers to the same schema only within a file.
    one.file == other.file
        && first.keys().filter(is_telling).count() == second.keys().filter(is_telling).count()
        && first.iter().all(|(key, value)| !is_telling(&key) || second.get(key) == Some(value))
}
