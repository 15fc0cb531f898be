//! Encoding of arguments in paths, query strings, headers, and cookies.
//!
//! The styles are those of OpenAPI 3.0 ("Style Values"), which come from RFC 6570.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;
use serde_json::Value;

use crate::Error;
use crate::values::{explain, to_value_in_levels};

/// All characters except the unreserved ones of RFC 3986, section 2.3.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// A style of OpenAPI, with or without `explode`.
///
/// `Json` is for parameters that have a media type instead of a style. `Any` is for form properties without a type:
/// strings are sent unchanged, and other values as JSON. The styles whose names begin with `Reserved` keep reserved
/// characters.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    Form,
    FormExplode,
    Reserved,
    ReservedForm,
    ReservedSimple,
    SpaceDelimited,
    PipeDelimited,
    DeepObject,
    Simple,
    SimpleExplode,
    Label,
    LabelExplode,
    Matrix,
    MatrixExplode,
    Json,
    Any,
}

/// An argument, reduced to the distinctions that styles make.
enum Argument {
    Text(String),
    Items(Vec<String>),
    Fields(Vec<(String, Value)>),
}

/// Converts an argument to a JSON value.
pub(crate) fn json(name: &str, argument: &(impl Serialize + ?Sized)) -> Result<Value, Error> {
    in_levels(name, argument, 0)
}

fn in_levels(name: &str, argument: &(impl Serialize + ?Sized), levels: u32) -> Result<Value, Error> {
    let refusal = |error| explain(format!("`{name}` cannot be serialized as text"), &error);
    to_value_in_levels(argument, levels).map_err(|error| Error::invalid_argument(refusal(error)))
}

/// Returns the number of objects and lists, one inside of the other, that a style does not write as JSON text. It counts
/// the values inside of the last one, too.
pub(crate) fn levels(style: Style) -> u32 {
    match style {
        Style::Json | Style::Any => 0,
        Style::DeepObject => u32::MAX,
        _ => 2,
    }
}

/// Converts an argument to a JSON value. Returns `None` for null.
pub(crate) fn value(name: &str, style: Style, argument: &(impl Serialize + ?Sized)) -> Result<Option<Value>, Error> {
    let value = in_levels(name, argument, levels(style))?;
    check(name, style, &value)?;
    Ok(Some(value).filter(|value| !value.is_null()))
}

/// Fails if a list would lose an item, or if a server would divide a part of the value. Some styles send their
/// delimiters like the same characters in values: the delimiters are percent-encoded, or the characters are not.
pub(crate) fn check(name: &str, style: Style, value: &Value) -> Result<(), Error> {
    if loses_item(style, value) {
        let what = "cannot be sent in its style, because an item of a list is null or empty";
        return Err(Error::invalid_argument(format!("`{name}` {what}")));
    }
    let delimiters: &[char] = match style {
        Style::SpaceDelimited => &[' '],
        Style::PipeDelimited => &['|'],
        Style::LabelExplode => &['.'],
        Style::ReservedForm | Style::ReservedSimple => &[','],
        Style::DeepObject => &['[', ']'],
        _ => return Ok(()),
    };
    if is_divided(style, delimiters, value) {
        let what = "cannot be sent in its style, because a part of it contains a delimiter, or a key is empty";
        return Err(Error::invalid_argument(format!("`{name}` {what}")));
    }
    Ok(())
}

/// Returns whether a list has an item for which nothing is sent. Lists and objects inside of other values are written as
/// JSON, except in deep objects.
fn loses_item(style: Style, value: &Value) -> bool {
    match value {
        _ if matches!(style, Style::Json | Style::Any) => false,
        Value::Array(items) if style == Style::DeepObject => {
            items.iter().any(|item| is_undefined(item) || loses_item(style, item))
        }
        Value::Array(items) => items.iter().any(Value::is_null),
        Value::Object(fields) if style == Style::DeepObject => fields.values().any(|field| loses_item(style, field)),
        _ => false,
    }
}

/// Returns whether a value contains nothing that a deep object can express.
fn is_undefined(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Array(items) => items.iter().all(is_undefined),
        Value::Object(fields) => fields.values().all(is_undefined),
        _ => false,
    }
}

fn is_divided(style: Style, delimiters: &[char], value: &Value) -> bool {
    let divides = |value: &Value| text(value.clone()).is_some_and(|text| text.contains(delimiters));
    match value {
        // The delimiters are in the name, and `name[]` is a list for some servers.
        Value::Object(fields) if style == Style::DeepObject => fields
            .iter()
            .any(|(key, value)| key.is_empty() || key.contains(delimiters) || is_divided(style, delimiters, value)),
        Value::Object(fields) => fields.iter().any(|(key, value)| key.contains(delimiters) || divides(value)),
        Value::Array(items) if style == Style::DeepObject => {
            items.iter().any(|item| is_divided(style, delimiters, item))
        }
        Value::Array(items) => items.iter().any(divides),
        _ => false,
    }
}

/// Converts a value to text. Objects and arrays, for which styles define no encoding when nested, become JSON text.
/// Returns `None` for null.
pub(crate) fn text(value: Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text),
        value => Some(value.to_string()),
    }
}

impl Argument {
    fn new(value: Value, style: Style) -> Self {
        match value {
            value if style == Style::Json => Self::Text(value.to_string()),
            value if style == Style::Any => Self::Text(text(value).unwrap_or_default()),
            Value::Array(items) => Self::Items(items.into_iter().filter_map(text).collect()),
            Value::Object(fields) => Self::Fields(fields.into_iter().filter(|(_, value)| !value.is_null()).collect()),
            value => Self::Text(text(value).unwrap_or_default()),
        }
    }
}

/// Returns the style that encodes reserved characters, if `style` keeps them.
fn without_reserved(style: Style) -> Option<Style> {
    match style {
        Style::Reserved => Some(Style::FormExplode),
        Style::ReservedForm => Some(Style::Form),
        Style::ReservedSimple => Some(Style::Simple),
        _ => None,
    }
}

/// Encodes an argument as names and values for a query string or a cookie. Both are percent-encoded.
pub(crate) fn pairs(name: &str, style: Style, value: Value) -> Vec<(String, String)> {
    if let Some(encoded) = without_reserved(style) {
        let pairs = pairs(name, encoded, value).into_iter();
        return pairs.map(|(name, value)| (name, reserved::in_query(value))).collect();
    }
    let separator = match style {
        Style::SpaceDelimited => "%20",
        Style::PipeDelimited => "%7C",
        _ => ",",
    };
    let value = match value {
        Value::Array(items) if style == Style::DeepObject => return indexed(name, items),
        value => value,
    };
    match Argument::new(value, style) {
        Argument::Text(text) => vec![(encode(name), encode(&text))],
        Argument::Items(items) if style == Style::FormExplode => {
            items.iter().map(|item| (encode(name), encode(item))).collect()
        }
        Argument::Items(items) if items.is_empty() => Vec::new(),
        Argument::Items(items) => vec![(encode(name), join(items.iter().map(|item| encode(item)), separator))],
        Argument::Fields(fields) if style == Style::DeepObject => deep(name, fields),
        Argument::Fields(fields) if style == Style::FormExplode => {
            fields.into_iter().filter_map(|(key, value)| Some((encode(&key), encode(&text(value)?)))).collect()
        }
        Argument::Fields(fields) if fields.is_empty() => Vec::new(),
        Argument::Fields(fields) => vec![(encode(name), join(flat(fields), separator))],
    }
}

/// Encodes a list as `name[0]=value` or `name[0][key]=value`. OpenAPI does not describe lists in deep objects; most servers
/// read this form, and many keep only the last value of a name that is repeated.
fn indexed(name: &str, items: Vec<Value>) -> Vec<(String, String)> {
    items
        .into_iter()
        .enumerate()
        .flat_map(|(index, item)| pairs(&format!("{name}[{index}]"), Style::DeepObject, item))
        .collect()
}

/// Encodes nested fields as `name[key]=value`, to any depth.
fn deep(name: &str, fields: Vec<(String, Value)>) -> Vec<(String, String)> {
    let field = |(key, value): (String, Value)| {
        let name = format!("{name}[{key}]");
        pairs(&name, Style::DeepObject, value)
    };
    fields.into_iter().flat_map(field).collect()
}

/// Encodes an argument for a path segment.
pub(crate) fn segment(name: &str, style: Style, value: Value) -> String {
    if let Some(encoded) = without_reserved(style) {
        return reserved::in_path(segment(name, encoded, value));
    }
    let (prefix, separator) = match style {
        Style::Label | Style::LabelExplode => (".", "."),
        Style::Matrix | Style::MatrixExplode => (";", ";"),
        _ => ("", ","),
    };
    let is_matrix = prefix == ";";
    let is_exploded = matches!(style, Style::SimpleExplode | Style::LabelExplode | Style::MatrixExplode);
    let named = |text: String| if is_matrix { format!("{}={text}", encode(name)) } else { text };
    let body = match Argument::new(value, style) {
        Argument::Text(text) => named(encode(&text)),
        Argument::Items(items) if is_exploded => join(items.iter().map(|item| named(encode(item))), separator),
        Argument::Items(items) => named(join(items.iter().map(|item| encode(item)), ",")),
        Argument::Fields(fields) if is_exploded => {
            let field = |(key, value): (String, Value)| Some(format!("{}={}", encode(&key), encode(&text(value)?)));
            join(fields.into_iter().filter_map(field), separator)
        }
        Argument::Fields(fields) => named(join(flat(fields), ",")),
    };
    // Without a body the prefix is omitted too: paths refuse empty arguments.
    if body.is_empty() { body } else { format!("{prefix}{body}") }
}

/// Converts an argument to a header value, which is not percent-encoded. Returns `None` for an empty list or object.
pub(crate) fn header(name: &str, style: Style, value: Value) -> Result<Option<String>, Error> {
    let items = match Argument::new(value, style) {
        Argument::Text(text) => return Ok(Some(text)),
        Argument::Items(items) => items,
        Argument::Fields(fields) => {
            let pairs = fields.into_iter().filter_map(|(key, value)| Some((key, text(value)?)));
            if style == Style::SimpleExplode {
                pairs.map(|(key, value)| format!("{key}={value}")).collect()
            } else {
                pairs.flat_map(|(key, value)| [key, value]).collect()
            }
        }
    };
    if items.iter().all(|item| is_item(item)) {
        Ok(Some(items.join(",")).filter(|_| !items.is_empty()))
    } else {
        let what =
            "cannot be sent as a header, because a part of it is empty, or contains a comma or outer white space";
        Err(Error::invalid_argument(format!("`{name}` {what}")))
    }
}

/// Whether servers read a text as one item of a list (RFC 9110, section 5.6.1). Commas in quotes do not divide it.
fn is_item(text: &str) -> bool {
    let (mut is_quoted, mut is_escaped) = (false, false);
    let is_divided = text.chars().any(|character| {
        is_quoted ^= character == '"' && !is_escaped;
        is_escaped = is_quoted && !is_escaped && character == '\\';
        character == ',' && !is_quoted
    });
    !text.is_empty() && !is_divided && text.trim() == text
}

/// Returns the encoded key and value of each field, one after the other.
fn flat(fields: Vec<(String, Value)>) -> impl Iterator<Item = String> {
    fields.into_iter().flat_map(|(key, value)| [encode(&key), encode(&text(value).unwrap_or_default())])
}

fn encode(text: &str) -> String {
    utf8_percent_encode(text, RESERVED).to_string()
}

fn join(texts: impl Iterator<Item = String>, separator: &str) -> String {
    texts.collect::<Vec<_>>().join(separator)
}

mod reserved;
#[cfg(test)]
mod tests;
