//! Faults: failures that a test asks the server for.

use std::time::Duration;

use http::header::{CONTENT_TYPE, RETRY_AFTER};
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};

/// A failure of a test server, to see what a program does about it.
///
/// [`ServerOf::fail_next`](super::ServerOf::fail_next) applies it to the next request.
///
/// ```
/// use std::time::Duration;
///
/// use frontline::http::StatusCode;
/// use frontline::testing::Fault;
///
/// let busy = Fault::status(StatusCode::SERVICE_UNAVAILABLE).retry_after(Duration::from_secs(5));
/// let slow = Fault::delay(Duration::from_secs(60));
/// # let _ = (busy, slow);
/// ```
#[derive(Clone, Debug)]
pub struct Fault {
    pub(super) kind: Kind,
    pub(super) delay: Duration,
    pub(super) headers: HeaderMap,
}

#[derive(Clone, Debug)]
pub(super) enum Kind {
    /// The service answers as usual.
    None,
    Status(StatusCode),
    Reset,
    ResetInBody,
    Truncated,
}

impl Fault {
    fn new(kind: Kind) -> Self {
        Self { kind, delay: Duration::ZERO, headers: HeaderMap::new() }
    }

    /// Answers with a status, and with an error body as the service writes it. The request does not reach the service.
    #[must_use]
    pub fn status(status: StatusCode) -> Self {
        Self::new(Kind::Status(status))
    }

    /// Answers as usual, but only after a pause. tokio's paused clock skips it.
    #[must_use]
    pub fn delay(pause: Duration) -> Self {
        Self::new(Kind::None).after(pause)
    }

    /// Resets the connection instead of answering. The request does not reach the service.
    #[must_use]
    pub fn reset() -> Self {
        Self::new(Kind::Reset)
    }

    /// Resets the connection after half of the body of the response. The request reaches the service.
    #[must_use]
    pub fn reset_in_body() -> Self {
        Self::new(Kind::ResetInBody)
    }

    /// Sends the first half of the body of the response as if that were all. So the framing of HTTP is right, but JSON is
    /// not. The request reaches the service.
    #[must_use]
    pub fn truncated() -> Self {
        Self::new(Kind::Truncated)
    }

    /// Answers as usual, but with another `Content-Type`.
    #[must_use]
    pub fn content_type(media: HeaderValue) -> Self {
        Self::new(Kind::None).header(CONTENT_TYPE, media)
    }

    /// Waits before the failure. tokio's paused clock skips the pause. Default: no pause.
    #[must_use]
    pub fn after(mut self, pause: Duration) -> Self {
        self.delay = pause;
        self
    }

    /// Adds the header `Retry-After`, in whole seconds; parts of a second are rounded up.
    #[must_use]
    pub fn retry_after(self, wait: Duration) -> Self {
        let seconds = wait.as_secs() + u64::from(wait.subsec_nanos() > 0);
        self.header(RETRY_AFTER, HeaderValue::from(seconds))
    }

    /// Sets a header of the response.
    #[must_use]
    pub fn header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.headers.insert(name, value);
        self
    }
}
