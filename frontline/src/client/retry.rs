//! Which failures are retried, and after which pause.

use std::time::Duration;

use http::StatusCode;

use crate::{Error, ErrorKind};

/// Options for retries: how many attempts a call makes, and how long it waits between them.
///
/// # What is retried
///
/// With every HTTP method, a request is retried if:
/// - no connection could be established;
/// - the server refused the request before processing it (HTTP/2: RFC 9113, section 8.7);
/// - the status is 429;
/// - the status is 401, and the client used cached credentials instead of asking the
///   [`CredentialsProvider`](crate::CredentialsProvider) for this attempt. The retry asks the provider;
/// - the attempt exceeded its time limit while it waited for the provider. The retry continues to wait.
///
/// Only with idempotent HTTP methods (GET, HEAD, PUT, DELETE, OPTIONS and TRACE: RFC 9110, section 9.2.2), a request is
/// also retried if:
/// - the connection broke after it was established;
/// - the attempt exceeded its time limit;
/// - the status is 408, 500, 502, 503 or 504.
///
/// POST and PATCH are not idempotent, because a repeated request may take effect twice. They are retried all the same if the
/// document describes a header by which the service recognizes a repeated request (`Idempotency-Key`, or a header parameter with
/// `x-idempotency: true`). If your service can handle repeated requests in another way, call
/// [`assume_idempotent`](Self::assume_idempotent).
///
/// No other failure is retried. Requests whose body is a stream are never retried, because the stream can be read only
/// once.
///
/// # Backoff
///
/// Retries use exponential backoff with full jitter. The delay before the n-th retry is random. It is at most
/// min(`base` · 2ⁿ⁻¹, `max`). By default, `base` is 200 milliseconds and `max` is 10 seconds. So the first delay
/// is at most 200 milliseconds, and the second at most 400.
///
/// If the response has a `Retry-After` header that asks for a longer delay, the call waits that long, even if it is
/// longer than `max`. If the delay would end after the time limit of the call, the call does not wait, and returns the
/// error of the last attempt.
///
/// # Pauses
///
/// If a response with status 429 or 503 has a `Retry-After` header that is not 0, all calls of the client pause for that
/// time, whatever operation they call. This includes its clones and the clients that `with` returns. Calls that have
/// not made an attempt yet also wait. If the time limit of a call would end during the pause, the call does not wait: it
/// makes its first attempt at once, but no retry.
///
/// After the pause, the calls come back one after another, retries first. They spread over half of the time that the
/// server asked for, and at most over one second per call. A single call therefore waits up to half of that time
/// longer, or at most a second. Calls that begin meanwhile wait, too.
///
/// If different accounts or servers have limits of their own, build a client for each of them. To send fewer requests
/// in the first place, use [`ClientBuilder::rate_limit`](crate::ClientBuilder::rate_limit) and
/// [`ClientBuilder::concurrency_limit`](crate::ClientBuilder::concurrency_limit).
///
/// # Budget
///
/// Retries must not multiply the load on a server that is down. A client, its clones, and the clients that
/// `with` returns therefore share a budget of 500 tokens:
/// - A retry takes 10 tokens if the previous attempt timed out, and 5 otherwise. If too few tokens are left, the call
///   returns the error of the last attempt, and
///   [`Error::is_retry_budget_exhausted`](crate::Error::is_retry_budget_exhausted) returns `true`.
/// - A retry after a [pause](#pauses) takes no tokens.
/// - A retry that succeeds gives its tokens back. If you drop the future of a call during a retry, that retry's tokens
///   are given back too.
/// - A call whose first attempt succeeds adds 1 token, up to the maximum of 500.
///
/// A full budget allows 100 failed retries, or 50 if all of them follow timeouts.
/// [`ClientBuilder::retry_budget`](crate::ClientBuilder::retry_budget) sets its size.
///
/// # Example
///
/// ```
/// use std::time::Duration;
///
/// use frontline::{Client, Retry};
///
/// let retry = Retry::new().attempts(5).delays(Duration::from_millis(500), Duration::from_secs(20));
/// let client = Client::builder().retry(retry).build()?;
/// # Ok::<(), frontline::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Retry {
    attempts: u32,
    base: Duration,
    max: Duration,
    assume_idempotent: bool,
}

impl Retry {
    /// Creates the default options: up to 3 attempts, a `base` of 200 milliseconds and a `max` of 10 seconds.
    #[must_use]
    pub const fn new() -> Self {
        let (base, max) = (Duration::from_millis(200), Duration::from_secs(10));
        Self { attempts: 3, base, max, assume_idempotent: false }
    }

    /// Creates options that disable retries: a call makes one attempt.
    #[must_use]
    pub const fn never() -> Self {
        Self::new().attempts(1)
    }

    /// Sets the maximum number of attempts per call, including the first one. Default: 3.
    ///
    /// 0 has the same effect as 1.
    #[must_use]
    pub const fn attempts(mut self, attempts: u32) -> Self {
        self.attempts = attempts;
        self
    }

    /// Sets the upper bounds of the random delays. Default: 200 milliseconds and 10 seconds.
    ///
    /// The delay before the first retry is at most `base`. This bound doubles with each retry, up to `max`.
    #[must_use]
    pub const fn delays(mut self, base: Duration, max: Duration) -> Self {
        self.base = base;
        self.max = max;
        self
    }

    /// Treats every HTTP method as idempotent, including POST and PATCH. Default: off.
    ///
    /// Use it only if every operation that you call is safe to repeat. To use it for individual calls, see
    /// [`CallOptions::retry`](crate::CallOptions::retry).
    #[must_use]
    pub const fn assume_idempotent(mut self) -> Self {
        self.assume_idempotent = true;
        self
    }

    /// Returns whether another attempt may follow. `is_stale`: the provider may have other credentials then.
    pub(crate) fn allows(&self, is_idempotent: bool, error: &Error, is_stale: bool, attempts: u32) -> bool {
        let may_pass = error.may_pass() && (error.was_refused() || is_idempotent || self.assume_idempotent);
        attempts < self.attempts && (may_pass || is_stale)
    }

    /// Returns the pause after `attempts` attempts. `random` is from 0 to 1.
    pub(crate) fn delay(&self, error: &Error, attempts: u32, random: f64) -> Duration {
        let doubled = 2_u32.saturating_pow(attempts.saturating_sub(1));
        let longest = self.base.saturating_mul(doubled).min(self.max);
        let jittered = Duration::try_from_secs_f64(longest.as_secs_f64() * random).unwrap_or(longest);
        jittered.max(error.retry_after().unwrap_or_default())
    }
}

impl Default for Retry {
    fn default() -> Self {
        Self::new()
    }
}

impl Error {
    /// Whether the failure may be temporary.
    fn may_pass(&self) -> bool {
        match self.kind() {
            ErrorKind::NotSent | ErrorKind::Connection | ErrorKind::Timeout => true,
            ErrorKind::Status => {
                matches!(self.status().map_or(0, |status| status.as_u16()), 408 | 429 | 500 | 502..=504)
            }
            _ => false,
        }
    }

    /// Returns how long a refusal (429 or 503) asks the client to stay away: gRPC calls this pushback.
    pub(super) fn pushback(&self) -> Option<Duration> {
        let refused = [StatusCode::TOO_MANY_REQUESTS, StatusCode::SERVICE_UNAVAILABLE].map(Some);
        self.retry_after().filter(|wait| self.is_status() && refused.contains(&self.status()) && !wait.is_zero())
    }

    /// Whether the server certainly did not process the request.
    fn was_refused(&self) -> bool {
        self.kind() == ErrorKind::NotSent || self.status() == Some(StatusCode::TOO_MANY_REQUESTS)
    }
}

#[cfg(test)]
mod tests;
