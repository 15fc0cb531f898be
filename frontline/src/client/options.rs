//! Options for single calls, and the limits of a call.

use std::fmt;
use std::time::Duration;

use http::header::{
    CONNECTION, CONTENT_LENGTH, HOST, HeaderMap, HeaderName, HeaderValue, TE, TRAILER, TRANSFER_ENCODING, UPGRADE,
};

use crate::{Error, Retry, StalledStreamProtection};

#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    pub(crate) timeout: Duration,
    pub(crate) attempt_timeout: Duration,
    pub(crate) connect_timeout: Duration,
    pub(crate) protection: StalledStreamProtection,
    pub(crate) max_response_bytes: usize,
    pub(crate) retry: Retry,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            timeout: Duration::from_secs(30),
            attempt_timeout: Duration::from_secs(10),
            connect_timeout: Duration::from_secs(3),
            protection: StalledStreamProtection::new(),
            max_response_bytes: 64 << 20,
            retry: Retry::new(),
        }
    }
}

/// Options for individual calls, which override the settings of the client.
///
/// `client.with(options)` returns a client whose calls use these options: see [`Client::with`](crate::Client::with). It
/// shares connections, credentials, the retry budget, and the limits of rate and concurrency with the original, which
/// does not change.
///
/// An option that you do not set keeps the value from an earlier `with` or, if there is none, from the
/// [`ClientBuilder`](crate::ClientBuilder).
///
/// ```
/// use std::time::Duration;
///
/// use frontline::{CallOptions, Client, Retry};
///
/// # async fn example(client: &Client) -> Result<(), frontline::Error> {
/// let patient = client.with(CallOptions::new().timeout(Duration::from_secs(60)).retry(Retry::new().attempts(5)));
/// patient.fetch_user("ada@example.com").await?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Default)]
pub struct CallOptions {
    timeout: Option<Duration>,
    attempt_timeout: Option<Duration>,
    connect_timeout: Option<Duration>,
    protection: Option<StalledStreamProtection>,
    max_response_bytes: Option<usize>,
    retry: Option<Retry>,
    base_url: Option<String>,
    headers: HeaderMap,
    /// The name of the first header that cannot be sent.
    refused: Option<String>,
}

impl CallOptions {
    /// Creates options with nothing set.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the time limit of a whole call: all attempts and the delays between them.
    ///
    /// [`ClientBuilder::timeout`](crate::ClientBuilder::timeout) explains what it means for uploads and streams.
    ///
    /// Default: the client's limit, which is 30 seconds unless
    /// [`ClientBuilder::timeout`](crate::ClientBuilder::timeout) changes it.
    #[must_use]
    pub fn timeout(mut self, limit: Duration) -> Self {
        self.timeout = Some(limit);
        self
    }

    /// Sets the time limit of one attempt, from getting credentials to the headers of the response.
    ///
    /// [`ClientBuilder::attempt_timeout`](crate::ClientBuilder::attempt_timeout) explains how bodies and streams are
    /// limited.
    ///
    /// Default: the client's limit, which is 10 seconds unless
    /// [`ClientBuilder::attempt_timeout`](crate::ClientBuilder::attempt_timeout) changes it.
    #[must_use]
    pub fn attempt_timeout(mut self, limit: Duration) -> Self {
        self.attempt_timeout = Some(limit);
        self
    }

    /// Sets the time limit for connecting: DNS lookup, TCP and TLS.
    ///
    /// It applies only to connections that these calls open. If a call waits for a connection that another call is
    /// opening, the limit of the other call applies. This option has no effect if the client was built with your own
    /// `reqwest::Client`.
    ///
    /// Default: the client's limit, which is 3 seconds unless
    /// [`ClientBuilder::connect_timeout`](crate::ClientBuilder::connect_timeout) changes it.
    #[must_use]
    pub fn connect_timeout(mut self, limit: Duration) -> Self {
        self.connect_timeout = Some(limit);
        self
    }

    /// Sets when a body that is sent or received counts as stalled.
    ///
    /// Default: the client's setting, which is [`StalledStreamProtection::new`] unless
    /// [`ClientBuilder::stalled_stream_protection`](crate::ClientBuilder::stalled_stream_protection) changes it.
    #[must_use]
    pub fn stalled_stream_protection(mut self, protection: StalledStreamProtection) -> Self {
        self.protection = Some(protection);
        self
    }

    /// Sets the maximum size of a response body, in bytes.
    ///
    /// In a stream of events or JSON values, the limit applies to each event or value. It does not apply to a
    /// [`ByteStream`](crate::ByteStream). If the response is unsuccessful, only the first 64 KiB of its body are read,
    /// whatever the limit is.
    ///
    /// The decoded values may take 16 times this limit in memory. Small JSON can become large values: `{}` becomes a
    /// struct with an `Option` for each property.
    ///
    /// Default: the client's limit, which is 64 MiB unless
    /// [`ClientBuilder::max_response_bytes`](crate::ClientBuilder::max_response_bytes) changes it.
    #[must_use]
    pub fn max_response_bytes(mut self, limit: usize) -> Self {
        self.max_response_bytes = Some(limit);
        self
    }

    /// Sets how many times a call is retried, and how long it waits before each retry.
    ///
    /// Default: the client's options, which are [`Retry::new`] unless
    /// [`ClientBuilder::retry`](crate::ClientBuilder::retry) changes them.
    #[must_use]
    pub fn retry(mut self, retry: Retry) -> Self {
        self.retry = Some(retry);
        self
    }

    /// Sets the URL that the calls go to. The path of the URL, if any, is put before the path of the operation.
    ///
    /// The client's credentials are sent to this URL. If the URL breaks the rules of
    /// [`ClientBuilder::base_url`](crate::ClientBuilder::base_url), calls fail with
    /// [`ErrorKind::Configuration`](crate::ErrorKind::Configuration).
    ///
    /// The client's settings for proxies and TLS apply to this URL. If this is the client's first `https` URL, the call
    /// loads the platform's certificates, and fails
    /// if the system has none.
    ///
    /// Default: the URL from [`ClientBuilder::base_url`](crate::ClientBuilder::base_url) or, without one, the servers
    /// of the OpenAPI document.
    #[must_use]
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base_url = Some(url.into());
        self
    }

    /// Sets a request header. To set several, call this method for each. Default: only the headers of the operation and
    /// the client are sent.
    ///
    /// The header replaces a header of the same name that comes from an earlier `with`, the operation or the client.
    /// This includes `User-Agent` and the headers that carry credentials. Other headers from an earlier `with` are
    /// kept.
    ///
    /// You cannot set `Connection`, `Content-Length`, `Host`, `TE`, `Trailer`, `Transfer-Encoding` or `Upgrade`. If you
    /// try, or if the name or value is not valid in HTTP (a value must not begin or end with white space), calls fail with
    /// [`ErrorKind::InvalidArgument`](crate::ErrorKind::InvalidArgument).
    #[must_use]
    pub fn header(mut self, name: impl AsRef<str>, value: impl AsRef<str>) -> Self {
        match header(name.as_ref(), value.as_ref()) {
            Some((name, value)) => _ = self.headers.insert(name, value),
            None => _ = self.refused.get_or_insert(name.as_ref().to_owned()),
        }
        self
    }

    /// Fills in options that are not set here from `others`.
    pub(crate) fn or(mut self, others: &Self) -> Self {
        self.timeout = self.timeout.or(others.timeout);
        self.attempt_timeout = self.attempt_timeout.or(others.attempt_timeout);
        self.connect_timeout = self.connect_timeout.or(others.connect_timeout);
        self.protection = self.protection.or(others.protection);
        self.max_response_bytes = self.max_response_bytes.or(others.max_response_bytes);
        self.retry = self.retry.or(others.retry);
        self.base_url = self.base_url.or_else(|| others.base_url.clone());
        let own = std::mem::replace(&mut self.headers, others.headers.clone());
        self.headers.extend(own);
        self.refused = self.refused.or_else(|| others.refused.clone());
        self
    }

    pub(crate) fn limits(&self, clients: Limits) -> Limits {
        Limits {
            timeout: self.timeout.unwrap_or(clients.timeout),
            attempt_timeout: self.attempt_timeout.unwrap_or(clients.attempt_timeout),
            connect_timeout: self.connect_timeout.unwrap_or(clients.connect_timeout),
            protection: self.protection.unwrap_or(clients.protection),
            max_response_bytes: self.max_response_bytes.unwrap_or(clients.max_response_bytes),
            retry: self.retry.unwrap_or(clients.retry),
        }
    }

    pub(crate) fn own_base_url(&self) -> Option<&str> {
        self.base_url.as_deref()
    }

    pub(crate) fn headers(&self) -> Result<&HeaderMap, Error> {
        match &self.refused {
            Some(name) => Err(Error::invalid_argument(format!("`{}` cannot be sent as a header", name.escape_debug()))),
            None => Ok(&self.headers),
        }
    }
}

/// Marks every value as sensitive, because it may be a secret.
fn header(name: &str, value: &str) -> Option<(HeaderName, HeaderValue)> {
    // Servers remove white space around values (RFC 9110, section 5.5).
    if value.trim_matches([' ', '\t']) != value {
        return None;
    }
    let name = HeaderName::try_from(name).ok()?;
    let mut value = HeaderValue::try_from(value).ok()?;
    value.set_sensitive(true);
    // The macro ignores header parameters with the same names.
    let is_framing = [CONNECTION, CONTENT_LENGTH, HOST, TE, TRAILER, TRANSFER_ENCODING, UPGRADE].contains(&name);
    (!is_framing).then_some((name, value))
}

/// Omits headers and the base URL, which may contain secrets.
impl fmt::Debug for CallOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CallOptions")
            .field("timeout", &self.timeout)
            .field("attempt_timeout", &self.attempt_timeout)
            .field("connect_timeout", &self.connect_timeout)
            .field("stalled_stream_protection", &self.protection)
            .field("max_response_bytes", &self.max_response_bytes)
            .field("retry", &self.retry)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
