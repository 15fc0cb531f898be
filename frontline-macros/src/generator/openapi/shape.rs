//! What may stand under a key of an OpenAPI object.

use serde_json::{Map, Value, json};

use crate::generator::problems::Place;

/// The kind of value under a key. The `Link` kinds hold objects that are read on their own, by their place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    Any,
    Text,
    Flag,
    Number,
    Texts,
    List,
    Map,
    Link,
    LinkOrFlag,
    Links,
    LinkMap,
    /// Media types by name; each is read on its own.
    Content,
    /// Known, and of no use to a client.
    Unused,
}

impl Shape {
    /// The value, with the objects in it that are read on their own replaced by references to them; nothing where it
    /// is of no use. A value that does not fit stays as it is.
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

    /// Whether a value fits. Text that YAML took for something else, for want of quotes, is made text again.
    pub fn admits(self, value: &mut Value) -> bool {
        if let (Self::Text, Value::Number(_) | Value::Bool(_)) = (self, &*value) {
            *value = Value::String(value.to_string());
        }
        // A whole number may be written as a fraction, which openapiv3 does not take for a length.
        if let (Self::Number, Some(number)) = (self, value.as_f64())
            && let Ok(whole) = format!("{number}").parse::<i64>()
        {
            *value = whole.into();
        }
        match self {
            Self::Any | Self::Unused => true,
            Self::Text => value.is_string(),
            Self::Flag => value.is_boolean(),
            Self::Number => value.is_number(),
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
            Self::Texts => "a list of strings",
            Self::List | Self::Links => "a list",
            Self::LinkOrFlag => "an object, `true` or `false`",
            Self::Map | Self::Link | Self::LinkMap | Self::Content => "an object",
        }
    }
}
