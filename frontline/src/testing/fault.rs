//! Faults: failures that a test asks the server for.

use std::time::Duration;

use http::header::{CONTENT_TYPE, RETRY_AFTER};
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};

/// A failure of a test server, to see what a program does about it.
///
/// [`ServerOf::fail_next`](super::ServerOf::fail_next) applies it to the next request. What the caller sees, with the default
/// [`Retry`](crate::Retry):
///
/// | fault | reaches the service | error | retried |
/// |---|---|---|---|
/// | `status` of 429 | no | [`Status`](crate::ErrorKind::Status) | yes |
/// | `status` of 408, 500, 502, 503 or 504 | no | `Status` | idempotent requests |
/// | other statuses | no | `Status` | no |
/// | `reset()` | no | [`Connection`](crate::ErrorKind::Connection) | idempotent requests |
/// | `reset_in_body()` | yes | `Connection` | idempotent requests |
/// | `delay(pause)`, longer than a time limit | yes | [`Timeout`](crate::ErrorKind::Timeout) | idempotent requests |
/// | `truncated()` | yes | [`Decode`](crate::ErrorKind::Decode) | no |
///
/// GET, PUT and DELETE are idempotent, and POST is with [`Retry::assume_idempotent`](crate::Retry::assume_idempotent).
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
    /// Whether it applies to all requests.
    pub(super) is_lasting: bool,
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
        Self { kind, delay: Duration::ZERO, headers: HeaderMap::new(), is_lasting: false }
    }

    /// Answers with a status, and with an error body as the service writes it: for Twilio's documents, status 404 has the
    /// error code 20404. The request does not reach the service.
    #[must_use]
    pub fn status(status: StatusCode) -> Self {
        Self::new(Kind::Status(status))
    }

    /// Answers as usual, but sends the answer only after a pause, which tokio's paused clock skips. So the request reaches
    /// the service, even if the client gives up during the pause.
    #[must_use]
    pub fn delay(pause: Duration) -> Self {
        Self::new(Kind::None).after(pause)
    }

    /// Resets the connection instead of answering. The request does not reach the service.
    #[must_use]
    pub fn reset() -> Self {
        Self::new(Kind::Reset)
    }

    /// Resets the connection after half of the body of the response, or instead of a response without body. The request
    /// reaches the service.
    #[must_use]
    pub fn reset_in_body() -> Self {
        Self::new(Kind::ResetInBody)
    }

    /// Sends the first half of the body of the response as if that were all. So the framing of HTTP is right, but JSON is
    /// not. The request reaches the service.
    ///
    /// The test fails when it drops the server if the body has less than two bytes, because nothing can be left out then.
    /// Half of a text, of a file or of a stream looks complete to a client.
    #[must_use]
    pub fn truncated() -> Self {
        Self::new(Kind::Truncated)
    }

    /// Answers as usual, but with another `Content-Type`. Clients read JSON whatever it says. It matters for streams, and
    /// for the charset of text.
    #[must_use]
    pub fn content_type(media: HeaderValue) -> Self {
        Self::new(Kind::None).header(CONTENT_TYPE, media)
    }

    /// Waits before the failure, and after the service if the request reaches it. tokio's paused clock skips the pause.
    /// Default: no pause.
    #[must_use]
    pub fn after(mut self, pause: Duration) -> Self {
        self.delay = pause;
        self
    }

    /// Applies the fault to all requests from then on, instead of one, as in an outage. Faults that are set later for the
    /// same requests have no effect.
    #[must_use]
    pub fn always(mut self) -> Self {
        self.is_lasting = true;
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
