//! Predicates for the categories of errors and for common statuses.

use http::StatusCode;

use super::{Error, ErrorKind};

/// Predicates for kinds and statuses.
impl Error {
    /// Returns `true` if the client is set up incorrectly or incompletely: [`ErrorKind::Configuration`].
    #[must_use]
    pub fn is_configuration(&self) -> bool {
        self.kind() == ErrorKind::Configuration
    }

    /// Returns `true` if an argument or an option of the call is invalid: [`ErrorKind::InvalidArgument`].
    #[must_use]
    pub fn is_invalid_argument(&self) -> bool {
        self.kind() == ErrorKind::InvalidArgument
    }

    /// Returns `true` if the last attempt certainly had no effect: [`ErrorKind::NotSent`].
    ///
    /// Earlier attempts may have been sent. To find out whether the call may have had an effect, use
    /// [`maybe_sent`](Self::maybe_sent).
    #[must_use]
    pub fn is_not_sent(&self) -> bool {
        self.kind() == ErrorKind::NotSent
    }

    /// Returns `true` if a time limit was exceeded: [`ErrorKind::Timeout`].
    ///
    /// If the connect timeout was exceeded, [`is_not_sent`](Self::is_not_sent) returns `true` instead.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        self.kind() == ErrorKind::Timeout
    }

    /// Returns `true` if an established connection broke, or the stream of the request body failed:
    /// [`ErrorKind::Connection`].
    ///
    /// If no connection could be established, [`is_not_sent`](Self::is_not_sent) returns `true`.
    #[must_use]
    pub fn is_connection(&self) -> bool {
        self.kind() == ErrorKind::Connection
    }

    /// Returns `true` if the server answered with an unsuccessful status: [`ErrorKind::Status`].
    #[must_use]
    pub fn is_status(&self) -> bool {
        self.kind() == ErrorKind::Status
    }

    /// Returns `true` if a response does not match the document: [`ErrorKind::Decode`].
    #[must_use]
    pub fn is_decode(&self) -> bool {
        self.kind() == ErrorKind::Decode
    }

    /// Returns `true` if a response body exceeds the size limit: [`ErrorKind::BodyTooLarge`].
    #[must_use]
    pub fn is_body_too_large(&self) -> bool {
        self.kind() == ErrorKind::BodyTooLarge
    }

    /// Returns `true` if the credentials provider returned an error: [`ErrorKind::Credentials`].
    #[must_use]
    pub fn is_credentials(&self) -> bool {
        self.kind() == ErrorKind::Credentials
    }

    /// Returns `true` if a middleware stopped the call: [`ErrorKind::Cancelled`].
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        self.kind() == ErrorKind::Cancelled
    }

    /// Returns `true` if the status is 401 (Unauthorized): the server did not accept the credentials.
    #[must_use]
    pub fn is_unauthorized(&self) -> bool {
        self.is_status_of(StatusCode::UNAUTHORIZED)
    }

    /// Returns `true` if the status is 403 (Forbidden): the credentials do not permit the call.
    #[must_use]
    pub fn is_forbidden(&self) -> bool {
        self.is_status_of(StatusCode::FORBIDDEN)
    }

    /// Returns `true` if the status is 404 (Not Found): the resource does not exist.
    #[must_use]
    pub fn is_not_found(&self) -> bool {
        self.is_status_of(StatusCode::NOT_FOUND)
    }

    /// Returns `true` if the status is 429 (Too Many Requests): the client has to slow down.
    #[must_use]
    pub fn is_rate_limited(&self) -> bool {
        self.is_status_of(StatusCode::TOO_MANY_REQUESTS)
    }

    /// Returns `true` if the status is in the range 300 to 399: the response is elsewhere, or has not changed.
    ///
    /// [`Redirection`](crate::Redirection) turns such an error into a response.
    #[must_use]
    pub fn is_redirect(&self) -> bool {
        self.is_status() && self.status().is_some_and(|status| status.is_redirection())
    }

    /// Returns `true` if the status is 304 (Not Modified): the response to a conditional request has not changed.
    ///
    /// [`Redirection::modified`](crate::Redirection::modified) turns such an error into `None`.
    #[must_use]
    pub fn is_not_modified(&self) -> bool {
        self.is_status_of(StatusCode::NOT_MODIFIED)
    }

    /// Returns `true` if the status is in the range 500 to 599: the server failed.
    #[must_use]
    pub fn is_server_error(&self) -> bool {
        self.is_status() && self.status().is_some_and(|status| status.is_server_error())
    }

    /// Returns `true` if the call was not retried because too few tokens were left in the client's retry budget.
    ///
    /// [`kind`](Self::kind) and the other methods describe the failure of the last attempt. See
    /// [`Retry`](crate::Retry#budget) and [`ClientBuilder::retry_budget`](crate::ClientBuilder::retry_budget).
    #[must_use]
    pub fn is_retry_budget_exhausted(&self) -> bool {
        self.0.without_budget
    }

    fn is_status_of(&self, status: StatusCode) -> bool {
        self.is_status() && self.status() == Some(status)
    }
}
