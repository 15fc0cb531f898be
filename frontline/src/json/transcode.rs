//! Documents from values that another deserializer reads, for the implementations of `Deserialize`.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde::ser::Serialize;
use serde_json::Number;

use super::decode_error::{Cause, DecodeError};
use super::document::{Document, Limits};
use super::entries::{Entries, Entry, LENGTH};
use super::from_json::{FromJson, from_json};
use super::parser::DEPTH;

/// Reads a type from a deserializer: the implementation of `Deserialize` for generated types.
///
/// # Errors
///
/// Returns an error if the deserializer does, or its value does not match the type.
#[doc(hidden)]
pub fn deserialize<'de, T: FromJson, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let mut parts = Parts { text: Vec::new(), entries: Entries::with_capacity(0), depth: 0 };
    Value(&mut parts).deserialize(deserializer)?;
    if parts.text.len() >= LENGTH {
        return Err(D::Error::custom(DecodeError::new(Cause::Memory(LENGTH))));
    }
    let mut document = Document::new(&parts.text, parts.entries, Limits::NONE);
    document.is_rounded = true;
    document.read(from_json::<T>).map_err(D::Error::custom)
}

/// The key of the object that stands for a number if the feature `arbitrary_precision` of `serde_json` is enabled.
const NUMBER: &str = "$serde_json::private::Number";

/// The parts of a document. Unlike a `serde_json::Value`, they keep duplicate properties.
///
/// The text has no commas, ends of arrays and objects, and escape sequences. Its entries tell the values apart.
struct Parts {
    text: Vec<u8>,
    entries: Entries,
    /// The number of arrays and objects that contain the next value.
    depth: usize,
}

impl Parts {
    fn string(&mut self, text: &str) {
        let start = self.text.len();
        self.text.push(b'"');
        self.text.extend_from_slice(text.as_bytes());
        self.text.push(b'"');
        self.entries.push(Entry::scalar(start..self.text.len(), false));
    }

    fn scalar<E: Error>(&mut self, value: &impl Serialize) -> Result<(), E> {
        let start = self.text.len();
        serde_json::to_writer(&mut self.text, value).map_err(E::custom)?;
        self.entries.push(Entry::scalar(start..self.text.len(), false));
        Ok(())
    }

    /// Adds an array or object that starts with `first`, and whose parts `read` adds.
    fn nested<E: Error>(&mut self, first: u8, read: impl FnOnce(&mut Self) -> Result<(), E>) -> Result<(), E> {
        if self.depth == DEPTH {
            return Err(E::custom(DecodeError::new(Cause::Depth(DEPTH))));
        }
        self.depth += 1;
        let index = self.entries.len();
        self.entries.push(Entry::nested(self.text.len()));
        self.text.push(first);
        read(self)?;
        self.entries.close(index);
        self.depth -= 1;
        Ok(())
    }
}

/// Adds a value.
struct Value<'a>(&'a mut Parts);

impl<'de> DeserializeSeed<'de> for Value<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Value<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<(), E> {
        self.0.scalar(&value)
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<(), E> {
        self.0.scalar(&value)
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<(), E> {
        self.0.scalar(&value)
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<(), E> {
        self.0.scalar(&value)
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<(), E> {
        self.0.string(value);
        Ok(())
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        self.0.scalar(&())
    }

    fn visit_none<E: Error>(self) -> Result<(), E> {
        self.visit_unit()
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        self.deserialize(deserializer)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        self.deserialize(deserializer)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        self.0.nested(b'[', |parts| {
            while items.next_element_seed(Value(parts))?.is_some() {}
            Ok(())
        })
    }

    fn visit_map<A: MapAccess<'de>>(self, mut properties: A) -> Result<(), A::Error> {
        let (start, index) = (self.0.text.len(), self.0.entries.len());
        let mut number = None;
        self.0.nested(b'{', |parts| {
            while let Some(is_number) = properties.next_key_seed(Key(parts))? {
                parts.text.push(b':');
                let value = parts.text.len();
                properties.next_value_seed(Value(parts))?;
                if is_number {
                    number = unquoted(&parts.text[value..]).and_then(|text| text.parse::<Number>().ok());
                }
            }
            Ok(())
        })?;
        let Some(number) = number else { return Ok(()) };
        self.0.text.truncate(start);
        self.0.entries.truncate(index);
        self.0.scalar(&number)
    }
}

fn unquoted(text: &[u8]) -> Option<&str> {
    std::str::from_utf8(text).ok()?.strip_prefix('"')?.strip_suffix('"')
}

/// Adds the key of a property. Returns whether it is [`NUMBER`].
struct Key<'a>(&'a mut Parts);

impl<'de> DeserializeSeed<'de> for Key<'_> {
    type Value = bool;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<bool, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for Key<'_> {
    type Value = bool;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_str<E: Error>(self, key: &str) -> Result<bool, E> {
        self.0.string(key);
        Ok(key == NUMBER)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{DEPTH, deserialize};
    use crate::json::{DecodeError, FromJson, Node};

    struct Text(String);

    impl FromJson for Text {
        fn read_json(node: Node<'_>, place: &mut Option<Self>) -> Result<(), DecodeError> {
            let keys = node.members().map(|(key, _)| key.string());
            *place = Some(Self(keys.collect::<Result<_, _>>()?));
            Ok(())
        }
    }

    #[test]
    fn values_are_the_same() {
        for value in
            [json!(null), json!([]), json!({}), json!([1, -2, 0.5, true, "é\"\n", null, [[]], {"a": {"b": []}}])]
        {
            assert_eq!(deserialize::<Value, _>(&value).unwrap(), value);
            let text = value.to_string();
            assert_eq!(deserialize::<Value, _>(&mut serde_json::Deserializer::from_str(&text)).unwrap(), value);
        }
    }

    #[test]
    fn numbers_with_arbitrary_precision_are_numbers() {
        // With the feature `arbitrary_precision`, which any crate of a program can enable, this is how serde_json
        // passes numbers.
        for (text, number) in [("1.5", json!(1.5)), ("-0", json!(-0.0)), ("7", json!(7))] {
            let passed = json!({"list": [{super::NUMBER: text}]});
            assert_eq!(deserialize::<Value, _>(passed).unwrap(), json!({"list": [number]}));
        }
        let object = json!({super::NUMBER: "1],[2"});
        assert_eq!(deserialize::<Value, _>(&object).unwrap(), object);
    }

    #[test]
    fn numbers_that_were_rounded_are_not_taken_for_integers() {
        let read = |text| deserialize::<i64, _>(&mut serde_json::Deserializer::from_str(text));
        for (text, integer) in [("9007199254740991.0", (1 << 53) - 1), ("9007199254740993", (1 << 53) + 1)] {
            assert_eq!(read(text).unwrap(), integer);
        }
        for text in ["9007199254740993.0", "1e18"] {
            assert!(read(text).unwrap_err().to_string().contains("an integer without a fraction or an exponent"));
        }
        assert_eq!(read(r#""9007199254740993.0""#).unwrap(), (1 << 53) + 1);
    }

    #[test]
    fn values_are_nested_as_deeply_as_in_texts() {
        let nested = |depth| (0..depth).fold(json!(0), |value, _| json!([value]));
        assert!(deserialize::<Value, _>(nested(DEPTH)).is_ok());
        let error = deserialize::<Value, _>(nested(DEPTH + 1)).unwrap_err();
        assert_eq!(error.to_string(), "nested more deeply than 128 levels at `$`");
    }

    #[test]
    fn duplicate_properties_are_kept() {
        let Text(keys) = deserialize(&mut serde_json::Deserializer::from_str(r#"{"a":1,"b":2,"a":3}"#)).unwrap();
        assert_eq!(keys, "aba");
    }
}
