//! The builder's methods for time limits, size limits and retries.

use std::time::Duration;

use super::ClientBuilder;
use crate::StalledStreamProtection;
use crate::client::{Api, Retry};

impl<C: Api> ClientBuilder<C> {
    /// Sets the time limit of a whole call: all attempts and the delays between them. Default: 30 seconds.
    ///
    /// Nothing extends this limit. Increase it for large uploads: in 30 seconds, a connection of 1 MB per second sends
    /// 30 MB. If the response body is a stream, the limit applies only until the response headers arrive.
    ///
    /// All limits depend on the runtime: a task that blocks its thread can delay them. A server can cause this over
    /// plain `http`, with a flood of informational responses (status 1xx). This crate does not limit their number, and
    /// hyper reads up to 50 MB of them at a time. That took 1 to 2 seconds in an optimized build, and up to 25 seconds
    /// in a build without optimization. Over `https`, the delay was less than 50 milliseconds.
    #[must_use]
    pub fn timeout(mut self, limit: Duration) -> Self {
        self.limits.timeout = limit;
        self
    }

    /// Sets the time limit of one attempt, from getting credentials to the headers of the response. Default: 10
    /// seconds.
    ///
    /// - The limit does not end an attempt while a body moves: the request body, if it is a stream or larger than 64
    ///   KiB, and the body of a successful response. For these, [`StalledStreamProtection`] applies.
    /// - After such a request body, the wait for the response may take the grace period longer, because the system may
    ///   still be sending the body.
    /// - The body of an unsuccessful response has a limit of 2 seconds. After that, the call continues with the part
    ///   that has arrived: the error has the response's status and headers.
    /// - In a stream of events or JSON values, the limit applies again to the wait for each chunk. A stream that is
    ///   silent for longer fails with [`ErrorKind::Timeout`](crate::ErrorKind::Timeout).
    #[must_use]
    pub fn attempt_timeout(mut self, limit: Duration) -> Self {
        self.limits.attempt_timeout = limit;
        self
    }

    /// Sets when a body that is sent or received counts as stalled.
    ///
    /// Default: [`StalledStreamProtection::new`], which requires 1 byte per second over 20 seconds.
    #[must_use]
    pub fn stalled_stream_protection(mut self, protection: StalledStreamProtection) -> Self {
        self.limits.protection = protection;
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
    /// - The decoded values may take 16 times this limit in memory, or the call fails with the same kind. Small JSON can
    ///   become large values: `{}` becomes a struct with an `Option` for each property.
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
