//! Responses and errors that a program makes itself: for tests of code that calls a trait of its own instead of a client,
//! and for the answers of `testing::Server`.

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};

use super::{Response, failure};
use crate::error::{Error, Head};
use crate::profile::{Standard, request_id};

impl<T> Response<T> {
    /// Creates a response with a body, for tests that work without a server.
    ///
    /// It has status 200 and no headers, and [`attempts`](Self::attempts) returns 1.
    ///
    /// ```
    /// use frontline::http::{HeaderName, HeaderValue, StatusCode};
    /// use frontline::Response;
    ///
    /// let created = Response::new("done".to_owned())
    ///     .with_status(StatusCode::CREATED)
    ///     .with_header(HeaderName::from_static("x-request-id"), HeaderValue::from_static("RQ1"));
    /// assert_eq!(created.status(), 201);
    /// assert_eq!(created.request_id(), Some("RQ1"));
    /// assert_eq!(*created, "done");
    /// ```
    #[must_use]
    pub fn new(body: T) -> Self {
        Self::from_head(Head { status: StatusCode::OK, headers: HeaderMap::new(), request_id: None }, body)
    }

    /// Sets the status.
    #[must_use]
    pub fn with_status(mut self, status: StatusCode) -> Self {
        self.head.status = status;
        self
    }

    /// Adds a header. Earlier values of the same header stay.
    ///
    /// [`request_id`](Self::request_id) finds an ID in `X-Request-Id`, `Request-Id` and `X-Correlation-Id`.
    #[must_use]
    pub fn with_header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.head.headers.append(name, value);
        self.head.request_id = request_id(&Standard, &self.head.headers);
        self
    }
}

impl Error {
    /// Creates the error of a response with an unsuccessful status, for tests that work without a server, and for
    /// the answers of a test server.
    ///
    /// Its kind is [`ErrorKind::Status`](crate::ErrorKind::Status), and its body is kept as for other errors:
    /// [`code`](Self::code), [`message`](Self::message) and [`body_as`](Self::body_as) read it.
    ///
    /// ```
    /// use frontline::http::StatusCode;
    /// use frontline::Error;
    ///
    /// let error = Error::from_status(StatusCode::NOT_FOUND, r#"{"code": 20404, "message": "no such user"}"#);
    /// assert!(error.is_not_found());
    /// assert_eq!(error.code(), Some(20404));
    /// ```
    #[must_use]
    pub fn from_status(status: StatusCode, body: impl Into<Bytes>) -> Self {
        let head = Head { status, headers: HeaderMap::new(), request_id: None };
        failure(head, &body.into(), &Standard).after(1, true)
    }

    /// Adds a header to the response that this error contains, such as `Retry-After`. Without a response, nothing
    /// changes.
    #[must_use]
    pub fn with_header(self, name: HeaderName, value: HeaderValue) -> Self {
        self.with_head(|head| {
            head.headers.append(name, value);
            head.request_id = request_id(&Standard, &head.headers);
        })
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use http::header::RETRY_AFTER;
    use http::{HeaderName, HeaderValue, StatusCode};

    use crate::{Error, Response};

    #[test]
    fn a_made_response_has_what_it_was_given() {
        let response = Response::new(5);
        assert_eq!((response.status(), response.attempts(), *response), (StatusCode::OK, 1, 5));
        let id = HeaderName::from_static("request-id");
        let response = response.with_header(id.clone(), HeaderValue::from_static("RQ1"));
        let response = response.with_header(id.clone(), HeaderValue::from_static("RQ2"));
        assert_eq!(response.request_id(), Some("RQ1"));
        assert_eq!(response.headers().get_all(id).iter().count(), 2);
        let (response, body) = response.after(3, true).into_parts();
        assert_eq!((response.request_id(), response.attempts(), body), (Some("RQ1"), 3, 5));
    }

    #[test]
    fn a_made_error_reads_its_body_and_headers() {
        let error = Error::from_status(StatusCode::TOO_MANY_REQUESTS, r#"{"code":20429,"fields":[1]}"#)
            .with_header(RETRY_AFTER, HeaderValue::from_static("7"));
        assert!(error.is_status() && error.is_rate_limited());
        assert_eq!((error.code(), error.retry_after()), (Some(20429), Some(Duration::from_secs(7))));
        assert_eq!((error.attempts(), error.maybe_sent()), (1, true));
        assert!(error.body_as::<std::collections::BTreeMap<String, serde_json::Value>>().unwrap().is_ok());
        let other = Error::cancelled("x").with_header(RETRY_AFTER, HeaderValue::from_static("7"));
        assert_eq!((other.status(), other.retry_after()), (None, None));
    }
}
