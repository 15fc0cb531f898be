//! Entries of the maps of structs. They look like properties in JSON, but give way to these.

use serde::{Serialize, Serializer};
use serde_json::Value;

/// The name that an entry has for serializers.
pub(super) const NAME_OF_ENTRY: &str = "Entry";

/// The only key of the object that stands for an entry in a marked JSON value.
pub(super) const ENTRY: &str = "$frontline::private::Entry";

/// The value of an entry.
pub(super) struct Entry<'a, T>(pub(super) &'a T);

impl<T: Serialize> Serialize for Entry<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_newtype_struct(NAME_OF_ENTRY, self.0)
    }
}

/// A JSON value in which entries are marked.
pub(super) struct Marked<'a>(pub(super) &'a Value);

impl Serialize for Marked<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Value::Object(object) => match object.get(ENTRY) {
                Some(entry) => Entry(&Marked(entry)).serialize(serializer),
                None => serializer.collect_map(object.iter().map(|(name, value)| (name, Marked(value)))),
            },
            Value::Array(items) => serializer.collect_seq(items.iter().map(Marked)),
            scalar => scalar.serialize(serializer),
        }
    }
}
