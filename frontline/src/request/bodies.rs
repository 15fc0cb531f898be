//! Bodies of requests.

use http::header::{CONTENT_TYPE, HeaderValue};
use serde::Serialize;

use super::body::{self, Body};
use super::{Multipart, Request, Style};
use crate::{ByteStream, Error};

impl Request {
    /// The body as `application/x-www-form-urlencoded`.
    #[must_use]
    pub fn form(self, argument: &(impl Serialize + ?Sized)) -> Self {
        self.body(body::form(argument))
    }

    /// The body as `application/json`.
    #[must_use]
    pub fn json(self, argument: &(impl Serialize + ?Sized)) -> Self {
        self.body(body::json(argument))
    }

    /// The body as a form of which some properties have a style of their own.
    #[must_use]
    pub fn form_with(self, argument: &(impl Serialize + ?Sized), styles: &[(&str, Style)]) -> Self {
        self.body(body::form_with(argument, styles))
    }

    /// The body as JSON of another media type.
    #[must_use]
    pub fn json_as(mut self, media: &'static str, argument: &(impl Serialize + ?Sized)) -> Self {
        self = self.body(body::json(argument));
        self.headers.insert(CONTENT_TYPE, HeaderValue::from_static(media));
        self
    }

    /// The body as text.
    #[must_use]
    pub fn text(self, media: &'static str, text: &str) -> Self {
        self.bytes(media, text.to_owned())
    }

    /// The body as it is.
    #[must_use]
    pub fn bytes(self, media: &'static str, bytes: impl Into<ByteStream>) -> Self {
        self.body(Ok(Body { content_type: HeaderValue::from_static(media), content: bytes.into() }))
    }

    /// The body as a multipart form.
    #[must_use]
    pub fn multipart(self, form: impl Into<Multipart>) -> Self {
        self.body(form.into().into_body())
    }

    fn body(mut self, body: Result<Body, Error>) -> Self {
        if let Some(Body { content_type, content }) = self.keep(body) {
            self.headers.insert(CONTENT_TYPE, content_type);
            self.body = Some(content.into());
        }
        self
    }
}
