//! Questions that programs ask of an error.

use http::StatusCode;

use super::{Error, ErrorKind};

/// Predicates: each is true of no error that its name does not say.
impl Error {
    /// The client is not set up to make the call.
    #[must_use]
    pub fn is_configuration(&self) -> bool {
        self.kind() == ErrorKind::Configuration
    }

    /// An argument cannot be sent.
    #[must_use]
    pub fn is_invalid_argument(&self) -> bool {
        self.kind() == ErrorKind::InvalidArgument
    }

    /// No connection could be made.
    #[must_use]
    pub fn is_not_sent(&self) -> bool {
        self.kind() == ErrorKind::NotSent
    }

    /// The call, or its last attempt, took longer than its limit.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        self.kind() == ErrorKind::Timeout
    }

    /// The connection broke after it had been made.
    #[must_use]
    pub fn is_connection(&self) -> bool {
        self.kind() == ErrorKind::Connection
    }

    /// The server answered with a status outside 200 to 299.
    #[must_use]
    pub fn is_status(&self) -> bool {
        self.kind() == ErrorKind::Status
    }

    /// The body of a successful response is not what the document promises.
    #[must_use]
    pub fn is_decode(&self) -> bool {
        self.kind() == ErrorKind::Decode
    }

    /// The response body is larger than the client accepts.
    #[must_use]
    pub fn is_body_too_large(&self) -> bool {
        self.kind() == ErrorKind::BodyTooLarge
    }

    /// The credentials provider gave none.
    #[must_use]
    pub fn is_credentials(&self) -> bool {
        self.kind() == ErrorKind::Credentials
    }

    /// A middleware stopped the call.
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        self.kind() == ErrorKind::Cancelled
    }

    /// The server refused the credentials: 401.
    #[must_use]
    pub fn is_unauthorized(&self) -> bool {
        self.is_status_of(StatusCode::UNAUTHORIZED)
    }

    /// The credentials do not allow the call: 403.
    #[must_use]
    pub fn is_forbidden(&self) -> bool {
        self.is_status_of(StatusCode::FORBIDDEN)
    }

    /// There is no such resource: 404.
    #[must_use]
    pub fn is_not_found(&self) -> bool {
        self.is_status_of(StatusCode::NOT_FOUND)
    }

    /// Too many calls in too short a time: 429.
    #[must_use]
    pub fn is_rate_limited(&self) -> bool {
        self.is_status_of(StatusCode::TOO_MANY_REQUESTS)
    }

    /// The server failed: 500 to 599.
    #[must_use]
    pub fn is_server_error(&self) -> bool {
        self.is_status() && self.status().is_some_and(|status| status.is_server_error())
    }

    fn is_status_of(&self, status: StatusCode) -> bool {
        self.is_status() && self.status() == Some(status)
    }
}
