//! The builder's methods for the load on a server.

use std::time::Duration;

use super::ClientBuilder;
use crate::client::Api;

impl<C: Api> ClientBuilder<C> {
    /// Limits the rate of requests to `requests` per `per`. Default: no limit.
    ///
    /// The requests are spaced evenly: with `rate_limit(20, Duration::from_secs(1))`, one starts every 50 milliseconds.
    /// If one starts up to 10 milliseconds late, the next ones make up for it. Each attempt counts as a request.
    ///
    /// All calls of the client, its clones and the clients that `with` returns share the limit. They wait in order, and
    /// retries go first. The waiting time counts toward the time limit of the call, but not toward that of an attempt.
    /// A call that exceeds its time limit before its first attempt fails with
    /// [`ErrorKind::Timeout`](crate::ErrorKind::Timeout), and [`Error::attempts`](crate::Error::attempts) returns 0.
    ///
    /// The client adapts to a server that allows less. After a response with status 429, or 503 with a `Retry-After`
    /// header, it continues with 70 % of its current rate, but at least with 10 % of the limit. Responses to requests
    /// that were sent before the rate changed do not count. In each second without such a response, the rate rises by
    /// 10 % of the limit.
    ///
    /// [`Retry`](crate::Retry#pauses) describes how calls wait for the end of `Retry-After`, with or without this
    /// limit. Calls that cannot wait that long are sent at once, regardless of the rate.
    ///
    /// [`build`](Self::build) fails if `requests` is 0, or if `per` is zero or longer than a day.
    #[must_use]
    pub fn rate_limit(mut self, requests: u32, per: Duration) -> Self {
        self.load.rate = Some((requests, per));
        self
    }

    /// Limits how many requests the client makes at the same time, which also limits the number of connections with
    /// HTTP/1.1. Default: no limit.
    ///
    /// A request counts until its response has arrived, or if the response body is a stream, until you drop the stream.
    /// All calls of the client, its clones and the clients that `with` returns share the limit. Further calls wait in
    /// order, and retries go first, as with [`rate_limit`](Self::rate_limit).
    ///
    /// A middleware should not make calls with the same client, because calls could then wait for each other until their
    /// time limits end.
    ///
    /// The number of open connections can exceed the limit for a short time, because the connection of a request that
    /// has just ended may not be available yet.
    ///
    /// [`build`](Self::build) fails if `requests` is 0.
    #[must_use]
    pub fn concurrency_limit(mut self, requests: usize) -> Self {
        self.load.concurrency = Some(requests);
        self
    }

    /// Sets the size of the retry budget, in tokens. Default: 500.
    ///
    /// [`Retry`](crate::Retry#budget) describes what retries cost. With 0, calls are retried only after a response that
    /// says when to come back. With `u32::MAX`, the budget has no effect in practice.
    #[must_use]
    pub fn retry_budget(mut self, tokens: u32) -> Self {
        self.load.retry_budget = tokens;
        self
    }
}
