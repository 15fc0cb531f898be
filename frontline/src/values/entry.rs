//! Marks in JSON values: of the entries of maps, which look like properties in JSON but give way to these, and of properties
//! that are set to null, which only JSON can express.

use serde::{Serialize, Serializer};
use serde_json::{Map, Value};

use super::nullable::NAME_OF_NULL;

/// The name that an entry has for serializers.
pub(super) const NAME_OF_ENTRY: &str = "Entry";

/// The only key of the object that stands for an entry in a marked JSON value.
pub(super) const ENTRY: &str = "$frontline::private::Entry";

/// The only key of the object that stands for [`Nullable::Null`](crate::Nullable::Null) in a marked JSON value.
pub(super) const NULL: &str = "$frontline::private::Null";

/// Returns a value without its own mark, but with those inside of it.
pub(super) fn unmarked(value: Value) -> Value {
    match value {
        Value::Object(mut object) => match object.remove(ENTRY) {
            Some(entry) => unmarked(entry),
            None if is_null(&object) => Value::Null,
            None => Value::Object(object),
        },
        value => value,
    }
}

/// Returns whether an object stands for a property that is set to null.
pub(super) fn is_null(object: &Map<String, Value>) -> bool {
    object.contains_key(NULL)
}

/// The value of an entry.
pub(super) struct Entry<'a, T>(pub(super) &'a T);

impl<T: Serialize> Serialize for Entry<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_newtype_struct(NAME_OF_ENTRY, self.0)
    }
}

/// A JSON value with marks.
pub(super) struct Marked<'a>(pub(super) &'a Value);

impl Serialize for Marked<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Value::Object(object) => match object.get(ENTRY) {
                Some(entry) => Entry(&Marked(entry)).serialize(serializer),
                None if is_null(object) => serializer.serialize_unit_struct(NAME_OF_NULL),
                None => serializer.collect_map(object.iter().map(|(name, value)| (name, Marked(value)))),
            },
            Value::Array(items) => serializer.collect_seq(items.iter().map(Marked)),
            scalar => scalar.serialize(serializer),
        }
    }
}
