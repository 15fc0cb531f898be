//! Responses: bodies that are read as a whole, decoded by status, or streamed.
//!
//! May use `error`, `json`, `values`, `profile` and `network`.

use std::fmt;
use std::ops::Deref;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use crate::error::{Error, ErrorKind, Head, ServiceError};
use crate::json::{self, FromJson};
use crate::profile::Profile;
use crate::values::Redacted;

mod answer;
mod charset;
mod download;
mod events;
mod incoming;
mod lines;
mod made;
mod pages;
mod redirection;

pub use answer::{Answer, Decode};
pub(crate) use download::Download;
pub(crate) use events::{DecodeEvent, data, text, whole};
pub use events::{Event, Events};
pub(crate) use incoming::Incoming;
pub use lines::JsonLines;
pub(crate) use lines::Separator;
pub use pages::Pages;
pub use redirection::Redirection;

/// The response to a successful call: the decoded body, the status, and the headers.
///
/// A `Response` dereferences to the body, so you can use the body's fields directly. A call that gets an unsuccessful
/// status returns an [`Error`] instead.
///
/// ```
/// # async fn example(client: frontline::Client) -> Result<(), frontline::Error> {
/// let user = client.fetch_user("ada@example.com").await?;
/// println!("{:?}, request {:?}", user.state, user.request_id());
/// let user: frontline::User = user.into_inner();
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Response<T> {
    head: Head,
    /// Boxed, because a response moves through many futures, and a body may be large.
    body: Box<T>,
    attempts: u32,
    /// Whether an attempt sent something. Otherwise, a middleware made the response.
    maybe_sent: bool,
    /// Whether the body is personal data.
    is_personal: bool,
}

impl<T> Response<T> {
    pub(crate) fn from_head(head: Head, body: T) -> Self {
        Self { head, body: Box::new(body), attempts: 1, maybe_sent: false, is_personal: false }
    }

    pub(crate) fn after(self, attempts: u32, maybe_sent: bool) -> Self {
        Self { attempts, maybe_sent, ..self }
    }

    /// Returns the status.
    ///
    /// It is in the range 200 to 299, with two exceptions. It is a redirect (300 to 399) if the OpenAPI document describes a
    /// redirect for the operation, and does not describe any response with a status of 200 to 299. It can be 304 (Not
    /// Modified) if the document describes that, and no success has content.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.head.status
    }

    /// Returns all headers of the response.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.head.headers
    }

    /// Returns the ID that the service assigned to the request, if the response has one.
    ///
    /// The service's support team can use it to find the request. It comes from the `X-Request-Id` header or from the
    /// service's own header.
    ///
    /// `Debug` and spans show the ID. So a header counts only if its value looks like an ID: 1 to 128 ASCII letters,
    /// digits, and characters of `-_.:/=`. [`headers`](Self::headers) returns all headers.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.head.request_id()
    }

    pub(crate) fn hidden(self, is_personal: bool) -> Self {
        Self { is_personal, ..self }
    }

    pub(crate) fn with_body<U>(self, body: U) -> Response<U> {
        self.into_parts().0.map(|()| body)
    }

    pub(crate) fn map<U>(self, change: impl FnOnce(T) -> U) -> Response<U> {
        let Self { head, body, attempts, maybe_sent, is_personal } = self;
        Response::from_head(head, change(*body)).after(attempts, maybe_sent).hidden(is_personal)
    }

    pub(crate) fn into_head(self) -> Head {
        self.head
    }

    pub(crate) fn maybe_sent(&self) -> bool {
        self.maybe_sent
    }

    /// Adds this response to the error that occurred when it was decoded.
    pub(crate) fn reject(self, error: Error) -> Error {
        error.with_reply(self.head, ServiceError::default())
    }

    /// Returns the number of attempts that the call made. It is 1 if the first attempt succeeded.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.attempts
    }

    /// Returns the body, and the response without it.
    ///
    /// ```
    /// # async fn example(client: frontline::Client) -> Result<(), frontline::Error> {
    /// let (response, user) = client.fetch_user("ada@example.com").await?.into_parts();
    /// let user: frontline::User = user;
    /// println!("{}, request {:?}", response.status(), response.request_id());
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn into_parts(self) -> (Response<()>, T) {
        let Self { head, body, attempts, maybe_sent, is_personal } = self;
        (Response::from_head(head, ()).after(attempts, maybe_sent).hidden(is_personal), *body)
    }

    /// Returns the body, and drops the status and the headers.
    #[must_use]
    pub fn into_inner(self) -> T {
        *self.body
    }
}

impl Response<Bytes> {
    pub(crate) fn json<T: FromJson>(self, limits: json::Limits) -> Result<Response<T>, Error> {
        match decode(&self.body, limits) {
            Ok(body) => {
                let Self { head, attempts, maybe_sent, .. } = self;
                Ok(Response { head, body, attempts, maybe_sent, is_personal: false })
            }
            Err(error) => Err(self.reject(error)),
        }
    }
}

impl<T> Deref for Response<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.body
    }
}

/// Leaves out the headers, because they may contain cookies, and bodies that are personal data.
impl<T: fmt::Debug> fmt::Debug for Response<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let body: &dyn fmt::Debug = if self.is_personal { &Redacted } else { &self.body };
        f.debug_struct("Response")
            .field("status", &self.head.status)
            .field("request_id", &self.request_id())
            .field("body", body)
            .finish_non_exhaustive()
    }
}

/// Decodes a body as JSON. See [`Error::decode`].
fn decode<T: FromJson>(body: &[u8], limits: json::Limits) -> Result<T, Error> {
    Error::decode("the response body", body, limits)
}

/// Creates the error for an unsuccessful status.
pub(crate) fn failure(head: Head, body: &[u8], profile: &dyn Profile) -> Error {
    let reason = head.status.canonical_reason().unwrap_or("unknown status");
    let what = format!("the server answered {} {reason}", head.status.as_u16());
    Error::new(ErrorKind::Status, what).with_reply(head, profile.read_failure(body)).with_body(body)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::time::Duration;

    use http::{HeaderMap, HeaderValue, StatusCode};

    use super::{Response, failure};
    use crate::error::Head;
    use crate::profile::{Standard, request_id};

    fn head(status: StatusCode, pairs: &[(&'static str, &'static str)]) -> Head {
        let headers: HeaderMap =
            pairs.iter().map(|(name, value)| (name.parse().unwrap(), HeaderValue::from_static(value))).collect();
        Head { status, request_id: request_id(&Standard, &headers), headers }
    }

    #[test]
    fn the_body_of_a_failure_is_read() {
        let body = br#"{"code":20404,"message":"no ada","doc_url":"https://x.example/20404","details":{"who":"ada"}}"#;
        let headers = [("X-Request-Id", "RQ1"), ("Retry-After", "7"), ("Location", "/ada")];
        let error = failure(head(StatusCode::NOT_FOUND, &headers), body, &Standard).after(2, true);
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
        let debug = format!("{error:#?}");
        assert!(debug.contains("kind: Status") && debug.contains("attempts: 2") && debug.contains("RQ1"), "{debug}");
        assert!(!debug.contains("ada"), "{debug}");
    }

    #[test]
    fn the_body_of_a_failure_is_decoded_as_a_type() {
        let error = failure(head(StatusCode::CONFLICT, &[]), br#"{"fields":{"name":3}}"#, &Standard);
        let body: BTreeMap<String, BTreeMap<String, u8>> = error.body_as().unwrap().unwrap();
        assert_eq!(body["fields"]["name"], 3);
        let numbered = failure(head(StatusCode::CONFLICT, &[]), br#"{"1":[1,2]}"#, &Standard);
        assert_eq!(numbered.body_as::<BTreeMap<u8, (u8, u8)>>().unwrap().unwrap()[&1], (1, 2));
        assert!(numbered.body_as::<BTreeMap<String, (u8,)>>().unwrap().is_err());
        let whole = failure(head(StatusCode::CONFLICT, &[]), b"[1.0,2]", &Standard);
        assert_eq!(whole.body_as::<Vec<i64>>().unwrap().unwrap(), [1, 2]);
        let other = error.body_as::<Vec<u8>>().unwrap().unwrap_err();
        assert!(other.is_decode() && !other.to_string().contains("name"), "{other}");
        assert!(crate::Error::invalid_argument("x").body_as::<u8>().is_none());
    }

    #[test]
    fn the_request_id_comes_from_the_first_header_that_is_present() {
        let both = head(StatusCode::OK, &[("Request-Id", "second"), ("X-Request-Id", "first")]);
        assert_eq!(Response::from_head(both, ()).request_id(), Some("first"));
        let other = head(StatusCode::OK, &[("Request-Id", "second")]);
        assert_eq!(Response::from_head(other, ()).request_id(), Some("second"));
    }

    #[test]
    fn debug_leaves_out_the_headers() {
        let response = Response::from_head(head(StatusCode::OK, &[("Set-Cookie", "secret")]), 5);
        assert_eq!(format!("{response:?}"), "Response { status: 200, request_id: None, body: 5, .. }");
    }
}
