//! Encoding of request bodies as JSON and as forms.

use std::sync::{Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use http::HeaderValue;
use serde::Serialize;

use super::form::{fields, from_value};
use super::style::{self, Style};
use crate::values::{explain, to_vec};
use crate::{ByteStream, Error};

pub(crate) struct Body {
    pub(crate) content_type: HeaderValue,
    pub(crate) content: ByteStream,
}

/// The content of a body, for use by several attempts.
pub(crate) enum Content {
    Whole(Bytes),
    /// A stream, which the first attempt consumes.
    Once(Mutex<Option<ByteStream>>),
}

impl Content {
    pub(crate) fn is_empty(&self) -> bool {
        matches!(self, Self::Whole(bytes) if bytes.is_empty())
    }

    pub(crate) fn whole(&self) -> Option<&Bytes> {
        match self {
            Self::Whole(bytes) => Some(bytes),
            Self::Once(_) => None,
        }
    }

    pub(crate) fn take_stream(&self) -> Option<ByteStream> {
        self.stream()?.take()
    }

    /// Fails if a stream that promises to be empty is not. hyper would not read it.
    pub(crate) async fn check(&self) -> Result<(), Error> {
        let Some(empty) = self.stream().and_then(|mut stream| stream.take_if(|stream| stream.len() == Some(0))) else {
            return Ok(());
        };
        let bytes = empty.collect(0).await?;
        if let Some(mut stream) = self.stream() {
            *stream = Some(bytes.into());
        }
        Ok(())
    }

    fn stream(&self) -> Option<MutexGuard<'_, Option<ByteStream>>> {
        match self {
            Self::Whole(_) => None,
            Self::Once(stream) => Some(stream.lock().unwrap_or_else(PoisonError::into_inner)),
        }
    }
}

impl From<ByteStream> for Content {
    fn from(stream: ByteStream) -> Self {
        match stream.whole() {
            Some(bytes) => Self::Whole(bytes.clone()),
            None => Self::Once(Mutex::new(Some(stream))),
        }
    }
}

/// Encodes a body as `application/x-www-form-urlencoded`: omits null, repeats the name for each item of an array, and
/// writes objects as JSON text.
pub(crate) fn form(argument: &(impl Serialize + ?Sized)) -> Result<Body, Error> {
    form_with(argument, &[], Style::FormExplode)
}

/// Encodes a body as [`form`] does, except for the properties in `styles`. If `nested` is [`Style::DeepObject`], that is the
/// style of all other objects and lists.
pub(crate) fn form_with(
    argument: &(impl Serialize + ?Sized),
    styles: &[(&str, Style)],
    nested: Style,
) -> Result<Body, Error> {
    let mut form = Vec::new();
    let style_of = |name: &str| styles.iter().find(|(property, _)| *property == name).map(|(_, style)| *style);
    let others = if nested == Style::DeepObject { style::levels(nested) } else { 1 };
    // The property itself is a level.
    for (name, value) in fields(argument, &|name| style_of(name).map_or(others, style::levels).max(1))? {
        let is_deep = nested == Style::DeepObject && (value.is_object() || value.is_array()) && !name.ends_with("[]");
        match style_of(&name).or(is_deep.then_some(nested)) {
            Some(style) if !value.is_null() => {
                style::check(&name, style, &value)?;
                form.extend(
                    style::pairs(&name, style, value).into_iter().map(|(name, value)| format!("{name}={value}")),
                );
            }
            _ => {
                style::check(&name, Style::FormExplode, &value)?;
                let mut pairs = form_urlencoded::Serializer::new(String::new());
                pairs.extend_pairs(from_value(value).iter().map(|text| (&name, text)));
                form.push(pairs.finish());
            }
        }
    }
    form.retain(|pairs| !pairs.is_empty());
    Ok(Body {
        content_type: HeaderValue::from_static("application/x-www-form-urlencoded"),
        content: form.join("&").into(),
    })
}

/// Encodes a body as `application/json`.
pub(crate) fn json(argument: &(impl Serialize + ?Sized)) -> Result<Body, Error> {
    let refusal = |error| explain("the request body cannot be serialized as JSON".to_owned(), &error);
    let bytes = to_vec(argument).map_err(|error| Error::invalid_argument(refusal(error)))?;
    Ok(Body { content_type: HeaderValue::from_static("application/json"), content: bytes.into() })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde_json::json;

    use super::{Style, form, json};
    use crate::Nullable;

    #[test]
    fn forms_keep_the_order_and_omit_null() {
        let body = form(&json!({"Zeta": "a b&c", "Alpha": null, "Beta": false, "Alpha2": ""})).unwrap();
        assert_eq!(body.content.whole().unwrap(), "Zeta=a+b%26c&Beta=false&Alpha2=");
    }

    #[test]
    fn forms_repeat_arrays_and_write_objects_as_json() {
        let body = form(&json!({"Tag": ["a", "b"], "None": [], "Attributes": {"k": 1}})).unwrap();
        assert_eq!(body.content.whole().unwrap(), "Tag=a&Tag=b&Attributes=%7B%22k%22%3A1%7D");
    }

    #[test]
    fn null_is_refused_where_the_style_of_its_property_cannot_express_it() {
        let form = |name: &'static str, null| {
            let one = BTreeMap::from([("a", Nullable::Value(1)), ("b", null)]);
            super::form_with(
                &BTreeMap::from([(name, one)]),
                &[("deep", Style::DeepObject), ("flat", Style::Form)],
                Style::FormExplode,
            )
        };
        // An object without a style is JSON text, whatever style another property has.
        let body = form("json", Nullable::Null).unwrap();
        assert_eq!(body.content.whole().unwrap(), "json=%7B%22a%22%3A1%2C%22b%22%3Anull%7D");
        for name in ["deep", "flat"] {
            assert!(form(name, Nullable::Null).err().is_some_and(|error| error.is_invalid_argument()), "{name}");
            assert!(form(name, Nullable::Value(2)).is_ok(), "{name}");
        }
        for style in [Style::Any, Style::Json, Style::Form] {
            let null = BTreeMap::from([("a", Nullable::<u8>::Null)]);
            assert!(super::form_with(&null, &[("a", style)], Style::FormExplode).is_err(), "{style:?}");
        }
    }

    #[test]
    fn a_form_that_is_not_an_object_is_refused() {
        assert!(form(&json!(["a"])).err().is_some_and(|error| error.is_invalid_argument()));
    }

    #[test]
    fn json_keeps_order_and_null() {
        assert_eq!(json(&json!({"b": null, "a": 1})).unwrap().content.whole().unwrap(), r#"{"b":null,"a":1}"#);
    }
}
