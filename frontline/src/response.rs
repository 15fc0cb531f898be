//! Responses.

use std::fmt;
use std::ops::Deref;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use serde::de::DeserializeOwned;

use crate::error::ServiceError;
use crate::{Error, ErrorKind, decode};

/// What the server answered to a call that succeeded: the decoded body, to which this dereferences, with the status
/// and the headers.
#[derive(Clone)]
pub struct Response<T> {
    status: StatusCode,
    headers: HeaderMap,
    body: T,
    attempts: u32,
}

impl<T> Response<T> {
    pub(crate) fn new(status: StatusCode, headers: HeaderMap, body: T) -> Self {
        Self { status, headers, body, attempts: 1 }
    }

    pub(crate) fn after(self, attempts: u32) -> Self {
        Self { attempts, ..self }
    }

    /// The status: one of 200 to 299, or a redirect where the document describes one as the answer.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// All headers of the response.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The id to give to the service's support: the header `Twilio-Request-Id`, or else `X-Request-Id`.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        request_id(&self.headers)
    }

    pub(crate) fn with_body<U>(self, body: U) -> Response<U> {
        self.split().0.map(|()| body)
    }

    pub(crate) fn split(self) -> (Response<()>, T) {
        let Self { status, headers, body, attempts } = self;
        (Response { status, headers, body: (), attempts }, body)
    }

    pub(crate) fn map<U>(self, change: impl FnOnce(T) -> U) -> Response<U> {
        let Self { status, headers, body, attempts } = self;
        Response { status, headers, body: change(body), attempts }
    }

    /// How many attempts the call made: 1 where the first one succeeded.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.attempts
    }

    /// The body alone.
    #[must_use]
    pub fn into_inner(self) -> T {
        self.body
    }
}

impl Response<Bytes> {
    pub(crate) fn json<T: DeserializeOwned>(self) -> Result<Response<T>, Error> {
        match serde_json::from_slice(&self.body) {
            Ok(body) => Ok(self.with_body(body)),
            Err(error) => Err(self.undecodable(&error)),
        }
    }

    fn undecodable(self, error: &serde_json::Error) -> Error {
        Error::new(ErrorKind::Decode, decode::explain("the response body", &self.body, error)).with_reply(
            self.status,
            self.headers,
            ServiceError::default(),
        )
    }
}

impl<T> Deref for Response<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.body
    }
}

/// Without the headers, which may hold cookies.
impl<T: fmt::Debug> fmt::Debug for Response<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response")
            .field("status", &self.status)
            .field("request_id", &self.request_id())
            .field("body", &self.body)
            .finish_non_exhaustive()
    }
}

pub(crate) fn request_id(headers: &HeaderMap) -> Option<&str> {
    let header = headers.get("twilio-request-id").or_else(|| headers.get("x-request-id"));
    header?.to_str().ok()
}

/// The error that a status outside 200 to 299 stands for.
pub(crate) fn failure(status: StatusCode, headers: HeaderMap, body: &[u8]) -> Error {
    let reason = status.canonical_reason().unwrap_or("unknown status");
    Error::new(ErrorKind::Status, format!("the server answered {} {reason}", status.as_u16())).with_reply(
        status,
        headers,
        ServiceError::read(body),
    )
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::time::Duration;

    use http::{HeaderMap, HeaderValue, StatusCode};

    use super::{Response, failure};

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs.iter().map(|(name, value)| (name.parse().unwrap(), HeaderValue::from_static(value))).collect()
    }

    #[test]
    fn twilios_error_is_read() {
        let body =
            br#"{"code":20404,"message":"no ada","more_info":"https://x.example/20404","details":{"who":"ada"}}"#;
        let headers = headers(&[("Twilio-Request-Id", "RQ1"), ("Retry-After", "7"), ("Location", "/ada")]);
        let error = failure(StatusCode::NOT_FOUND, headers, body).after(2, true);
        assert!(error.is_status() && error.is_not_found());
        assert_eq!(error.status(), Some(StatusCode::NOT_FOUND));
        assert_eq!(error.code(), Some(20404));
        assert_eq!(error.message(), Some("no ada"));
        assert_eq!(error.more_info(), Some("https://x.example/20404"));
        assert_eq!(error.details().unwrap()["who"], "ada");
        assert_eq!((error.request_id(), error.retry_after()), (Some("RQ1"), Some(Duration::from_secs(7))));
        assert_eq!(error.headers().unwrap()["location"], "/ada");
        assert_eq!((error.attempts(), error.maybe_sent()), (2, true));
        assert_eq!(error.to_string(), "the server answered 404 Not Found (error code 20404)");
        let debug = format!("{error:?}");
        assert!(debug.contains("kind: Status") && debug.contains("attempts: 2") && debug.contains("RQ1"), "{debug}");
        assert!(!debug.contains("ada"), "{debug}");
    }

    #[test]
    fn the_body_of_an_error_is_read_as_its_type() {
        let error = failure(StatusCode::CONFLICT, HeaderMap::new(), br#"{"fields":{"name":3}}"#);
        let body: BTreeMap<String, BTreeMap<String, u8>> = error.body_as().unwrap().unwrap();
        assert_eq!(body["fields"]["name"], 3);
        let other = error.body_as::<Vec<u8>>().unwrap().unwrap_err();
        assert!(other.is_decode() && !other.to_string().contains("name"), "{other}");
        assert!(crate::Error::invalid_argument("x").body_as::<u8>().is_none());
    }

    #[test]
    fn twilios_request_id_comes_first() {
        let both = headers(&[("X-Request-Id", "other"), ("Twilio-Request-Id", "RQ1")]);
        assert_eq!(Response::new(StatusCode::OK, both, ()).request_id(), Some("RQ1"));
        let other = headers(&[("X-Request-Id", "other")]);
        assert_eq!(Response::new(StatusCode::OK, other, ()).request_id(), Some("other"));
    }

    #[test]
    fn debug_leaves_out_the_headers() {
        let response = Response::new(StatusCode::OK, headers(&[("Set-Cookie", "secret")]), 5);
        assert_eq!(format!("{response:?}"), "Response { status: 200, request_id: None, body: 5, .. }");
    }
}
