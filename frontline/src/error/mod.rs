//! The error type of this crate, and the code that finds the cause of a failure in a response.
//!
//! May use `json`.

use std::borrow::Cow;
use std::error::Error as StdError;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, Method, StatusCode};
use serde_json::Value;

mod decode;
mod documented;
mod head;
mod kind;
mod origin;
mod predicates;
mod retry_after;
mod service;
mod shown;
#[cfg(feature = "webhooks")]
mod signature;

pub use documented::{Failed, Failure};
pub(crate) use head::Head;
pub use kind::ErrorKind;
pub(crate) use origin::Origin;
pub use service::ServiceError;
#[cfg(feature = "webhooks")]
pub use signature::SignatureError;

/// The maximum number of bytes of a body that an error keeps. Error descriptions are short.
pub(crate) const MAX_BODY_BYTES: usize = 64 << 10;

/// An error from building a client, making a call, or reading a stream.
///
/// [`kind`](Self::kind) returns the category of the error. Predicates such as [`is_timeout`](Self::is_timeout) and
/// [`is_not_found`](Self::is_not_found) test for one category or status.
///
/// `Display` and `Debug` are safe to log. They contain no credentials, no arguments of the call, and no message from
/// the service, unless your own code adds them with [`cancelled`](Self::cancelled) or
/// [`with_source`](Self::with_source). [`message`](Self::message) returns the service's message, which may contain
/// personal data.
///
/// `Debug` is for people, too, because a `main` that returns an error prints it: it shows the text of `Display`, the request
/// ID, the number of attempts if there were several, and the causes. `{:#?}` shows the fields.
///
/// ```text
/// Error: GET /v1/Users/{Sid}: the server answered 404 Not Found (error code 20404) [request RQ5e8f]
/// ```
///
/// ```no_run
/// #[tokio::main(flavor = "current_thread")]
/// async fn main() -> Result<(), frontline::Error> {
///     let user = frontline::Client::from_env()?.fetch_user("ada@example.com").await?;
///     println!("{:?}", user.state);
///     Ok(())
/// }
/// ```
///
/// # What was sent
///
/// [`attempts`](Self::attempts) and [`maybe_sent`](Self::maybe_sent) describe the whole call:
/// - An attempt begins with getting credentials. An attempt that ends with [`ErrorKind::Configuration`] or
///   [`ErrorKind::InvalidArgument`] does not count, because there was no request to send.
/// - An attempt may have been sent once it has a connection, or as soon as it could have one that is already open. It
///   was not sent if it ends before that: while it gets credentials, while it connects, or because a
///   [`Middleware`](crate::Middleware) does not pass it on. `maybe_sent` is `true` if any attempt may have been sent.
/// - The kind describes only the last attempt. An error of the kind [`ErrorKind::Configuration`],
///   [`ErrorKind::InvalidArgument`], [`ErrorKind::Credentials`] or [`ErrorKind::NotSent`] means that the last attempt
///   sent nothing. With the last two, `maybe_sent` is `true` if an earlier attempt may have been sent.
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
    /// The start of the body that caused the error.
    body: Option<Bytes>,
    source: Option<Box<dyn StdError + Send + Sync>>,
    attempts: u32,
    maybe_sent: bool,
    without_budget: bool,
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
            body: None,
            source: None,
            attempts: 0,
            maybe_sent: false,
            without_budget: false,
        }))
    }

    pub(crate) fn configuration(what: impl Into<Cow<'static, str>>) -> Self {
        Self::new(ErrorKind::Configuration, what)
    }

    pub(crate) fn invalid_argument(what: impl Into<Cow<'static, str>>) -> Self {
        Self::new(ErrorKind::InvalidArgument, what)
    }

    /// Creates an error of kind [`ErrorKind::Cancelled`]. A [`Middleware`](crate::Middleware) returns it to stop a
    /// call.
    ///
    /// The call is not retried. `Display` prints `why`. Errors are often logged, so `why` should not contain secrets or
    /// personal data.
    #[must_use]
    pub fn cancelled(why: impl Into<Cow<'static, str>>) -> Self {
        Self::new(ErrorKind::Cancelled, why)
    }

    /// Sets the cause of this error, which [`Error::source`](StdError::source) returns.
    ///
    /// The `Debug` output of this error contains the cause, and error reporters print it. So it should not contain
    /// secrets or personal data.
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

    pub(crate) fn without_budget(mut self) -> Self {
        self.0.without_budget = true;
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

    /// Changes the status and the headers of the response that this error contains, if any.
    pub(crate) fn with_head(mut self, change: impl FnOnce(&mut Head)) -> Self {
        if let Some(reply) = &mut self.0.reply {
            change(&mut reply.head);
            reply.retry_after = retry_after::retry_after(&reply.head.headers);
        }
        self
    }

    /// Returns the status and the headers of the response that this error contains.
    pub(crate) fn into_head(self) -> Result<Head, Self> {
        let Self(inner) = self;
        match *inner {
            Inner { reply: Some(reply), .. } => Ok(reply.head),
            inner => Err(Self(Box::new(inner))),
        }
    }

    /// Returns the category of the error.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// Returns the status of the response, if the error contains a response.
    ///
    /// Errors of kind [`ErrorKind::Status`] always contain a response. If decoding the response body fails, the error of
    /// the call contains one, too: its kind is [`ErrorKind::Decode`], or [`ErrorKind::Timeout`] or
    /// [`ErrorKind::BodyTooLarge`] if decoding takes too long or too much memory. Errors from a stream or from
    /// [`body_as`](Self::body_as), and all others, contain none.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        self.0.reply.as_ref().map(|reply| reply.head.status)
    }

    /// Returns the service's own error code: the number in the property `code` of the response body, if there is one.
    #[must_use]
    pub fn code(&self) -> Option<u32> {
        self.service()?.code
    }

    /// Returns the service's message, if the response body contains one: a property such as `message`, `detail` or
    /// `title`.
    ///
    /// The message is meant for people. It may repeat arguments of the call, such as a user's identity.
    #[must_use]
    pub fn message(&self) -> Option<&str> {
        self.service()?.message.as_deref()
    }

    /// Returns the URL of a page about this error, if the response body contains one.
    #[must_use]
    pub fn more_info(&self) -> Option<&str> {
        self.service()?.more_info.as_deref()
    }

    /// Returns the ID that the service assigned to the request, if the error contains a [response](Self::status).
    ///
    /// For details see [`Response::request_id`](crate::Response::request_id).
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.0.reply.as_ref()?.head.request_id()
    }

    /// Returns the headers of the response, if the error contains a [response](Self::status).
    ///
    /// For example, the response to a request for a moved resource has a `Location` header.
    #[must_use]
    pub fn headers(&self) -> Option<&HeaderMap> {
        self.0.reply.as_ref().map(|reply| &reply.head.headers)
    }

    /// Returns the machine-readable details of the error, if the response body contains any.
    ///
    /// This is the property `details` of the body or, if there is none, the property `errors`. It may repeat arguments
    /// of the call.
    #[must_use]
    pub fn details(&self) -> Option<&Value> {
        self.service()?.details.as_ref()
    }

    /// Returns how long the server asks the client to wait, counted from the arrival of the response.
    ///
    /// It comes from the `Retry-After` header (RFC 9110, section 10.2.3).
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.0.reply.as_ref()?.retry_after
    }

    /// Returns the number of attempts that the call made. It is 0 if the call failed before the first attempt.
    ///
    /// See [what was sent](Self#what-was-sent).
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.0.attempts
    }

    /// Returns `true` if the server may have received the request in at least one attempt.
    ///
    /// If it is `false`, the call had no effect. See [what was sent](Self#what-was-sent).
    #[must_use]
    pub fn maybe_sent(&self) -> bool {
        self.0.maybe_sent
    }

    fn service(&self) -> Option<&ServiceError> {
        self.0.reply.as_ref().map(|reply| &reply.service)
    }
}
