//! Methods of [`Request`] that set its body.

use http::header::{CONTENT_TYPE, HeaderValue};
use serde::Serialize;

use super::body::{self, Body};
use super::{Multipart, Request, Style};
use crate::{ByteStream, Error};

impl Request {
    /// Sets the body to a form (`application/x-www-form-urlencoded`).
    #[must_use]
    pub fn form(self, argument: &(impl Serialize + ?Sized)) -> Self {
        self.body(body::form(argument))
    }

    /// Sets the body to JSON (`application/json`).
    #[must_use]
    pub fn json(self, argument: &(impl Serialize + ?Sized)) -> Self {
        self.body(body::json(argument))
    }

    /// Sets the body to a form in which some properties have a style of their own.
    #[must_use]
    pub fn form_with(self, argument: &(impl Serialize + ?Sized), styles: &[(&str, Style)]) -> Self {
        self.body(body::form_with(argument, styles, Style::FormExplode))
    }

    /// Sets the body to a form in which all objects and lists are deep objects, except those in `styles`, and those whose name
    /// says that it is repeated (`ids[]`).
    #[must_use]
    pub fn form_nested(self, argument: &(impl Serialize + ?Sized), styles: &[(&str, Style)]) -> Self {
        self.body(body::form_with(argument, styles, Style::DeepObject))
    }

    /// Sets the body to JSON with another media type.
    #[must_use]
    pub fn json_as(mut self, media: &'static str, argument: &(impl Serialize + ?Sized)) -> Self {
        self = self.body(body::json(argument));
        self.headers.insert(CONTENT_TYPE, HeaderValue::from_static(media));
        self
    }

    /// Sets the body to text.
    #[must_use]
    pub fn text(self, media: &'static str, text: &str) -> Self {
        self.bytes(media, text.to_owned())
    }

    /// Sets the body to bytes, which are sent unchanged.
    #[must_use]
    pub fn bytes(self, media: &'static str, bytes: impl Into<ByteStream>) -> Self {
        self.body(Ok(Body { content_type: HeaderValue::from_static(media), content: bytes.into() }))
    }

    /// Sets the body to a multipart form.
    #[must_use]
    pub fn multipart(self, form: impl Into<Multipart>) -> Self {
        self.body(form.into().into_body())
    }

    /// Sets the body to a multipart form with another media type than `multipart/form-data`.
    #[must_use]
    pub fn multipart_as(self, media: &'static str, form: impl Into<Multipart>) -> Self {
        let mut request = self.multipart(form);
        let parameters = request.headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()?.split_once(';'));
        if let Some(value) = parameters.and_then(|(_, boundary)| format!("{media};{boundary}").parse().ok()) {
            request.headers.insert(CONTENT_TYPE, value);
        }
        request
    }

    fn body(mut self, body: Result<Body, Error>) -> Self {
        if let Some(Body { content_type, content }) = self.keep(body) {
            self.headers.insert(CONTENT_TYPE, content_type);
            self.body = Some(content.into());
        }
        self
    }
}
