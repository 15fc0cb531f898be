//! What a response begins with.

use http::{HeaderMap, HeaderValue, StatusCode};

/// The part of a response that comes before its body, which [`Response`](crate::Response) and
/// [`Error`](crate::Error) both keep.
#[derive(Clone)]
pub(crate) struct Head {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    /// The header that identifies the request, whichever the service uses.
    pub(crate) request_id: Option<HeaderValue>,
}

impl Head {
    pub(crate) fn request_id(&self) -> Option<&str> {
        self.request_id.as_ref()?.to_str().ok()
    }
}
