//! Stalled-stream protection: when the transfer of a body is too slow.

use std::time::Duration;

/// When a body that is sent or received counts as stalled.
///
/// A transfer is stalled if it moves fewer bytes than the minimum throughput during a grace period. A call then fails
/// with [`ErrorKind::Timeout`](crate::ErrorKind::Timeout). By default, the minimum is 1 byte per second over 20
/// seconds, as in the AWS SDKs. So a transfer fails only if it moves fewer than 20 bytes in 20 seconds.
///
/// The protection applies to:
/// - request bodies that are a stream or larger than 64 KiB. A source that yields its chunks too slowly counts, too;
/// - the bodies of successful responses, and the [`ByteStream`](crate::ByteStream)s of downloads. Time in which your
///   program does not read does not count.
///
/// While the protection watches a body, [`attempt_timeout`](crate::ClientBuilder::attempt_timeout) does not end the
/// attempt. [`timeout`](crate::ClientBuilder::timeout) always ends the call, however fast its bodies move.
///
/// The client sees when the operating system takes a part of a request body, not when the server gets it. After the
/// last part, the attempt therefore waits for the response for `attempt_timeout` and the grace period. Before that, an
/// upload can seem stalled although the server reads it, because the system's buffers hold megabytes, and take parts in
/// large steps. With the default, an upload over loopback failed at 40 KB per second, and succeeded at 150. For servers
/// that read slowly, increase the grace period.
///
/// ```
/// use std::time::Duration;
///
/// use frontline::{Client, StalledStreamProtection};
///
/// let protection = StalledStreamProtection::new().minimum_throughput(1000).grace_period(Duration::from_secs(5));
/// let client = Client::builder().stalled_stream_protection(protection).build()?;
/// # Ok::<(), frontline::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StalledStreamProtection {
    is_on: bool,
    minimum: u64,
    pub(super) grace: Duration,
}

impl StalledStreamProtection {
    /// Creates the default protection: at least 1 byte per second, over 20 seconds.
    #[must_use]
    pub const fn new() -> Self {
        Self { is_on: true, minimum: 1, grace: Duration::from_secs(20) }
    }

    /// Turns the protection off.
    ///
    /// [`attempt_timeout`](crate::ClientBuilder::attempt_timeout) then limits an attempt including its bodies. The
    /// [`ByteStream`](crate::ByteStream) of a download has no time limit: a server can keep it open forever.
    #[must_use]
    pub const fn disabled() -> Self {
        Self { is_on: false, ..Self::new() }
    }

    /// Sets the minimum throughput, in bytes per second. Default: 1.
    ///
    /// 0 has the same effect as the smallest minimum: a single byte in each grace period.
    #[must_use]
    pub const fn minimum_throughput(mut self, bytes_per_second: u64) -> Self {
        self.minimum = bytes_per_second;
        self
    }

    /// Sets how long a transfer may be slower than the minimum throughput. Default: 20 seconds.
    #[must_use]
    pub const fn grace_period(mut self, grace: Duration) -> Self {
        self.grace = grace;
        self
    }

    pub(super) fn pace(self) -> Option<Pace> {
        let bytes = u128::from(self.minimum).saturating_mul(self.grace.as_millis()) / 1000;
        self.is_on.then(|| Pace::new(self.grace, u64::try_from(bytes).unwrap_or(u64::MAX)))
    }
}

impl Default for StalledStreamProtection {
    fn default() -> Self {
        Self::new()
    }
}

/// Measures a transfer, in periods of waiting that end once enough bytes have moved.
#[derive(Clone, Copy)]
pub(super) struct Pace {
    grace: Duration,
    /// The number of bytes that must move in a period.
    enough: u64,
    waited: Duration,
    moved: u64,
}

impl Pace {
    fn new(grace: Duration, enough: u64) -> Self {
        Self { grace, enough: enough.max(1), waited: Duration::ZERO, moved: 0 }
    }

    /// Limits only how long no byte arrives, for streams that may be slow.
    pub(super) fn idle(limit: Duration) -> Self {
        Self::new(limit, 1)
    }

    /// Returns how much longer the transfer may wait before it is stalled.
    pub(super) fn left(&self) -> Duration {
        self.grace.saturating_sub(self.waited)
    }

    pub(super) fn record(&mut self, waited: Duration, bytes: usize) {
        self.waited = self.waited.saturating_add(waited);
        self.moved = self.moved.saturating_add(bytes as u64);
        if self.moved >= self.enough {
            (self.waited, self.moved) = (Duration::ZERO, 0);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    #[test]
    fn a_transfer_may_pause_for_the_grace_period_and_has_to_reach_the_minimum_in_it() {
        let mut pace = StalledStreamProtection::new().minimum_throughput(10).pace().unwrap();
        pace.record(15 * SECOND, 199);
        assert_eq!(pace.left(), 5 * SECOND);
        pace.record(4 * SECOND, 1);
        assert_eq!(pace.left(), 20 * SECOND);
        pace.record(30 * SECOND, 0);
        assert_eq!(pace.left(), Duration::ZERO);
    }

    #[test]
    fn extreme_settings_neither_overflow_nor_allow_a_transfer_without_bytes() {
        let longest = StalledStreamProtection::new().grace_period(Duration::MAX).minimum_throughput(u64::MAX);
        let mut pace = longest.pace().unwrap();
        pace.record(Duration::MAX, usize::MAX);
        pace.record(Duration::MAX, 1);
        let mut pace = StalledStreamProtection::new().minimum_throughput(0).pace().unwrap();
        pace.record(SECOND, 0);
        assert_eq!(pace.left(), 19 * SECOND);
        assert!(StalledStreamProtection::disabled().pace().is_none());
    }
}
