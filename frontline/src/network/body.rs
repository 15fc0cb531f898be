//! The body of a response, with its time limit.

use std::time::Duration;

use bytes::Bytes;
use tokio::time::{Instant, timeout};

use super::failure::failure;
use super::progress::Progress;
use super::stalled::Pace;
use crate::{Error, ErrorKind};

/// A response body that is read chunk by chunk.
pub(crate) struct Body {
    response: reqwest::Response,
    pace: Option<Pace>,
    progress: Progress,
}

impl Body {
    pub(crate) fn new(response: reqwest::Response, progress: Progress) -> Self {
        Self { response, pace: progress.pace(), progress }
    }

    /// Limits the wait for each chunk instead of the throughput.
    pub(crate) fn limit_idle_time(&mut self, limit: Duration) {
        self.pace = Some(Pace::idle(limit));
    }

    /// Reads the next chunk. Returns `None` at the end of the body.
    pub(crate) async fn chunk(&mut self) -> Result<Option<Bytes>, Error> {
        let _receiving = self.progress.receiving();
        let broken = |error| failure(error, &self.progress);
        let Some(pace) = &mut self.pace else { return self.response.chunk().await.map_err(broken) };
        let started = Instant::now();
        let chunk = timeout(pace.left(), self.response.chunk())
            .await
            .map_err(|_| Error::new(ErrorKind::Timeout, "the response body stalled"))?
            .map_err(broken)?;
        pace.record(started.elapsed(), chunk.as_ref().map_or(0, Bytes::len));
        Ok(chunk)
    }
}
