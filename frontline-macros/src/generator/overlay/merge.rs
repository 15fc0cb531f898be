//! Changes a single value of a document.

use serde_json::Value;

use super::origin::Origin;
use crate::generator::problems::{Errors, Place, Problem};

/// A step on the way from the root of a document to a value.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Key {
    Index(usize),
    Name(String),
}

impl Key {
    pub fn name(&self) -> String {
        match self {
            Self::Index(index) => index.to_string(),
            Self::Name(name) => name.clone(),
        }
    }
}

/// A value of the document that is being changed.
pub struct Node<'a> {
    pub value: &'a mut Value,
    origin: &'a mut Origin,
    /// The place in the changed document.
    place: Place,
}

impl<'a> Node<'a> {
    /// Returns the value at the end of `path`.
    pub fn find(mut value: &'a mut Value, mut origin: &'a mut Origin, path: &[Key]) -> Option<Self> {
        let mut place = Place::root(origin.place.file);
        for key in path {
            value = match (value, key) {
                (Value::Object(entries), Key::Name(name)) => entries.get_mut(name)?,
                (Value::Array(items), Key::Index(index)) => items.get_mut(*index)?,
                _ => return None,
            };
            origin = origin.entry(&key.name());
            place = place.at(&key.name());
        }
        Some(Self { value, origin, place })
    }

    pub fn remove(self, key: &Key) {
        match (self.value, key) {
            (Value::Object(entries), Key::Name(name)) => {
                entries.shift_remove(name);
                self.origin.remove(name);
            }
            (Value::Array(items), Key::Index(index)) if *index < items.len() => {
                self.origin.remove_item(*index, items.len());
                items.remove(*index);
            }
            _ => {}
        }
    }

    /// Appends an item, which is written at `source`, to a list.
    pub fn append(self, item: &Value, source: &Origin) {
        if let Value::Array(items) = self.value {
            self.origin.set(&items.len().to_string(), source.clone());
            items.push(item.clone());
        }
    }

    /// Merges a value, which is written at `source`, with this one.
    pub fn merge(self, new: &Value, source: &Origin, errors: &mut Errors) {
        match (&mut *self.value, new) {
            (Value::Object(entries), Value::Object(new)) => {
                for (key, new) in new {
                    let source = source.at(key);
                    if let Some(value) = entries.get_mut(key) {
                        let origin = self.origin.entry(key);
                        Node { value, origin, place: self.place.at(key) }.merge(new, &source, errors);
                    } else {
                        entries.insert(key.clone(), new.clone());
                        self.origin.set(key, source.into_owned());
                    }
                }
            }
            (Value::Array(items), Value::Array(new)) => {
                for (index, new) in new.iter().enumerate() {
                    let source = source.at(&index.to_string());
                    self.origin.set(&items.len().to_string(), source.into_owned());
                    items.push(new.clone());
                }
            }
            // In YAML, a key without a value is null.
            (Value::Object(_) | Value::Array(_), Value::Null) => {
                let message = format!("this has no value, so it does not change `{}`", self.place);
                errors.warn(Problem::key(written(source), message));
            }
            (Value::Object(_) | Value::Array(_), _) => errors.push(self.mismatch(new, source)),
            (old, Value::Object(_) | Value::Array(_)) if !old.is_null() => errors.push(self.mismatch(new, source)),
            _ => {
                *self.value = new.clone();
                *self.origin = source.clone();
            }
        }
    }

    fn mismatch(&self, new: &Value, source: &Origin) -> Problem {
        let (old, new) = (kind(self.value), kind(new));
        let message = format!("{new} cannot be merged into `{}`, which is {old}", self.place);
        Problem::value(written(source), message).help("remove the old value in an action before this one")
    }
}

/// Returns the place in the overlay that puts a value into the document.
fn written(source: &Origin) -> &Place {
    source.copied.as_ref().unwrap_or(&source.place)
}

pub fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}
