//! The shape of the value of a key in an OpenAPI object.

use serde_json::{Map, Value, json};

use crate::generator::problems::Place;

/// The kind of value that a key allows. The `Link` shapes contain objects that are read separately, by their place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    Any,
    Text,
    Flag,
    Number,
    /// A number of characters, items or properties.
    Count,
    Texts,
    List,
    Map,
    Link,
    LinkOrFlag,
    Links,
    LinkMap,
    /// Media types by name. Each is read separately.
    Content,
    /// Any value. The generator does not read it as part of the object.
    Unused,
}

impl Shape {
    /// Returns a copy of the value in which objects that are read separately are replaced by references to them.
    /// Returns `None` for an unused value, and an unchanged copy of a value that does not have this shape.
    pub fn shallow(self, value: &Value, at: &Place) -> Option<Value> {
        let link = |place: &Place| json!({ "$ref": place.link() });
        let value = match (self, value) {
            (Self::Unused, _) => return None,
            (Self::Link | Self::LinkOrFlag, Value::Object(_)) | (Self::Link, Value::Bool(_)) => link(at),
            (Self::Links, Value::Array(items)) => {
                (0..items.len()).map(|index| link(&at.at(&index.to_string()))).collect()
            }
            (Self::LinkMap, Value::Object(entries)) => {
                Value::Object(entries.keys().map(|key| (key.clone(), link(&at.at(key)))).collect())
            }
            (Self::Content, Value::Object(entries)) => {
                Value::Object(entries.keys().map(|key| (key.clone(), Value::Object(Map::new()))).collect())
            }
            (_, value) => value.clone(),
        };
        Some(value)
    }

    /// Returns whether a value has this shape.
    ///
    /// Where text is expected, a number or boolean becomes a string, because its quotes are missing in YAML.
    pub fn admits(self, value: &mut Value) -> bool {
        if let (Self::Text, Value::Number(_) | Value::Bool(_)) = (self, &*value) {
            *value = Value::String(value.to_string());
        }
        // openapiv3 does not accept an integer that is written as `1.0`.
        if let (Self::Number | Self::Count, Some(number)) = (self, value.as_f64())
            && let Ok(whole) = format!("{number}").parse::<i64>()
        {
            *value = whole.into();
        }
        match self {
            Self::Any | Self::Unused => true,
            Self::Text => value.is_string(),
            Self::Flag => value.is_boolean(),
            Self::Number => value.is_number(),
            Self::Count => value.is_u64(),
            Self::Texts => value.as_array().is_some_and(|items| items.iter().all(Value::is_string)),
            Self::List | Self::Links => value.is_array(),
            Self::LinkOrFlag => value.is_object() || value.is_boolean(),
            Self::Map | Self::Link | Self::LinkMap | Self::Content => value.is_object(),
        }
    }

    pub fn expected(self) -> &'static str {
        match self {
            Self::Unused | Self::Any => "a value",
            Self::Text => "a string",
            Self::Flag => "`true` or `false`",
            Self::Number => "a number",
            Self::Count => "a whole number that is not negative",
            Self::Texts => "a list of strings",
            Self::List | Self::Links => "a list",
            Self::LinkOrFlag => "an object, `true` or `false`",
            Self::Map | Self::Link | Self::LinkMap | Self::Content => "an object",
        }
    }
}
