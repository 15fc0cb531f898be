//! What a call can have of its own.

use std::fmt;
use std::time::Duration;

use http::header::{
    CONNECTION, CONTENT_LENGTH, HOST, HeaderMap, HeaderName, HeaderValue, TE, TRAILER, TRANSFER_ENCODING, UPGRADE,
};

use crate::{Error, Retry};

/// The limits of a call.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    pub(crate) timeout: Duration,
    pub(crate) attempt_timeout: Duration,
    pub(crate) connect_timeout: Duration,
    pub(crate) max_response_bytes: usize,
    pub(crate) retry: Retry,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            timeout: Duration::from_secs(30),
            attempt_timeout: Duration::from_secs(10),
            connect_timeout: Duration::from_secs(3),
            max_response_bytes: 64 << 20,
            retry: Retry::new(),
        }
    }
}

/// What some calls do otherwise than their client: `client.with(options)` is a view of the client with it.
///
/// What is not set here stays as the client's [builder](crate::ClientBuilder) set it.
///
/// ```
/// use std::time::Duration;
///
/// use frontline::{CallOptions, Client, Retry, UpdateUserRequest};
///
/// # async fn example(client: &Client) -> Result<(), frontline::Error> {
/// let patient = client.with(CallOptions::new().timeout(Duration::from_secs(60)).retry(Retry::new().attempts(5)));
/// patient.update_user("ada@example.com", &UpdateUserRequest::new().is_available(true)).await?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Default)]
pub struct CallOptions {
    timeout: Option<Duration>,
    attempt_timeout: Option<Duration>,
    connect_timeout: Option<Duration>,
    max_response_bytes: Option<usize>,
    retry: Option<Retry>,
    base_url: Option<String>,
    headers: HeaderMap,
    /// The name of the first header that cannot be sent.
    refused: Option<String>,
}

impl CallOptions {
    /// Nothing else than the client does.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// As [`ClientBuilder::timeout`](crate::ClientBuilder::timeout).
    #[must_use]
    pub fn timeout(mut self, limit: Duration) -> Self {
        self.timeout = Some(limit);
        self
    }

    /// As [`ClientBuilder::attempt_timeout`](crate::ClientBuilder::attempt_timeout).
    #[must_use]
    pub fn attempt_timeout(mut self, limit: Duration) -> Self {
        self.attempt_timeout = Some(limit);
        self
    }

    /// As [`ClientBuilder::connect_timeout`](crate::ClientBuilder::connect_timeout). It says nothing of a connection
    /// that another call is waiting for.
    #[must_use]
    pub fn connect_timeout(mut self, limit: Duration) -> Self {
        self.connect_timeout = Some(limit);
        self
    }

    /// As [`ClientBuilder::max_response_bytes`](crate::ClientBuilder::max_response_bytes).
    #[must_use]
    pub fn max_response_bytes(mut self, limit: usize) -> Self {
        self.max_response_bytes = Some(limit);
        self
    }

    /// As [`ClientBuilder::retry`](crate::ClientBuilder::retry).
    #[must_use]
    pub fn retry(mut self, retry: Retry) -> Self {
        self.retry = Some(retry);
        self
    }

    /// As [`ClientBuilder::base_url`](crate::ClientBuilder::base_url). A call that is told one that is refused there
    /// fails with [`ErrorKind::Configuration`](crate::ErrorKind::Configuration).
    #[must_use]
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base_url = Some(url.into());
        self
    }

    /// A header to send; it replaces one of the same name that the operation or the client sends.
    ///
    /// With one that cannot be sent, or that says where the message ends or goes (such as `Content-Length` and
    /// `Host`), calls fail with [`ErrorKind::InvalidArgument`](crate::ErrorKind::InvalidArgument).
    #[must_use]
    pub fn header(mut self, name: impl AsRef<str>, value: impl AsRef<str>) -> Self {
        match header(name.as_ref(), value.as_ref()) {
            Some((name, value)) => _ = self.headers.insert(name, value),
            None => _ = self.refused.get_or_insert(name.as_ref().to_owned()),
        }
        self
    }

    /// These options, and where they say nothing, those.
    pub(crate) fn or(mut self, others: &Self) -> Self {
        self.timeout = self.timeout.or(others.timeout);
        self.attempt_timeout = self.attempt_timeout.or(others.attempt_timeout);
        self.connect_timeout = self.connect_timeout.or(others.connect_timeout);
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

/// Values are shown nowhere: who sets a header may well set a secret.
fn header(name: &str, value: &str) -> Option<(HeaderName, HeaderValue)> {
    let name = HeaderName::try_from(name).ok()?;
    let mut value = HeaderValue::try_from(value).ok()?;
    value.set_sensitive(true);
    let is_framing = [CONNECTION, CONTENT_LENGTH, HOST, TE, TRAILER, TRANSFER_ENCODING, UPGRADE].contains(&name);
    (!is_framing).then_some((name, value))
}

/// Without headers and base URL.
impl fmt::Debug for CallOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CallOptions")
            .field("timeout", &self.timeout)
            .field("attempt_timeout", &self.attempt_timeout)
            .field("connect_timeout", &self.connect_timeout)
            .field("max_response_bytes", &self.max_response_bytes)
            .field("retry", &self.retry)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{CallOptions, Limits};
    use crate::Retry;

    #[test]
    fn what_is_set_last_goes_first() {
        let second = Duration::from_secs(1);
        let outer = CallOptions::new().timeout(second).retry(Retry::never()).header("a", "1").header("b", "1");
        let outer = outer.connect_timeout(second).attempt_timeout(3 * second).max_response_bytes(1);
        let inner = CallOptions::new().timeout(2 * second).base_url("x").header("B", "2").max_response_bytes(2);
        let both = inner.or(&outer);
        let limits = both.limits(Limits::default());
        assert_eq!((limits.timeout, limits.retry, limits.attempt_timeout), (2 * second, Retry::never(), 3 * second));
        assert_eq!((limits.connect_timeout, limits.max_response_bytes), (second, 2));
        // What nobody sets is the client's.
        assert_eq!(CallOptions::new().limits(Limits::default()).connect_timeout, 3 * second);
        assert_eq!(both.own_base_url(), Some("x"));
        let headers = both.headers().unwrap();
        assert_eq!((headers.len(), &headers["a"], &headers["b"]), (2, &"1".parse().unwrap(), &"2".parse().unwrap()));
    }

    #[test]
    fn headers_that_cannot_be_sent_are_told_without_their_value() {
        for (name, value) in [
            ("a b", "x"),
            ("", "x"),
            ("a", "secret\r\nB: 1"),
            ("Host", "secret"),
            ("content-length", "0"),
            ("Transfer-Encoding", "chunked"),
        ] {
            let options = CallOptions::new().header(name, value).header("c", "d");
            let error = CallOptions::new().or(&options).headers().unwrap_err();
            assert!(error.is_invalid_argument() && error.to_string().contains(name), "{error}");
            assert!(!error.to_string().contains("secret"));
        }
    }

    #[test]
    fn debug_holds_neither_headers_nor_url() {
        let options = CallOptions::new().header("a", "secret").base_url("https://u:secret@x.example");
        let debug = format!("{options:?} {:?}", options.headers());
        assert!(debug.contains("attempt_timeout") && !debug.contains("secret"), "{debug}");
    }
}
