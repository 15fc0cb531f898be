//! The builder's methods for time, size and retries.

use std::time::Duration;

use super::ClientBuilder;
use crate::client::{Api, Retry};

impl<C: Api> ClientBuilder<C> {
    /// Limits the time of a whole call: all attempts and the pauses between them. Default: 30 seconds.
    #[must_use]
    pub fn timeout(mut self, limit: Duration) -> Self {
        self.limits.timeout = limit;
        self
    }

    /// Limits the time of one attempt, from getting credentials and a connection to the end of the response.
    /// Default: 10 seconds.
    #[must_use]
    pub fn attempt_timeout(mut self, limit: Duration) -> Self {
        self.limits.attempt_timeout = limit;
        self
    }

    /// Limits the time to connect: name lookup, TCP and TLS. Default: 3 seconds.
    #[must_use]
    pub fn connect_timeout(mut self, limit: Duration) -> Self {
        self.limits.connect_timeout = limit;
        self
    }

    /// Limits the size of a response body, in bytes. Default: 64 MiB.
    ///
    /// Of an unsuccessful response, only the first 64 KiB of the body are read, whatever the limit.
    #[must_use]
    pub fn max_response_bytes(mut self, limit: usize) -> Self {
        self.limits.max_response_bytes = limit;
        self
    }

    /// Sets when a failed call is retried, and how often. Default: [`Retry::new`].
    #[must_use]
    pub fn retry(mut self, retry: Retry) -> Self {
        self.limits.retry = retry;
        self
    }
}
