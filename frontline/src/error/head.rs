//! The status and headers of a response.

use http::{HeaderMap, HeaderValue, StatusCode};

/// The part of a response that precedes its body. [`Response`](crate::Response) and [`Error`](crate::Error) keep it.
#[derive(Clone)]
pub(crate) struct Head {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    /// The value of the header in which this service sends the request id.
    pub(crate) request_id: Option<HeaderValue>,
}

impl Head {
    pub(crate) fn request_id(&self) -> Option<&str> {
        self.request_id.as_ref()?.to_str().ok()
    }
}
