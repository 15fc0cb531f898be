//! A request before its arguments are read, the reasons to refuse it, and what all its parts need.

use bytes::Bytes;
use http::HeaderMap;
use http::header::COOKIE;
use percent_encoding::percent_decode_str;
use serde_json::{Map, Value};

use crate::testing::contract::{Kinds, Linked, Location, Schemas};

/// Why a request contradicts the document: a status, and the reason, which contains no value of the request.
#[derive(Debug)]
pub(in crate::testing) struct Refusal {
    pub status: u16,
    pub why: String,
}

impl Refusal {
    pub fn new(why: impl Into<String>) -> Self {
        Self { status: 400, why: why.into() }
    }
}

/// A request, before its arguments are read.
pub(in crate::testing) struct Raw<'a> {
    pub query: &'a str,
    pub headers: &'a HeaderMap,
    pub body: &'a Bytes,
}

impl Raw<'_> {
    /// Returns the names and values of the query, which are not decoded.
    pub fn pairs(&self) -> Vec<(&str, &str)> {
        let pairs = self.query.split('&').filter(|pair| !pair.is_empty());
        pairs.map(|pair| pair.split_once('=').unwrap_or((pair, ""))).collect()
    }

    pub fn cookies(&self) -> Vec<(&str, &str)> {
        let headers = self.headers.get_all(COOKIE).iter().filter_map(|header| header.to_str().ok());
        let cookies = headers.flat_map(|header| header.split(';'));
        cookies.filter_map(|cookie| cookie.trim().split_once('=')).collect()
    }

    /// Returns whether a request has a key in a place.
    pub fn has(&self, location: Location, name: &str) -> bool {
        let is = |(own, value): &(&str, &str)| !value.is_empty() && decode(own).as_deref() == Some(name);
        match location {
            Location::Query => self.pairs().iter().any(is),
            Location::Cookie => self.cookies().iter().any(is),
            _ => self.headers.get(name).is_some_and(|value| !value.is_empty()),
        }
    }
}

/// Decodes a part of a URL. Returns `None` if it is not UTF-8.
pub(super) fn decode(text: &str) -> Option<String> {
    Some(percent_decode_str(text).decode_utf8().ok()?.into_owned())
}

/// Validates a value, which the reason of a refusal names as `shown`.
pub(super) fn check(schemas: &Schemas, pointer: &str, value: &Value, shown: &str) -> Result<(), Refusal> {
    match schemas.explain(pointer, value) {
        None => Ok(()),
        Some(why) => Err(Refusal::new(format!("{shown} contradicts its schema: {why}"))),
    }
}

/// Decodes a name or a value of a query or a form, in which `+` is a space.
pub(super) fn plain(text: &str) -> Option<String> {
    decode(&text.replace('+', "%20"))
}

/// Reads a text as the schema at a pointer describes it.
pub(super) fn scalar(document: &Linked, schema: Option<&str>, text: String) -> Value {
    match schema {
        Some(schema) => Kinds::of_text(document, schema, &text).scalar(text),
        None => Value::String(text),
    }
}

/// Puts pairs into an object.
pub(super) fn object(pairs: impl IntoIterator<Item = (String, Value)>) -> Value {
    Value::Object(pairs.into_iter().collect::<Map<_, _>>())
}
