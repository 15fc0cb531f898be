//! A serde deserializer for nodes. It reads scalars and types that are not generated.

use std::iter::Enumerate;

use serde::de::value::{CowStrDeserializer, MapAccessDeserializer};
use serde::de::{DeserializeSeed, Deserializer, IntoDeserializer, MapAccess, SeqAccess, Visitor};
use serde::forward_to_deserialize_any;

use super::decode_error::{DecodeError, Step};
use super::from_json::from_json;
use super::members::Members;
use super::node::{Kind, Node};

impl Node<'_> {
    /// Visits the value. `fields` are the properties that the type declares.
    fn visit<'de, V: Visitor<'de>>(self, visitor: V, fields: &'static [&'static str]) -> Result<V::Value, DecodeError> {
        match self.kind() {
            Kind::Null => visitor.visit_unit(),
            Kind::Bool(value) => visitor.visit_bool(value),
            Kind::Number => self.visit_number(visitor),
            Kind::String => visitor.visit_str(&self.string()?),
            Kind::Array => self.visit_items(visitor),
            Kind::Object => visitor.visit_map(self.entries(fields)),
        }
        .map_err(|error: DecodeError| error.at(self.offset()))
    }

    fn visit_items<'de, V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DecodeError> {
        let mut items = Items(self.items().enumerate());
        let value = visitor.visit_seq(&mut items)?;
        if items.0.next().is_none() { Ok(value) } else { Err(self.expected("fewer items")) }
    }

    fn visit_number<'de, V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DecodeError> {
        let number = self.number()?;
        match (number.as_u64(), number.as_i64(), number.as_f64()) {
            (Some(number), _, _) => visitor.visit_u64(number),
            (None, Some(number), _) => visitor.visit_i64(number),
            (None, None, Some(number)) => visitor.visit_f64(number),
            (None, None, None) => Err(self.expected("a number in the range of `f64`")),
        }
    }

    fn entries(&self, fields: &'static [&'static str]) -> Entries<'_> {
        Entries { members: self.members().enumerate(), fields, value: None }
    }
}

/// Reads integers like generated types do, which accept `1.0`.
macro_rules! integers {
    ($($method:ident $visit:ident $integer:ident),*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DecodeError> {
            visitor.$visit(from_json::<$integer>(self)?)
        }
    )*};
}

impl<'de> Deserializer<'de> for Node<'_> {
    type Error = DecodeError;

    integers!(
        deserialize_i32 visit_i32 i32, deserialize_i64 visit_i64 i64, deserialize_i128 visit_i128 i128,
        deserialize_u32 visit_u32 u32, deserialize_u64 visit_u64 u64
    );

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DecodeError> {
        self.visit(visitor, &[])
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DecodeError> {
        if self.kind() == Kind::Null { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, DecodeError> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, DecodeError> {
        self.visit(visitor, fields)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, DecodeError> {
        match self.kind() {
            Kind::Object if self.members().count() == 1 => {
                visitor.visit_enum(MapAccessDeserializer::new(self.entries(variants)))
            }
            Kind::String => visitor.visit_enum(text(self)?),
            _ => return Err(self.expected("a string or an object with one property")),
        }
        .map_err(|error: DecodeError| error.at(self.offset()))
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DecodeError> {
        visitor.visit_unit()
    }

    forward_to_deserialize_any! {
        bool i8 i16 u8 u16 u128 f32 f64 char str string bytes byte_buf unit unit_struct seq tuple
        tuple_struct map identifier
    }
}

fn text(node: Node<'_>) -> Result<CowStrDeserializer<'_, DecodeError>, DecodeError> {
    node.string().map(IntoDeserializer::into_deserializer)
}

struct Items<I>(I);

impl<'de, 'a, I: Iterator<Item = (usize, Node<'a>)>> SeqAccess<'de> for Items<I> {
    type Error = DecodeError;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, DecodeError> {
        let Some((index, item)) = self.0.next() else { return Ok(None) };
        item.document().allocate(size_of::<T::Value>())?;
        seed.deserialize(item).map(Some).map_err(|error| error.at(item.offset()).inside(Step::Index(index)))
    }
}

struct Entries<'a> {
    members: Enumerate<Members<'a>>,
    fields: &'static [&'static str],
    /// The value of the current property, its index, and the step that leads to it.
    value: Option<(usize, Step, Node<'a>)>,
}

impl<'de> MapAccess<'de> for Entries<'_> {
    type Error = DecodeError;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, DecodeError> {
        let Some((index, (key, value))) = self.members.next() else { return Ok(None) };
        let field = self.fields.iter().find(|field| key.is(field));
        self.value = Some((index, field.map_or(Step::Key, |field| Step::Property(field)), value));
        seed.deserialize(text(key)?).map(Some)
    }

    fn next_value_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<T::Value, DecodeError> {
        let (index, step, value) = self.value.take().ok_or_else(|| DecodeError::expected("a key before a value"))?;
        value.document().allocate_entry(index, size_of::<T::Value>())?;
        seed.deserialize(value).map_err(|error| error.at(value.offset()).inside(step))
    }
}
