//! Decoding of bodies, and the bodies that errors keep.

use bytes::Bytes;
use serde::de::DeserializeOwned;

use super::{Error, ErrorKind, MAX_BODY_BYTES};
use crate::json::{Cause, DecodeError, Document, FromJson, Limits, explain, from_json};

impl Error {
    /// Keeps a copy of the start of the body. A slice would keep all of the body in memory.
    pub(crate) fn with_body(mut self, body: &[u8]) -> Self {
        self.0.body = Some(Bytes::copy_from_slice(&body[..body.len().min(MAX_BODY_BYTES)]));
        self
    }

    /// Decodes a body. An empty one, or less than 64 KiB of white space, is read as null. `what` names the body in the
    /// error's message.
    pub(crate) fn decode<T: FromJson>(what: &str, body: &[u8], limits: Limits) -> Result<T, Self> {
        // A longer body is not empty, and looking at all of it would take too long.
        let is_empty = body.len() < MAX_BODY_BYTES && body.trim_ascii().is_empty();
        let document = Document::parse(if is_empty { b"null" } else { body }, limits);
        document
            .and_then(|document| document.read(from_json::<T>))
            .map_err(|error| Self::undecodable(what, body, &error))
    }

    fn undecodable(what: &str, body: &[u8], error: &DecodeError) -> Self {
        let kind = match error.cause() {
            Cause::Time => ErrorKind::Timeout,
            Cause::Memory(_) => ErrorKind::BodyTooLarge,
            _ => ErrorKind::Decode,
        };
        Self::new(kind, explain(what, body, error)).with_body(body)
    }

    /// Returns the first 64 KiB of the body that caused the error.
    ///
    /// Errors of kind [`ErrorKind::Status`] contain the body of the unsuccessful response. Errors of kind
    /// [`ErrorKind::Decode`] contain the body that could not be decoded, if it has been read. If they come from a
    /// stream, they contain the data of the event, or the value, that could not be decoded. Other errors contain none.
    ///
    /// The body may contain personal data. `Display` and `Debug` do not show it.
    #[must_use]
    pub fn body(&self) -> Option<&[u8]> {
        self.0.body.as_deref()
    }

    /// Decodes the [`body`](Self::body) as type `T`. Returns `None` if the error contains no body.
    ///
    /// If the OpenAPI document describes the bodies of an operation's errors, [`of`](Self::of) finds the type that belongs to
    /// the status.
    ///
    /// # Errors
    ///
    /// Returns an error of kind [`ErrorKind::Decode`] if the body is not JSON of type `T`.
    #[must_use]
    pub fn body_as<T: DeserializeOwned>(&self) -> Option<Result<T, Self>> {
        let body = self.body()?;
        // `serde_json` supports more types, such as maps whose keys are numbers, but its errors quote values.
        let read = serde_json::from_slice(body).or_else(|_| {
            Document::parse(body, Limits::NONE).and_then(|document| document.read(|root| T::deserialize(root)))
        });
        Some(read.map_err(|error| Self::undecodable("the response body", body, &error)))
    }
}
