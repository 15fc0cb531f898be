//! Whether, and when, a call is tried again.

use std::time::Duration;

use http::{Method, StatusCode};

use crate::{Error, ErrorKind};

/// How often and when a call is tried again.
///
/// Tried again are, as long as there are attempts, time and budget left:
/// - for every method: what was never sent (no connection could be made), 429, and 401 where a
///   [`CredentialsProvider`](crate::CredentialsProvider) may have something newer;
/// - for methods that do no more when they are repeated (GET, HEAD, PUT, DELETE, OPTIONS, TRACE: RFC 9110, section
///   9.2.2): connections that broke, attempts that took too long, and 408, 500, 502, 503 and 504. For the others,
///   POST and PATCH, see [`assume_idempotent`](Self::assume_idempotent).
///
/// Before the n-th repetition passes a random time up to `base` · 2ⁿ⁻¹ and up to `max`, but at least what the server
/// asked for by `Retry-After`. Where that lies behind the limit of the whole call, it fails at once.
///
/// A client, with its clones, has a budget of 500 for repetitions: one costs 5, or 10 after a timeout. One that
/// succeeds gives back what it cost, and a first attempt that succeeds gives 1. So a server that is down does not get
/// a multiple of its load.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Retry {
    attempts: u32,
    base: Duration,
    max: Duration,
    assume_idempotent: bool,
}

impl Retry {
    /// 3 attempts, 200 milliseconds to 10 seconds apart.
    #[must_use]
    pub const fn new() -> Self {
        let (base, max) = (Duration::from_millis(200), Duration::from_secs(10));
        Self { attempts: 3, base, max, assume_idempotent: false }
    }

    /// One attempt.
    #[must_use]
    pub const fn never() -> Self {
        Self::new().attempts(1)
    }

    /// How many attempts there are at most, the first one among them; 0 counts as 1. Default: 3.
    #[must_use]
    pub const fn attempts(mut self, attempts: u32) -> Self {
        self.attempts = attempts;
        self
    }

    /// The longest time before the first repetition, and before any. Default: 200 milliseconds and 10 seconds.
    #[must_use]
    pub const fn delays(mut self, base: Duration, max: Duration) -> Self {
        self.base = base;
        self.max = max;
        self
    }

    /// The operations do no more when they are repeated, whatever their method.
    #[must_use]
    pub const fn assume_idempotent(mut self) -> Self {
        self.assume_idempotent = true;
        self
    }

    /// `is_stale`: other credentials may help.
    pub(crate) fn allows(&self, method: &Method, error: &Error, is_stale: bool, attempts: u32) -> bool {
        let may_pass = error.may_pass() && (error.was_refused() || self.is_idempotent(method));
        attempts < self.attempts && (may_pass || is_stale)
    }

    fn is_idempotent(&self, method: &Method) -> bool {
        self.assume_idempotent || method.is_idempotent()
    }

    /// How long to wait after so many attempts; `random` is from 0 to 1.
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
    /// Another attempt may go better.
    fn may_pass(&self) -> bool {
        match self.kind() {
            ErrorKind::NotSent | ErrorKind::Connection | ErrorKind::Timeout => true,
            ErrorKind::Status => {
                matches!(self.status().map_or(0, |status| status.as_u16()), 408 | 429 | 500 | 502..=504)
            }
            _ => false,
        }
    }

    /// The server has certainly not acted on the request.
    fn was_refused(&self) -> bool {
        self.kind() == ErrorKind::NotSent || self.status() == Some(StatusCode::TOO_MANY_REQUESTS)
    }
}

#[cfg(test)]
mod tests;
