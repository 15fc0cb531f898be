//! Objects and lists to which each type adds what the types before it lack.

use serde_json::Value;

use crate::values::entry::{ENTRY, is_null, unmarked};
use crate::values::same::is_same;

/// The value of a property that several types describe.
#[derive(Default)]
pub(super) struct Merged {
    value: Option<Value>,
    source: Source,
}

/// Where a value comes from. If two of them differ, the first takes precedence, because programs change properties by name.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Source {
    /// A type that describes it.
    #[default]
    Described,
    /// A field that allows anything.
    Any,
    /// An entry of a map, or a value that is in no variant.
    Entry,
}

impl Merged {
    /// Adds what another type knows of the value. Returns whether they agree, unless one takes precedence.
    pub(super) fn add(&mut self, value: Value, source: Source) -> bool {
        let Some(known) = &mut self.value else {
            *self = Self { value: Some(value), source };
            return true;
        };
        let agrees = complete(known, self.source, value, source);
        self.source = self.source.min(source);
        agrees
    }

    pub(super) fn value(self) -> Option<Value> {
        self.value
    }
}

/// Adds the properties of `other` that `own` lacks, at any depth. Returns whether they agree about all others, unless one takes
/// precedence.
fn complete(own: &mut Value, own_source: Source, other: Value, source: Source) -> bool {
    let (mut value, own_source) = without_entry(own.take(), own_source);
    let (other, source) = without_entry(other, source);
    let agrees = match (&mut value, other) {
        (Value::Object(object), Value::Object(others)) if !is_null(object) && !is_null(&others) => {
            others.into_iter().fold(true, |agrees, (name, other)| {
                let Some(value) = object.get_mut(&name) else {
                    object.insert(name, other);
                    return agrees;
                };
                complete(value, own_source, other, source) && agrees
            })
        }
        (Value::Array(items), Value::Array(others)) if items.len() == others.len() => {
            let pairs = items.iter_mut().zip(others);
            pairs.fold(true, |agrees, (item, other)| complete(item, own_source, other, source) && agrees)
        }
        (value, other) if own_source == source => is_same(&unmarked(value.clone()), &unmarked(other)),
        (value, other) => {
            if source < own_source {
                *value = other;
            }
            true
        }
    };
    *own = value;
    agrees
}

/// Removes the mark of an entry.
fn without_entry(value: Value, source: Source) -> (Value, Source) {
    match value {
        Value::Object(mut object) => match object.remove(ENTRY) {
            Some(entry) => (entry, Source::Entry),
            None => (Value::Object(object), source),
        },
        _ => (value, source),
    }
}
