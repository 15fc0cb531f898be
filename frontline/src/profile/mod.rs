//! How services differ where OpenAPI has no word for it: what their error bodies look like, which header carries the
//! request id, how hosts are formed. Each generated client has one [`Profile`].
//!
//! May use `error`.

use http::{HeaderMap, HeaderValue};

use crate::error::{Error, ServiceError};

pub(crate) mod failure;
mod spans;
mod standard;

pub(crate) use spans::spans;
pub use standard::Standard;

/// The conventions of a service.
#[doc(hidden)]
pub trait Profile: Send + Sync + 'static {
    /// The headers that may carry the request id, the preferred one first.
    fn request_id_headers(&self) -> &'static [&'static str] {
        &["x-request-id", "request-id", "x-correlation-id"]
    }

    /// Reads the body of an unsuccessful response. A body that it does not recognise leaves everything but the body
    /// itself empty.
    fn read_failure(&self, body: &[u8]) -> ServiceError {
        failure::read(body, &failure::USUAL_NAMES)
    }

    /// The host to use instead of `host`, which the document names. `None` leaves it as it is.
    ///
    /// # Errors
    ///
    /// If the options of the client do not fit the host.
    fn host(&self, _host: &str) -> Result<Option<String>, Error> {
        Ok(None)
    }

    /// Checks an argument of the path before anything is sent. `value` is percent-encoded.
    ///
    /// # Errors
    ///
    /// If the service could only answer with an error that does not help.
    fn check_path_argument(&self, _name: &str, _value: &str) -> Result<(), Error> {
        Ok(())
    }

    /// The span of a call. It declares the fields that [`span_fields`](Self::span_fields) names.
    #[cfg(feature = "tracing")]
    fn call_span(&self, method: &http::Method, template: &str) -> tracing::Span;

    /// The span of one attempt. It declares the fields that [`span_fields`](Self::span_fields) names.
    #[cfg(feature = "tracing")]
    fn attempt_span(&self, method: &http::Method, template: &str) -> tracing::Span;

    /// The names of the span fields for the service's error code and for the request id.
    #[cfg(feature = "tracing")]
    fn span_fields(&self) -> SpanFields;
}

/// Names of span fields whose values come from the service.
#[cfg(feature = "tracing")]
#[doc(hidden)]
#[derive(Clone, Copy)]
pub struct SpanFields {
    pub(crate) error_code: &'static str,
    pub(crate) request_id: &'static str,
}

/// The request id in the headers of a response.
pub(crate) fn request_id(profile: &dyn Profile, headers: &HeaderMap) -> Option<HeaderValue> {
    profile.request_id_headers().iter().find_map(|name| headers.get(*name)).cloned()
}
