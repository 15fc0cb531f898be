//! The one error of this crate.

use std::borrow::Cow;
use std::error::Error as StdError;
use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, Method, StatusCode};
use serde::de::DeserializeOwned;

use crate::decode;
use crate::response::request_id;

/// Why a client could not be built, or a call did not succeed.
///
/// `Display` and `Debug` hold no secret, no argument of the call and nothing that the server wrote: they may be
/// logged. What the server says for people to read is in [`message`](Self::message), and may name the person that
/// the call was about.
pub struct Error(Box<Inner>);

struct Inner {
    kind: ErrorKind,
    what: Cow<'static, str>,
    operation: Option<(Method, &'static str)>,
    reply: Option<Reply>,
    source: Option<Box<dyn StdError + Send + Sync>>,
}

/// What of a response an error keeps.
struct Reply {
    status: StatusCode,
    headers: HeaderMap,
    service: ServiceError,
}

/// The body of an unsuccessful response, as far as it could be read.
///
/// Twilio's shape: <https://www.twilio.com/docs/usage/twilios-response#response-formats-exceptions>.
#[derive(Default)]
pub(crate) struct ServiceError {
    pub(crate) code: Option<u32>,
    pub(crate) message: Option<String>,
    pub(crate) more_info: Option<String>,
    pub(crate) body: Bytes,
}

/// What went wrong, in the broadest terms that a program can act on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The client is not set up to make the call: credentials, base URL, certificates.
    Configuration,
    /// An argument cannot be sent; nothing was.
    InvalidArgument,
    /// No connection could be made: name lookup, TCP, TLS. The server has seen nothing of the request.
    NotSent,
    /// The attempt took longer than its limit. The server may have acted on it.
    Timeout,
    /// The connection broke after it had been made. The server may have acted on the request.
    Connection,
    /// The server answered with a status outside 200 to 299.
    Status,
    /// The server reported success, but its body is not what the document promises.
    Decode,
    /// The response body is larger than the client accepts.
    BodyTooLarge,
}

impl Error {
    pub(crate) fn new(kind: ErrorKind, what: impl Into<Cow<'static, str>>) -> Self {
        Self(Box::new(Inner { kind, what: what.into(), operation: None, reply: None, source: None }))
    }

    pub(crate) fn configuration(what: impl Into<Cow<'static, str>>) -> Self {
        Self::new(ErrorKind::Configuration, what)
    }

    pub(crate) fn invalid_argument(what: impl Into<Cow<'static, str>>) -> Self {
        Self::new(ErrorKind::InvalidArgument, what)
    }

    pub(crate) fn with_source(mut self, source: impl StdError + Send + Sync + 'static) -> Self {
        self.0.source = Some(Box::new(source));
        self
    }

    pub(crate) fn with_operation(mut self, method: Method, template: &'static str) -> Self {
        self.0.operation = Some((method, template));
        self
    }

    pub(crate) fn with_reply(mut self, status: StatusCode, headers: HeaderMap, service: ServiceError) -> Self {
        self.0.reply = Some(Reply { status, headers, service });
        self
    }

    /// What went wrong, in broad terms.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// The response's status, where there was a response.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        self.0.reply.as_ref().map(|reply| reply.status)
    }

    /// The service's own error code: for Twilio one of <https://www.twilio.com/docs/api/errors>.
    #[must_use]
    pub fn code(&self) -> Option<u32> {
        self.service()?.code
    }

    /// What the service says went wrong, for people to read.
    ///
    /// The service may repeat arguments of the call here, such as a user's identity.
    #[must_use]
    pub fn message(&self) -> Option<&str> {
        self.service()?.message.as_deref()
    }

    /// The address of a page about this error.
    #[must_use]
    pub fn more_info(&self) -> Option<&str> {
        self.service()?.more_info.as_deref()
    }

    /// The body of an unsuccessful response, up to 64 KiB. It may repeat arguments of the call.
    #[must_use]
    pub fn body(&self) -> Option<&[u8]> {
        self.service().filter(|_| self.is_status()).map(|service| &service.body[..])
    }

    /// The body of an unsuccessful response as the type that the document gives it; the docs of an operation name the
    /// type for each status. Nothing where there was no such response.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Decode`] if the body is not of that type.
    #[must_use]
    pub fn body_as<T: DeserializeOwned>(&self) -> Option<Result<T, Self>> {
        let body = self.body()?;
        let explained = |error| Self::new(ErrorKind::Decode, decode::explain(body, &error));
        Some(serde_json::from_slice(body).map_err(explained))
    }

    /// The id to give to the service's support, as in [`Response::request_id`](crate::Response::request_id).
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        request_id(&self.0.reply.as_ref()?.headers)
    }

    fn service(&self) -> Option<&ServiceError> {
        self.0.reply.as_ref().map(|reply| &reply.service)
    }
}

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

    /// The attempt took longer than its limit.
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

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some((method, template)) = &self.0.operation {
            write!(f, "{method} {template}: ")?;
        }
        f.write_str(&self.0.what)?;
        match self.code() {
            Some(code) => write!(f, " (error code {code})"),
            None => Ok(()),
        }
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Error")
            .field("kind", &self.0.kind)
            .field("text", &format_args!("{self}"))
            .field("status", &self.status())
            .field("request_id", &self.request_id())
            .field("source", &self.0.source)
            .finish()
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.source.as_deref().map(|source| source as _)
    }
}
