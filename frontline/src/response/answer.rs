//! Responses that are decoded by their status.

use bytes::Bytes;
use serde::de::DeserializeOwned;

use super::Response;
use crate::{Error, ErrorKind};

/// A type that is made of a successful response, whatever its status.
#[doc(hidden)]
pub trait Decode: Sized {
    /// Makes it.
    ///
    /// # Errors
    ///
    /// If the response is not one that the document describes.
    fn decode(answer: &Answer) -> Result<Self, Error>;
}

/// A successful response before it is decoded.
#[doc(hidden)]
pub struct Answer {
    status: u16,
    body: Bytes,
}

impl Answer {
    pub(crate) fn new(response: &Response<Bytes>) -> Self {
        Self { status: response.status().as_u16(), body: (**response).clone() }
    }

    /// The status.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.status
    }

    /// The body as JSON.
    ///
    /// # Errors
    ///
    /// If it is none, or of another type.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, Error> {
        serde_json::from_slice(&self.body).map_err(|error| Error::undecodable("the response body", &self.body, &error))
    }

    /// The body as text.
    ///
    /// # Errors
    ///
    /// If it is not UTF-8.
    pub fn text(&self) -> Result<String, Error> {
        String::from_utf8(self.body.to_vec())
            .map_err(|_| Error::new(ErrorKind::Decode, "the response body is not UTF-8"))
    }

    /// The body as it is.
    ///
    /// # Errors
    ///
    /// None.
    pub fn bytes(&self) -> Result<Bytes, Error> {
        Ok(self.body.clone())
    }

    /// The error that a status stands for of which the document says nothing.
    #[must_use]
    pub fn undocumented(&self) -> Error {
        Error::new(ErrorKind::Decode, format!("the document describes no response of status {}", self.status))
    }
}
