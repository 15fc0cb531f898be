//! Middleware: user code that runs around every attempt.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, Method, StatusCode};
#[cfg(feature = "gzip")]
use http::{HeaderValue, header::ACCEPT_ENCODING};

use crate::error::Error;
use crate::network::{Body, Connections, Progress, connect_timeout, failure};
use crate::request::upload;
use crate::response::Incoming;

/// The future that [`Middleware::handle`] and [`Next::run`] return.
pub type AttemptFuture<'a> = Pin<Box<dyn Future<Output = Result<AttemptResponse, Error>> + Send + 'a>>;

/// Code that runs around every attempt of every call, for example to sign requests, measure times or record responses.
///
/// Add middleware with [`ClientBuilder::middleware`](crate::ClientBuilder::middleware). The one that is added first is
/// the outermost: it sees the request first and the response last. The request already contains the credentials.
///
/// The time that a middleware takes counts toward the time limits of the attempt and the call. An error that it returns
/// is retried like an error of the attempt itself: see [`Retry`](crate::Retry). To stop the call without a retry,
/// return [`Error::cancelled`]. If a middleware returns an error that says that nothing was sent, although the request
/// was sent, the call fails with [`ErrorKind::Cancelled`](crate::ErrorKind::Cancelled).
///
/// ```
/// use frontline::{Attempt, AttemptFuture, Client, Middleware, Next};
///
/// struct Tenant;
///
/// impl Middleware for Tenant {
///     fn handle<'a>(&'a self, mut attempt: Attempt, next: Next<'a>) -> AttemptFuture<'a> {
///         Box::pin(async move {
///             attempt.headers_mut().insert("x-tenant", "7".parse().expect("a valid header value"));
///             let response = next.run(attempt).await?;
///             println!("{}", response.status());
///             Ok(response)
///         })
///     }
/// }
///
/// let client = Client::builder().middleware(Tenant).build()?;
/// # Ok::<(), frontline::Error>(())
/// ```
pub trait Middleware: Send + Sync + 'static {
    /// Handles one attempt: passes it on with [`next.run(attempt)`](Next::run), or returns a response without sending
    /// anything.
    ///
    /// # Errors
    ///
    /// Returns the errors of `next`, or its own, such as [`Error::cancelled`].
    fn handle<'a>(&'a self, attempt: Attempt, next: Next<'a>) -> AttemptFuture<'a>;
}

/// A request that is about to be sent.
///
/// `Debug` output contains no arguments and no credentials.
pub struct Attempt {
    /// Without the body, if that is in `bytes`.
    pub(crate) request: reqwest::Request,
    pub(crate) bytes: Option<Bytes>,
    pub(crate) template: &'static str,
    pub(crate) number: u32,
}

impl Attempt {
    /// Returns the HTTP method.
    #[must_use]
    pub fn method(&self) -> &Method {
        self.request.method()
    }

    /// Returns the path template from the document, such as `/v1/Users/{Sid}`.
    ///
    /// It contains no arguments, so it is safe to log.
    #[must_use]
    pub fn template(&self) -> &'static str {
        self.template
    }

    /// Returns the URL, which contains the arguments of the call.
    #[must_use]
    pub fn url(&self) -> &str {
        self.request.url().as_str()
    }

    /// Returns the number of this attempt within the call, starting with 1.
    #[must_use]
    pub fn number(&self) -> u32 {
        self.number
    }

    /// Returns the headers, which may contain credentials.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        self.request.headers()
    }

    /// Returns a mutable reference to the headers.
    ///
    /// Do not set `Host`, `Content-Length` and `Transfer-Encoding`: they must match the URL and the body.
    pub fn headers_mut(&mut self) -> &mut HeaderMap {
        self.request.headers_mut()
    }

    /// Returns the body. Returns `None` if there is no body, or if it is a stream.
    #[must_use]
    pub fn body(&self) -> Option<&[u8]> {
        self.bytes.as_deref()
    }

    /// Replaces the body, and removes the header `Content-Length` of the old one.
    ///
    /// The header `Content-Type` does not change.
    pub fn set_body(&mut self, body: impl Into<Bytes>) {
        self.request.headers_mut().remove(http::header::CONTENT_LENGTH);
        *self.request.body_mut() = None;
        self.bytes = Some(body.into());
    }
}

impl fmt::Debug for Attempt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Attempt")
            .field("method", self.method())
            .field("template", &self.template)
            .field("number", &self.number)
            .finish_non_exhaustive()
    }
}

/// The response to an attempt, with any status.
pub struct AttemptResponse {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Incoming,
}

impl AttemptResponse {
    /// Creates a response that does not come from a server, for example a recorded one.
    #[must_use]
    pub fn new(status: StatusCode, headers: HeaderMap, body: impl Into<Bytes>) -> Self {
        Self { status, headers, body: Incoming::Whole(body.into()) }
    }

    /// Returns the status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// Returns the headers.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// Returns a mutable reference to the headers.
    pub fn headers_mut(&mut self) -> &mut HeaderMap {
        &mut self.headers
    }

    /// Reads the whole body into memory and returns it. The call can still read the body afterwards.
    ///
    /// # Errors
    ///
    /// - Returns [`ErrorKind::BodyTooLarge`](crate::ErrorKind::BodyTooLarge) if the body has more than `max_bytes`
    ///   bytes.
    /// - Returns [`ErrorKind::Connection`](crate::ErrorKind::Connection) if the connection breaks.
    /// - Returns [`ErrorKind::Timeout`](crate::ErrorKind::Timeout) if the body stalls: see
    ///   [`StalledStreamProtection`](crate::StalledStreamProtection).
    /// - Returns [`ErrorKind::Decode`](crate::ErrorKind::Decode) if a compressed body is corrupt.
    ///
    /// After an error, the body is empty.
    pub async fn body(&mut self, max_bytes: usize) -> Result<Bytes, Error> {
        self.body.keep(max_bytes).await
    }
}

impl fmt::Debug for AttemptResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AttemptResponse").field("status", &self.status).finish_non_exhaustive()
    }
}

/// The rest of the chain after a middleware: the next middleware, or the network.
///
/// It cannot be cloned, because each attempt is sent at most once.
pub struct Next<'a> {
    pub(crate) rest: &'a [Arc<dyn Middleware>],
    pub(crate) http: &'a Connections,
    pub(crate) connect_timeout: Duration,
    /// Set to the number of the reqwest client that sends the request.
    pub(crate) pool: &'a AtomicUsize,
    pub(crate) progress: &'a Progress,
}

impl<'a> Next<'a> {
    /// Runs the next middleware, or sends the request if there is none.
    ///
    /// A response with an unsuccessful status is `Ok` here. The call turns it into an error after all middleware has
    /// run.
    ///
    /// # Errors
    ///
    /// - Returns [`ErrorKind::NotSent`](crate::ErrorKind::NotSent) if no connection can be made, or if the server
    ///   refuses the request before processing it (HTTP/2).
    /// - Returns [`ErrorKind::Connection`](crate::ErrorKind::Connection) if the connection breaks before the response
    ///   arrives.
    /// - Returns [`ErrorKind::InvalidArgument`](crate::ErrorKind::InvalidArgument) if the URL is too long.
    /// - Returns the errors of the next middleware.
    #[must_use]
    pub fn run(self, attempt: Attempt) -> AttemptFuture<'a> {
        match self.rest.split_first() {
            Some((first, rest)) => first.handle(attempt, Next { rest, ..self }),
            None => Box::pin(self.send(attempt)),
        }
    }

    async fn send(self, attempt: Attempt) -> Result<AttemptResponse, Error> {
        let mut request = attempt.request;
        let (client, pool) = self.http.client(request.url())?;
        // A `reqwest::Client` of the user has no number.
        let is_theirs = pool == 0;
        // HTTP/2 needs an empty body, too: see `Progress::has_started_body`. Idempotent requests are repeated anyway.
        let needs_body = !is_theirs && request.body().is_none() && !request.method().is_idempotent();
        if let Some(bytes) = attempt.bytes.or_else(|| needs_body.then(Bytes::new)) {
            *request.body_mut() = Some(upload::body(bytes, self.progress, is_theirs));
        }
        #[cfg(feature = "gzip")]
        if self.http.gzip() {
            request.headers_mut().entry(ACCEPT_ENCODING).or_insert(HeaderValue::from_static("gzip"));
        }
        self.pool.store(pool, Ordering::Relaxed);
        self.progress.handed_over();
        let method = request.method().clone();
        let sending = client.execute(request);
        let response = match connect_timeout::send(sending, self.connect_timeout, self.progress).await {
            Ok(response) => response,
            Err(error) => {
                let error = failure(error, self.progress);
                if error.kind().is_before_sending() {
                    self.progress.not_sent();
                }
                return Err(error);
            }
        };
        let (mut head, body) = http::Response::<reqwest::Body>::from(response).into_parts();
        let body = Body::new(self.http, &method, &mut head, body, self.progress.clone());
        Ok(AttemptResponse { status: head.status, headers: head.headers, body: Incoming::network(body) })
    }
}

impl fmt::Debug for Next<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Next").finish_non_exhaustive()
    }
}
