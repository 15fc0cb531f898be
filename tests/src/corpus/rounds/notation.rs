//! Which values the styles of OpenAPI can express. A client must refuse the others, so no call has them.

use frontline::private::contract::{References, escape};
use frontline::private::instances::UNDECLARED;
use serde_json::Value;

use super::super::instances::files::Files;

/// How a parameter or a property of a form is written.
#[derive(Clone, Debug, Default)]
pub struct Notation {
    /// Where a parameter is, or an empty text for a property of a form.
    pub location: String,
    style: String,
    is_exploded: bool,
    is_reserved: bool,
    /// Whether it is JSON text, which has a notation for everything.
    is_json: bool,
}

impl Notation {
    /// Reads a parameter object or an encoding object.
    pub fn new(object: &Value, is_json: bool) -> Self {
        let location = object["in"].as_str().unwrap_or_default().to_owned();
        let usual = if matches!(location.as_str(), "path" | "header") { "simple" } else { "form" };
        let style = object["style"].as_str().unwrap_or(usual).to_owned();
        Self {
            is_exploded: object["explode"].as_bool().unwrap_or(style == "form"),
            is_reserved: object["allowReserved"] == true,
            location,
            style,
            is_json,
        }
    }

    /// Reads how the property of a form is written, if the document says so.
    fn of_property(files: &Files, media: &str, name: &str) -> Option<Self> {
        let encoding = files.at(&files.behind(&format!("{media}/encoding/{}", escape(name)))?)?;
        let has_style = ["style", "explode", "allowReserved"].iter().any(|key| encoding.get(key).is_some());
        has_style.then(|| Self::new(encoding, false))
    }

    /// Returns whether there is a notation for a value. OpenAPI 3.0, "Style Values", leaves null, empty paths and nested
    /// values undefined.
    pub fn has(&self, value: &Value) -> bool {
        if self.is_json {
            return !is_control(&self.location, &value.to_string());
        }
        if self.style == "deepObject" {
            return is_deep(value);
        }
        let parts: Vec<String> = match value {
            Value::Array(items) if items.iter().all(is_scalar) => items.iter().map(plain).collect(),
            Value::Object(fields) if fields.values().all(is_scalar) => {
                fields.iter().flat_map(|(key, value)| [key.clone(), plain(value)]).collect()
            }
            Value::Null | Value::Array(_) | Value::Object(_) => return false,
            scalar => {
                let text = plain(scalar);
                let is_trimmed = self.location != "header" || text.trim() == text;
                return is_trimmed
                    && !is_control(&self.location, &text)
                    && (self.location != "path" || !matches!(text.as_str(), "" | "." | ".."));
            }
        };
        let delimiters: &[char] = match (self.style.as_str(), self.location.as_str()) {
            ("spaceDelimited", _) => &[' '],
            ("pipeDelimited", _) => &['|'],
            ("label", _) if self.is_exploded => &['.'],
            (_, "header") => &[',', '"', '='],
            ("form" | "simple", _) if self.is_reserved && !self.is_exploded => &[','],
            _ => &[],
        };
        let is_whole = |part: &String| {
            let needs_text = self.location == "header" || self.location == "path" && parts.len() == 1;
            !part.contains(delimiters) && !(needs_text && (part.is_empty() || part.trim() != part))
        };
        // A URL has no notation for segments of dots.
        let is_dots = self.location == "path" && parts.iter().all(|part| part.trim_matches('.').is_empty());
        !is_dots && parts.iter().all(is_whole) && !parts.iter().any(|part| is_control(&self.location, part))
    }
}

/// Removes what a form or parts have no notation for from an object with properties. `media` is the pointer of the media
/// type object.
pub fn without_unwritable(files: &Files, media: &str, instance: &Value) -> Value {
    let mut instance = instance.clone();
    if let Some(fields) = instance.as_object_mut() {
        fields.retain(|name, value| {
            let has_nulls = value.as_array().is_some_and(|items| items.iter().any(Value::is_null));
            match Notation::of_property(files, media, name) {
                // A form has no null.
                _ if value.is_null() => false,
                Some(notation) => notation.has(value),
                // Objects are JSON, and lists are pairs with the same name.
                None => !has_nulls,
            }
        });
    }
    instance
}

/// Removes the properties for which a form has nothing: a server does not see that they are there.
pub fn without_nothing(instance: &Value) -> Value {
    let mut instance = instance.clone();
    if let Some(fields) = instance.as_object_mut() {
        fields.retain(|_, value| !value.as_array().is_some_and(Vec::is_empty));
    }
    instance
}

/// Headers have no notation for control characters (RFC 9110, section 5.5).
fn is_control(location: &str, text: &str) -> bool {
    location == "header" && text.chars().any(char::is_control)
}

/// Whether nothing in a list is lost, and no key has the delimiters of a deep object.
fn is_deep(value: &Value) -> bool {
    match value {
        Value::Array(items) => items.iter().all(|item| !is_nothing(item) && is_deep(item)),
        Value::Object(fields) => {
            fields.iter().all(|(key, value)| !key.is_empty() && !key.contains(['[', ']']) && is_deep(value))
        }
        value => !value.is_null(),
    }
}

/// Whether a value contains nothing that a style can express.
pub fn is_nothing(value: &Value) -> bool {
    match value {
        Value::Array(items) => items.iter().all(is_nothing),
        Value::Object(fields) => fields.iter().all(|(key, value)| key.starts_with(UNDECLARED) || is_nothing(value)),
        value => value.is_null(),
    }
}

fn is_scalar(value: &Value) -> bool {
    !value.is_null() && !value.is_array() && !value.is_object()
}

/// Returns a scalar as text.
pub fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), ToOwned::to_owned)
}
