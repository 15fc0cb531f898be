//! The one error of this crate.

use std::borrow::Cow;
use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

use http::{HeaderMap, Method, StatusCode};
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::decode;
use crate::response::request_id;
use crate::retry::retry_after;

mod kind;
mod service;

pub use kind::ErrorKind;
pub(crate) use service::ServiceError;

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
    attempts: u32,
    maybe_sent: bool,
}

/// What of a response an error keeps.
struct Reply {
    status: StatusCode,
    headers: HeaderMap,
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

    /// What a [`Middleware`](crate::Middleware) stops a call with: of the kind [`ErrorKind::Cancelled`], which is not
    /// tried again. `why` is in `Display`, so leave arguments and secrets out of it.
    #[must_use]
    pub fn cancelled(why: impl Into<Cow<'static, str>>) -> Self {
        Self::new(ErrorKind::Cancelled, why)
    }

    /// The same error, with what it came from: see [`source`](StdError::source), which is what error reporters print.
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

    pub(crate) fn with_reply(mut self, status: StatusCode, headers: HeaderMap, service: ServiceError) -> Self {
        let retry_after = retry_after(&headers);
        self.0.reply = Some(Reply { status, headers, service, retry_after });
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

    /// The service's own error code, where its body has one: for Twilio one of <https://www.twilio.com/docs/api/errors>.
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
        let explained = |error| Self::new(ErrorKind::Decode, decode::explain("the response body", body, &error));
        Some(serde_json::from_slice(body).map_err(explained))
    }

    /// The id to give to the service's support, as in [`Response::request_id`](crate::Response::request_id).
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        request_id(&self.0.reply.as_ref()?.headers)
    }

    /// All headers of the response, where there was one, such as the `Location` of a redirect.
    #[must_use]
    pub fn headers(&self) -> Option<&HeaderMap> {
        self.0.reply.as_ref().map(|reply| &reply.headers)
    }

    /// What the service adds for programs to read: Twilio's `details` or `params`, or a list of `errors`.
    ///
    /// The service may repeat arguments of the call here.
    #[must_use]
    pub fn details(&self) -> Option<&Value> {
        self.service()?.details.as_ref()
    }

    /// How long the server asks to wait before another attempt: its `Retry-After` (RFC 9110, section 10.2.3), counted
    /// from the response.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.0.reply.as_ref()?.retry_after
    }

    /// How many attempts the call made. None, where it failed before the first.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.0.attempts
    }

    /// Whether the server may have received the request, in any of the attempts: if not, nothing has happened there.
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
