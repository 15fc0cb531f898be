//! The text of a value that another deserializer reads, for the implementations of `Deserialize`.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde::ser::Serialize;
use serde_json::Number;

use super::document::{Document, Limits};
use super::from_json::{FromJson, from_json};

/// Reads a type from a deserializer: the implementation of `Deserialize` for generated types.
///
/// # Errors
///
/// Returns an error if the deserializer does, or its value does not match the type.
#[doc(hidden)]
pub fn deserialize<'de, T: FromJson, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let mut text = Vec::new();
    Transcode(&mut text).deserialize(deserializer)?;
    let document = Document::parse(&text, Limits::NONE);
    document.and_then(|document| document.read(from_json::<T>)).map_err(D::Error::custom)
}

/// The key of the object that stands for a number if the feature `arbitrary_precision` of `serde_json` is enabled.
const NUMBER: &str = "$serde_json::private::Number";

/// Appends a value to a JSON text. Unlike a `serde_json::Value`, the text keeps duplicate properties.
struct Transcode<'a>(&'a mut Vec<u8>);

impl Transcode<'_> {
    fn scalar<E: Error>(self, value: &impl Serialize) -> Result<(), E> {
        serde_json::to_writer(self.0, value).map_err(E::custom)
    }
}

impl<'de> DeserializeSeed<'de> for Transcode<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Transcode<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<(), E> {
        self.scalar(&value)
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<(), E> {
        self.scalar(&value)
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<(), E> {
        self.scalar(&value)
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<(), E> {
        self.scalar(&value)
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<(), E> {
        self.scalar(&value)
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        self.scalar(&())
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
        self.0.push(b'[');
        let start = self.0.len();
        loop {
            let end = self.0.len();
            if end > start {
                self.0.push(b',');
            }
            if items.next_element_seed(Transcode(self.0))?.is_none() {
                self.0.truncate(end);
                self.0.push(b']');
                return Ok(());
            }
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<(), A::Error> {
        let before = self.0.len();
        self.0.push(b'{');
        let start = self.0.len();
        while let Some(key) = entries.next_key::<String>()? {
            if self.0.len() > start {
                self.0.push(b',');
            }
            Transcode(self.0).scalar(&key)?;
            self.0.push(b':');
            let value = self.0.len();
            entries.next_value_seed(Transcode(self.0))?;
            if key == NUMBER
                && let Ok(text) = serde_json::from_slice::<&str>(&self.0[value..])
                && let Ok(number) = text.parse::<Number>()
            {
                self.0.truncate(before);
                return Transcode(self.0).scalar(&number);
            }
        }
        self.0.push(b'}');
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::deserialize;
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
    fn duplicate_properties_are_kept() {
        let Text(keys) = deserialize(&mut serde_json::Deserializer::from_str(r#"{"a":1,"b":2,"a":3}"#)).unwrap();
        assert_eq!(keys, "aba");
    }
}
