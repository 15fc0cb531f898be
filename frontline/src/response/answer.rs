//! Decoding of responses whose type depends on their status.

use bytes::Bytes;

use super::{Response, charset};
use crate::json::{self, FromJson};
use crate::{Error, ErrorKind};

/// A type that is decoded from a successful response with any documented status.
#[doc(hidden)]
pub trait Decode: Sized {
    /// Decodes the response.
    ///
    /// # Errors
    ///
    /// Returns [`ErrorKind::Decode`] if the document does not describe the response.
    fn decode(answer: &Answer) -> Result<Self, Error>;
}

/// A successful response before it is decoded.
#[doc(hidden)]
pub struct Answer {
    status: u16,
    charset: Option<String>,
    body: Bytes,
    limits: json::Limits,
}

impl Answer {
    pub(crate) fn new(response: &Response<Bytes>, limits: json::Limits) -> Self {
        let charset = charset::of(response.headers());
        Self { status: response.status().as_u16(), charset, body: (**response).clone(), limits }
    }

    /// Returns the status.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.status
    }

    /// Decodes the body as JSON. An empty body, or less than 64 KiB of white space, is read as null.
    ///
    /// # Errors
    ///
    /// Returns [`ErrorKind::Decode`] if the body is not JSON of type `T`.
    pub fn json<T: FromJson>(&self) -> Result<T, Error> {
        super::decode(&self.body, self.limits)
    }

    /// Decodes the body as text in UTF-8, or in ISO-8859-1 or windows-1252 if its `Content-Type` says so.
    ///
    /// # Errors
    ///
    /// Returns [`ErrorKind::Decode`] if the body is not UTF-8, or has another charset, and [`ErrorKind::Timeout`] if the
    /// time limit passes meanwhile.
    pub fn text(&self) -> Result<String, Error> {
        let is_late = || self.limits.is_late();
        charset::decode(self.charset.as_deref(), &self.body, is_late).map_err(|what| {
            let kind = if is_late() { ErrorKind::Timeout } else { ErrorKind::Decode };
            Error::new(kind, format!("the response body {what}")).with_body(&self.body)
        })
    }

    /// Returns the body unchanged.
    ///
    /// # Errors
    ///
    /// Never fails. Returns a `Result` because generated code treats all kinds of bodies alike.
    pub fn bytes(&self) -> Result<Bytes, Error> {
        Ok(self.body.clone())
    }

    /// Creates the error for a successful status that the document does not describe.
    #[must_use]
    pub fn undocumented(&self) -> Error {
        let what = format!("the document does not describe a response with status {}", self.status);
        Error::new(ErrorKind::Decode, what).with_body(&self.body)
    }
}
