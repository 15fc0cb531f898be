//! Conventions of services that OpenAPI cannot express: the shape of error bodies, the header of the request id, and
//! the rules for host names. Each generated client has one [`Profile`].
//!
//! May use `error`.

use http::{HeaderMap, HeaderValue};

use crate::error::{Error, ServiceError};

pub(crate) mod failure;
mod spans;
mod standard;

pub(crate) use spans::spans;
pub use standard::Standard;

/// The maximum length of a request id.
const MAX_ID_BYTES: usize = 128;

/// The conventions of a service.
#[doc(hidden)]
pub trait Profile: Send + Sync + 'static {
    /// Returns the names of the headers that may carry the request id, in order of preference.
    fn request_id_headers(&self) -> &'static [&'static str] {
        &["x-request-id", "request-id", "x-correlation-id"]
    }

    /// Reads the body of an unsuccessful response. If the body has an unknown shape, the result is empty.
    fn read_failure(&self, body: &[u8]) -> ServiceError {
        failure::read(body, &failure::USUAL_NAMES)
    }

    /// Returns the body of an unsuccessful response as the service writes it, for test servers.
    fn write_failure(&self, _status: u16, message: &str) -> serde_json::Value {
        serde_json::json!({ "message": message })
    }

    /// Returns the name of the environment variable for the base URL of these services.
    fn base_url_variable(&self) -> Option<&'static str> {
        None
    }

    /// Returns the host to use instead of `host`, which comes from the document. `None` means to use `host`.
    ///
    /// # Errors
    ///
    /// Returns an error if the options of the client do not fit the host.
    fn host(&self, _host: &str) -> Result<Option<String>, Error> {
        Ok(None)
    }

    /// Checks a path argument before anything is sent. `value` is percent-encoded.
    ///
    /// # Errors
    ///
    /// Returns an error if the service would certainly refuse the argument with an unclear error.
    fn check_path_argument(&self, _name: &str, _value: &str) -> Result<(), Error> {
        Ok(())
    }

    /// Creates the span of a call. The span declares the fields that [`span_fields`](Self::span_fields) names.
    #[cfg(feature = "tracing")]
    fn call_span(&self, method: &http::Method, template: &str) -> tracing::Span;

    /// Creates the span of an attempt. The span declares the fields that [`span_fields`](Self::span_fields) names.
    #[cfg(feature = "tracing")]
    fn attempt_span(&self, method: &http::Method, template: &str) -> tracing::Span;

    /// Returns the names of the span fields for the service's error code and for the request id.
    #[cfg(feature = "tracing")]
    fn span_fields(&self) -> SpanFields;
}

/// The names of the span fields whose values come from the service.
#[cfg(feature = "tracing")]
#[doc(hidden)]
#[derive(Clone, Copy)]
pub struct SpanFields {
    pub(crate) error_code: &'static str,
    pub(crate) request_id: &'static str,
}

/// Finds the request id in the headers of a response.
pub(crate) fn request_id(profile: &dyn Profile, headers: &HeaderMap) -> Option<HeaderValue> {
    let values = profile.request_id_headers().iter().filter_map(|name| headers.get(*name));
    values.into_iter().find(|value| is_id(value.as_bytes())).cloned()
}

/// Whether a header value looks like an id. Ids are logged, so other values, such as identities, are not used.
///
/// E-mail addresses contain `@`, names contain spaces, and phone numbers begin with `+`.
fn is_id(value: &[u8]) -> bool {
    let is_allowed = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_.:/=".contains(byte);
    (1..=MAX_ID_BYTES).contains(&value.len()) && value.iter().all(is_allowed)
}

#[cfg(test)]
mod tests {
    use http::{HeaderMap, HeaderValue};

    use super::{Standard, request_id};

    #[test]
    fn only_values_that_look_like_ids_are_request_ids() {
        let long = "a".repeat(129);
        let uuid = "3f2504e0-4f89-11d3-9a0c-0305e82c3301";
        for id in [uuid, "RQ1", "Root=1-67891233-abcdef012345678912345678", "req_1.2:3/4", &long[..128]] {
            let headers = HeaderMap::from_iter([("x-request-id".parse().unwrap(), id.parse().unwrap())]);
            assert_eq!(request_id(&Standard, &headers).unwrap(), id);
        }
        for other in ["", "ada@example.com", "Ada Lovelace", "+15551234567", "a%40b", "{a}", "gr\u{fc}n", &long] {
            let other = HeaderValue::from_bytes(other.as_bytes()).unwrap();
            let mut headers = HeaderMap::from_iter([("x-request-id".parse().unwrap(), other)]);
            assert_eq!(request_id(&Standard, &headers), None);
            headers.insert("request-id", HeaderValue::from_static("RQ1"));
            assert_eq!(request_id(&Standard, &headers).unwrap(), "RQ1");
        }
    }
}
