//! How much load a client may put on a server.

use std::time::Duration;

use tokio::sync::Semaphore;

use super::budget::Budget;
use crate::Error;

/// The options of the builder for the load on a server.
#[derive(Clone, Debug)]
pub(crate) struct Load {
    /// The number of requests, and the time in which they may start.
    pub(crate) rate: Option<(u32, Duration)>,
    pub(crate) concurrency: Option<usize>,
    pub(crate) retry_budget: u32,
}

impl Default for Load {
    fn default() -> Self {
        Self { rate: None, concurrency: None, retry_budget: Budget::DEFAULT }
    }
}

impl Load {
    /// Returns the time between two requests. It is zero without a rate limit.
    pub(crate) fn interval(&self) -> Result<Duration, Error> {
        const DAY: Duration = Duration::from_secs(24 * 60 * 60);
        match self.rate {
            None => Ok(Duration::ZERO),
            Some((requests, per)) if requests > 0 && (Duration::from_nanos(1)..=DAY).contains(&per) => {
                Ok(per / requests)
            }
            Some(_) => Err(Error::configuration(
                "the rate limit is invalid; expected at least one request, and a time of more than zero and at most a day",
            )),
        }
    }

    pub(crate) fn permits(&self) -> Result<Option<usize>, Error> {
        match self.concurrency {
            Some(0) => Err(Error::configuration("the concurrency limit is 0, so no request could be sent")),
            limit => Ok(limit.map(|limit| limit.min(Semaphore::MAX_PERMITS))),
        }
    }
}
