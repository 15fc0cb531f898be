//! The requests that a server has received.

use std::fmt;
use std::sync::Arc;

use bytes::Bytes;
use http::request::Parts;
use http::{HeaderMap, Method, Uri};
use serde_json::Value;

use super::wire::{Arguments, Sent};
use crate::Error;
use crate::json::{FromJson, Limits};

/// A request that a test server has received, as it came and as the document describes it.
///
/// `Debug` shows the operation and the method only, because arguments can be personal data.
#[derive(Clone)]
pub struct Received {
    operation: Option<&'static str>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
    pub(super) arguments: Arc<Arguments>,
}

impl Received {
    pub(super) fn new(operation: Option<&'static str>, head: &Parts, body: Bytes) -> Self {
        let (method, uri, headers) = (head.method.clone(), head.uri.clone(), head.headers.clone());
        Self { operation, method, uri, headers, body, arguments: Arc::default() }
    }

    /// Returns the id of the operation, or `None` if the document has no operation with this method and path.
    #[must_use]
    pub fn operation(&self) -> Option<&'static str> {
        self.operation
    }

    /// Returns the HTTP method.
    #[must_use]
    pub fn method(&self) -> &Method {
        &self.method
    }

    /// Returns the path and the query, as they were sent.
    #[must_use]
    pub fn uri(&self) -> &Uri {
        &self.uri
    }

    /// Returns all headers.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// Returns the body, as it was sent.
    #[must_use]
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// Returns the value of a parameter in the path, the query, a header or a cookie, with the type that the document
    /// describes. Returns `None` if the request does not have it, or contradicts the document.
    #[must_use]
    pub fn parameter(&self, name: &str) -> Option<&Value> {
        let found = self.arguments.parameters.iter().find(|(_, known, _)| known == name);
        found.map(|(_, _, value)| value)
    }

    /// Reads the body as a type: JSON, or a form. Returns `None` if the request has no such body, or contradicts the
    /// document.
    ///
    /// # Errors
    ///
    /// Returns [`ErrorKind::Decode`](crate::ErrorKind::Decode) if the type does not match the body.
    #[must_use]
    pub fn body_as<T: FromJson>(&self) -> Option<Result<T, Error>> {
        match &self.arguments.body {
            Some(Sent::Value(value)) => {
                Some(Error::decode("the request body", value.to_string().as_bytes(), Limits::NONE))
            }
            _ => None,
        }
    }
}

impl fmt::Debug for Received {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Received")
            .field("operation", &self.operation)
            .field("method", &self.method)
            .finish_non_exhaustive()
    }
}
