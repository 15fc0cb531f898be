//! The body of a response, with its time limit.

use std::time::Duration;

use bytes::Bytes;
use http::{Method, StatusCode};
use tokio::time::{Instant, timeout};

use super::failure::failure;
use super::progress::Progress;
use super::stalled::Pace;
use crate::{Error, ErrorKind};

/// A response body that is read chunk by chunk.
pub(crate) struct Body {
    response: reqwest::Response,
    /// Whether the response has content: the length of others is that of another response (RFC 9110, section 8.6).
    has_content: bool,
    pace: Option<Pace>,
    progress: Progress,
}

impl Body {
    /// `method` is that of the request.
    pub(crate) fn new(method: &Method, response: reqwest::Response, progress: Progress) -> Self {
        let is_empty = matches!(response.status(), StatusCode::NO_CONTENT | StatusCode::NOT_MODIFIED);
        let has_content = method != Method::HEAD && !is_empty;
        Self { response, has_content, pace: progress.pace(), progress }
    }

    /// Limits the wait for each chunk instead of the throughput.
    pub(crate) fn limit_idle_time(&mut self, limit: Duration) {
        self.pace = Some(Pace::idle(limit));
    }

    /// Reads the next chunk. Returns `None` at the end of the body.
    pub(crate) async fn chunk(&mut self) -> Result<Option<Bytes>, Error> {
        let _receiving = self.progress.receiving();
        let broken = |error| failure(error, &self.progress);
        let Some(pace) = &mut self.pace else {
            let chunk = self.response.chunk().await.map_err(broken)?;
            return self.complete(chunk);
        };
        let started = Instant::now();
        let chunk = timeout(pace.left(), self.response.chunk())
            .await
            .map_err(|_| Error::new(ErrorKind::Timeout, "the response body stalled"))?
            .map_err(broken)?;
        pace.record(started.elapsed(), chunk.as_ref().map_or(0, Bytes::len));
        self.complete(chunk)
    }

    /// Fails if the body ends too early. hyper does not notice it if the server cancels an HTTP/2 stream without an
    /// error.
    fn complete(&self, chunk: Option<Bytes>) -> Result<Option<Bytes>, Error> {
        let left = self.response.content_length().filter(|_| self.has_content && chunk.is_none());
        if left.is_some_and(|left| left > 0) {
            return Err(Error::new(ErrorKind::Connection, "the response body is shorter than its `Content-Length`"));
        }
        Ok(chunk)
    }
}
