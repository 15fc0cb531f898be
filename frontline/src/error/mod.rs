//! The error type of this crate, and how the reasons of a failure are read.
//!
//! The lowest room: uses no other.

use std::borrow::Cow;
use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

use http::{HeaderMap, Method, StatusCode};
use serde::de::DeserializeOwned;
use serde_json::Value;

mod head;
pub(crate) mod json;
mod kind;
mod predicates;
mod retry_after;
mod service;

pub(crate) use head::Head;
pub use kind::ErrorKind;
pub use service::ServiceError;

/// The reason why a client could not be built or a call failed.
///
/// [`kind`](Self::kind) tells in broad terms what went wrong, and a predicate such as
/// [`is_timeout`](Self::is_timeout) or [`is_not_found`](Self::is_not_found) answers one question.
///
/// `Display` and `Debug` are safe to log: they contain no credentials, no arguments of the call, and no text from the
/// server. The server's own explanation is in [`message`](Self::message); it may contain personal data.
///
/// ```
/// # async fn example(client: frontline::Client) -> Result<(), frontline::Error> {
/// match client.fetch_user("ada@example.com").await {
///     Ok(user) => println!("{:?}", user.state),
///     Err(error) if error.is_not_found() => println!("no such user"),
///     Err(error) if error.is_rate_limited() => println!("try again in {:?}", error.retry_after()),
///     Err(error) => return Err(error),
/// }
/// # Ok(())
/// # }
/// ```
pub struct Error(Box<Inner>);

struct Inner {
    kind: ErrorKind,
    what: Cow<'static, str>,
    operation: Option<(Method, &'static str)>,
    reply: Option<Reply>,
    source: Option<Box<dyn StdError + Send + Sync>>,
    attempts: u32,
    maybe_sent: bool,
}

/// The part of a response that an error keeps.
struct Reply {
    head: Head,
    service: ServiceError,
    retry_after: Option<Duration>,
}

impl Error {
    pub(crate) fn new(kind: ErrorKind, what: impl Into<Cow<'static, str>>) -> Self {
        Self(Box::new(Inner {
            kind,
            what: what.into(),
            operation: None,
            reply: None,
            source: None,
            attempts: 0,
            maybe_sent: false,
        }))
    }

    pub(crate) fn configuration(what: impl Into<Cow<'static, str>>) -> Self {
        Self::new(ErrorKind::Configuration, what)
    }

    pub(crate) fn invalid_argument(what: impl Into<Cow<'static, str>>) -> Self {
        Self::new(ErrorKind::InvalidArgument, what)
    }

    /// Creates the error with which a [`Middleware`](crate::Middleware) stops a call.
    ///
    /// Its kind is [`ErrorKind::Cancelled`], so the call is not retried. `why` becomes part of `Display`: leave
    /// arguments and secrets out of it.
    #[must_use]
    pub fn cancelled(why: impl Into<Cow<'static, str>>) -> Self {
        Self::new(ErrorKind::Cancelled, why)
    }

    /// Adds the error that caused this one.
    ///
    /// It is returned by [`source`](StdError::source), and error reporters print it.
    #[must_use]
    pub fn with_source(mut self, source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        self.0.source = Some(source.into());
        self
    }

    pub(crate) fn after(mut self, attempts: u32, maybe_sent: bool) -> Self {
        self.0.attempts = attempts;
        self.0.maybe_sent = maybe_sent;
        self
    }

    pub(crate) fn with_operation(mut self, method: Method, template: &'static str) -> Self {
        self.0.operation = Some((method, template));
        self
    }

    pub(crate) fn with_reply(mut self, head: Head, service: ServiceError) -> Self {
        let retry_after = retry_after::retry_after(&head.headers);
        self.0.reply = Some(Reply { head, service, retry_after });
        self
    }

    /// The error for a body that is not of the type it should have. `what` names the body.
    pub(crate) fn undecodable(what: &str, body: &[u8], error: &serde_json::Error) -> Self {
        Self::new(ErrorKind::Decode, json::explain(what, body, error))
    }

    /// Returns what went wrong, in broad terms.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// Returns the status of the response, if there was a response.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        self.0.reply.as_ref().map(|reply| reply.head.status)
    }

    /// Returns the service's own error code, if the body of the response contains a numeric one.
    #[must_use]
    pub fn code(&self) -> Option<u32> {
        self.service()?.code
    }

    /// Returns the service's explanation, if the body of the response contains one.
    ///
    /// It is meant for people, and may repeat arguments of the call, such as a user's identity.
    #[must_use]
    pub fn message(&self) -> Option<&str> {
        self.service()?.message.as_deref()
    }

    /// Returns the address of a page about this error, if the body of the response contains one.
    #[must_use]
    pub fn more_info(&self) -> Option<&str> {
        self.service()?.more_info.as_deref()
    }

    /// Returns the body of an unsuccessful response, up to 64 KiB. It may repeat arguments of the call.
    #[must_use]
    pub fn body(&self) -> Option<&[u8]> {
        self.service().filter(|_| self.is_status()).map(|service| &service.body[..])
    }

    /// Decodes the body of an unsuccessful response into the type that the document describes for its status.
    ///
    /// The documentation of each operation lists these types. Returns `None` if there was no such response.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Decode`] if the body is not of type `T`.
    #[must_use]
    pub fn body_as<T: DeserializeOwned>(&self) -> Option<Result<T, Self>> {
        let body = self.body()?;
        let explained = |error| Self::undecodable("the response body", body, &error);
        Some(serde_json::from_slice(body).map_err(explained))
    }

    /// Returns the id under which the service's support finds the request: see
    /// [`Response::request_id`](crate::Response::request_id).
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.0.reply.as_ref()?.head.request_id()
    }

    /// Returns the headers of the response, if there was a response. Of a redirect, for example, they contain the
    /// `Location`.
    #[must_use]
    pub fn headers(&self) -> Option<&HeaderMap> {
        self.0.reply.as_ref().map(|reply| &reply.head.headers)
    }

    /// Returns what the service adds for programs to read: the `details` or the list of `errors` in the body of the
    /// response.
    ///
    /// It may repeat arguments of the call.
    #[must_use]
    pub fn details(&self) -> Option<&Value> {
        self.service()?.details.as_ref()
    }

    /// Returns how long the server asks clients to wait before the next attempt, counted from the response: the
    /// header `Retry-After` (RFC 9110, section 10.2.3).
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.0.reply.as_ref()?.retry_after
    }

    /// Returns the number of attempts that the call made: 0 if it failed before the first one.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.0.attempts
    }

    /// Returns whether the server may have received the request in any attempt. If `false`, the call had no effect.
    #[must_use]
    pub fn maybe_sent(&self) -> bool {
        self.0.maybe_sent
    }

    fn service(&self) -> Option<&ServiceError> {
        self.0.reply.as_ref().map(|reply| &reply.service)
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
            .field("attempts", &self.0.attempts)
            .field("maybe_sent", &self.0.maybe_sent)
            .field("source", &self.0.source)
            .finish()
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.source.as_deref().map(|source| source as _)
    }
}
