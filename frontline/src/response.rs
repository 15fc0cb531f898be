//! Responses.

use std::fmt;
use std::ops::Deref;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::error::ServiceError;
use crate::{Error, ErrorKind, decode};

/// What the server answered to a call that succeeded: the decoded body, to which this dereferences, with the status
/// and the headers.
#[derive(Clone)]
pub struct Response<T> {
    status: StatusCode,
    headers: HeaderMap,
    body: T,
}

impl<T> Response<T> {
    pub(crate) fn new(status: StatusCode, headers: HeaderMap, body: T) -> Self {
        Self { status, headers, body }
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
        Response::new(self.status, self.headers, body)
    }

    pub(crate) fn map<U>(self, change: impl FnOnce(T) -> U) -> Response<U> {
        Response::new(self.status, self.headers, change(self.body))
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
            Ok(body) => Ok(Response::new(self.status, self.headers, body)),
            Err(error) => Err(self.undecodable(&error)),
        }
    }

    pub(crate) fn without_body(self) -> Response<()> {
        Response::new(self.status, self.headers, ())
    }

    fn undecodable(self, error: &serde_json::Error) -> Error {
        Error::new(ErrorKind::Decode, decode::explain(&self.body, error)).with_reply(
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
        service_error(body),
    )
}

/// Takes what is there and has the right type; a proxy's HTML page leaves all but the body empty.
fn service_error(bytes: &[u8]) -> ServiceError {
    let body = serde_json::from_slice::<Value>(bytes).unwrap_or_default();
    let text = |name: &str| body.get(name).and_then(Value::as_str).map(str::to_owned);
    ServiceError {
        code: body.get("code").and_then(Value::as_u64).and_then(|code| code.try_into().ok()),
        message: text("message"),
        more_info: text("more_info"),
        body: Bytes::copy_from_slice(bytes),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use http::{HeaderMap, HeaderValue, StatusCode};

    use super::{Response, failure};

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs.iter().map(|(name, value)| (name.parse().unwrap(), HeaderValue::from_static(value))).collect()
    }

    #[test]
    fn twilios_error_is_read() {
        let body = br#"{"code":20404,"message":"no ada","more_info":"https://x.example/20404","status":404}"#;
        let error = failure(StatusCode::NOT_FOUND, headers(&[("Twilio-Request-Id", "RQ1")]), body);
        assert!(error.is_status() && error.is_not_found());
        assert_eq!(error.status(), Some(StatusCode::NOT_FOUND));
        assert_eq!(error.code(), Some(20404));
        assert_eq!(error.message(), Some("no ada"));
        assert_eq!(error.more_info(), Some("https://x.example/20404"));
        assert_eq!(error.request_id(), Some("RQ1"));
        assert_eq!(error.to_string(), "the server answered 404 Not Found (error code 20404)");
        assert!(!format!("{error:?}").contains("ada"));
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
    fn any_other_body_leaves_the_status() {
        for body in
            ["", "<html>", "[]", "{}", r#"{"code":"x","message":1}"#, r#"{"code":-1}"#, r#"{"code":99999999999}"#]
        {
            let error = failure(StatusCode::BAD_GATEWAY, HeaderMap::new(), body.as_bytes());
            assert!(error.is_server_error(), "{body}");
            assert_eq!((error.code(), error.message()), (None, None), "{body}");
        }
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
