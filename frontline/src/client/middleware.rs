//! Code of the user's around every attempt.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, Method, StatusCode};

use crate::error::Error;
use crate::network::{connect_timeout, failure};
use crate::request::upload::{self, Progress};
use crate::response::Incoming;

/// What [`Middleware::handle`] and [`Next::run`] return.
pub type AttemptFuture<'a> = Pin<Box<dyn Future<Output = Result<AttemptResponse, Error>> + Send + 'a>>;

/// Code that runs around every attempt of every call, for signing, metrics, recording and the like.
///
/// The first one given to the [builder](crate::ClientBuilder::middleware) is the outermost. The time that it takes
/// counts towards the limits of attempt and call. An error of it is treated as the attempt's own: see
/// [`Retry`](crate::Retry), and [`Error::cancelled`] for one that is not tried again.
///
/// ```
/// use frontline::{Attempt, AttemptFuture, Client, Middleware, Next};
///
/// struct Tenant;
///
/// impl Middleware for Tenant {
///     fn handle<'a>(&'a self, mut attempt: Attempt, next: Next<'a>) -> AttemptFuture<'a> {
///         Box::pin(async move {
///             attempt.headers_mut().insert("x-tenant", "7".parse().expect("a header's value"));
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
    /// Sends the attempt on to `next`, or answers in its place.
    ///
    /// # Errors
    ///
    /// Those of `next`, or of its own.
    fn handle<'a>(&'a self, attempt: Attempt, next: Next<'a>) -> AttemptFuture<'a>;
}

/// A request that is about to be sent. `Debug` holds neither arguments nor credentials.
pub struct Attempt {
    /// Without the body, where that is in memory.
    pub(crate) request: reqwest::Request,
    pub(crate) bytes: Option<Bytes>,
    pub(crate) template: &'static str,
    pub(crate) number: u32,
}

impl Attempt {
    /// The method.
    #[must_use]
    pub fn method(&self) -> &Method {
        self.request.method()
    }

    /// The path as the document writes it, such as `/v1/Users/{Sid}`: it holds no argument, and may be logged.
    #[must_use]
    pub fn template(&self) -> &'static str {
        self.template
    }

    /// The URL, with the call's arguments in it.
    #[must_use]
    pub fn url(&self) -> &str {
        self.request.url().as_str()
    }

    /// Which attempt of the call this is: 1 for the first.
    #[must_use]
    pub fn number(&self) -> u32 {
        self.number
    }

    /// The headers, the credentials among them.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        self.request.headers()
    }

    /// The headers, to be changed. Leave alone those that say where the message goes and ends: `Host`,
    /// `Content-Length` and `Transfer-Encoding`.
    pub fn headers_mut(&mut self) -> &mut HeaderMap {
        self.request.headers_mut()
    }

    /// The body, where there is one and it is in memory.
    #[must_use]
    pub fn body(&self) -> Option<&[u8]> {
        self.bytes.as_deref()
    }

    /// Replaces the body.
    pub fn set_body(&mut self, body: impl Into<Bytes>) {
        // The length that was written for the body before it.
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

/// The response to an attempt, of any status.
pub struct AttemptResponse {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Incoming,
}

impl AttemptResponse {
    /// A response that comes from no server: a recorded one, or one that a test makes up.
    #[must_use]
    pub fn new(status: StatusCode, headers: HeaderMap, body: impl Into<Bytes>) -> Self {
        Self { status, headers, body: Incoming::Whole(body.into()) }
    }

    /// The status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The headers.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The headers, to be changed.
    pub fn headers_mut(&mut self) -> &mut HeaderMap {
        &mut self.headers
    }

    /// Reads the body into memory, where it stays for the call, too.
    ///
    /// # Errors
    ///
    /// If it breaks off, or is larger than `max_bytes`; after that there is no body any more.
    pub async fn body(&mut self, max_bytes: usize) -> Result<Bytes, Error> {
        self.body.keep(max_bytes).await
    }
}

impl fmt::Debug for AttemptResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AttemptResponse").field("status", &self.status).finish_non_exhaustive()
    }
}

/// What comes behind a middleware: another one, or the network at last. An attempt is made once, so this cannot be
/// cloned.
pub struct Next<'a> {
    pub(crate) rest: &'a [Arc<dyn Middleware>],
    pub(crate) http: &'a reqwest::Client,
    pub(crate) connect_timeout: Duration,
    /// Set when the request is handed to the network.
    pub(crate) sent: &'a AtomicBool,
    pub(crate) progress: &'a Progress,
}

impl<'a> Next<'a> {
    /// Makes the attempt.
    ///
    /// # Errors
    ///
    /// If there is no response. One that reports failure by its status is a response.
    #[must_use]
    pub fn run(self, attempt: Attempt) -> AttemptFuture<'a> {
        match self.rest.split_first() {
            Some((first, rest)) => first.handle(attempt, Next { rest, ..self }),
            None => Box::pin(self.send(attempt)),
        }
    }

    async fn send(self, attempt: Attempt) -> Result<AttemptResponse, Error> {
        let mut request = attempt.request;
        if let Some(bytes) = attempt.bytes {
            *request.body_mut() = Some(upload::body(bytes, self.progress));
        }
        self.sent.store(true, Ordering::Relaxed);
        let sending = connect_timeout::LIMIT.scope(self.connect_timeout, self.http.execute(request));
        let mut response = sending.await.map_err(failure)?;
        let headers = std::mem::take(response.headers_mut());
        Ok(AttemptResponse { status: response.status(), headers, body: Incoming::Network(response) })
    }
}

impl fmt::Debug for Next<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Next").finish_non_exhaustive()
    }
}
