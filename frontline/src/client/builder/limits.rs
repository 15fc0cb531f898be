//! The builder's methods for time limits, size limits and retries.

use std::time::Duration;

use super::ClientBuilder;
use crate::client::{Api, Retry};

impl<C: Api> ClientBuilder<C> {
    /// Sets the time limit of a whole call: all attempts and the delays between them. Default: 30 seconds.
    ///
    /// - If the request body is a stream or is larger than 64 KiB, the timer restarts each time a part of the body is
    ///   sent. Such a call can therefore take longer than the limit.
    /// - If the response body is a stream, the limit applies only until the response headers arrive.
    #[must_use]
    pub fn timeout(mut self, limit: Duration) -> Self {
        self.limits.timeout = limit;
        self
    }

    /// Sets the time limit of one attempt, from getting credentials to the end of the response. Default: 10 seconds.
    ///
    /// - If the request body is a stream or is larger than 64 KiB, the timer restarts each time a part of the body is
    ///   sent.
    /// - If the response body is a stream, the limit applies until the response headers arrive, and then to the wait
    ///   for each chunk. A stream that is idle for longer fails with [`ErrorKind::Timeout`](crate::ErrorKind::Timeout).
    #[must_use]
    pub fn attempt_timeout(mut self, limit: Duration) -> Self {
        self.limits.attempt_timeout = limit;
        self
    }

    /// Sets the time limit for connecting: DNS lookup, TCP and TLS. Default: 3 seconds.
    ///
    /// This option has no effect if you set your own `reqwest::Client`.
    #[must_use]
    pub fn connect_timeout(mut self, limit: Duration) -> Self {
        self.limits.connect_timeout = limit;
        self
    }

    /// Sets the maximum size of a response body, in bytes. Default: 64 MiB.
    ///
    /// A call whose response is larger fails with [`ErrorKind::BodyTooLarge`](crate::ErrorKind::BodyTooLarge).
    ///
    /// - In a stream of events or JSON values, the limit applies to each event or value.
    /// - The limit does not apply to a [`ByteStream`](crate::ByteStream).
    /// - If the response is unsuccessful, only the first 64 KiB of its body are read, whatever the limit is.
    #[must_use]
    pub fn max_response_bytes(mut self, limit: usize) -> Self {
        self.limits.max_response_bytes = limit;
        self
    }

    /// Sets how many times a call is retried, and how long it waits before each retry.
    ///
    /// Default: [`Retry::new`], which makes up to three attempts.
    #[must_use]
    pub fn retry(mut self, retry: Retry) -> Self {
        self.limits.retry = retry;
        self
    }
}
