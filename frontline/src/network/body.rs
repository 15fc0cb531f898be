//! The body of a response, with its time limit.

use std::future::poll_fn;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use bytes::Bytes;
use http::{Method, StatusCode, Version, response};
use http_body::Body as _;
use tokio::time::{Instant, timeout};

use super::Connections;
use super::failure::failure;
#[cfg(feature = "gzip")]
use super::gzip::Gzip;
use super::progress::Progress;
use super::stalled::Pace;
use crate::{Error, ErrorKind};

/// Whether reqwest's bodies tell that their HTTP/2 stream has ended. They do not if another crate enables one of
/// reqwest's features for compression. So a missing end means nothing before the first end that was told.
static ENDS_ARE_TOLD: AtomicBool = AtomicBool::new(false);

/// A response body that is read chunk by chunk.
pub(crate) struct Body {
    inner: reqwest::Body,
    /// Whether the response has content: the length of others is that of another response (RFC 9110, section 8.6).
    has_content: bool,
    /// Whether the body is complete only if its HTTP/2 stream has ended.
    needs_end: bool,
    /// Whether its HTTP/2 stream has ended.
    has_ended: bool,
    #[cfg(feature = "gzip")]
    gzip: Option<Gzip>,
    pace: Option<Pace>,
    progress: Progress,
}

impl Body {
    /// `method` is that of the request. If the body is going to be decompressed, removes the headers in `head` that
    /// describe its compressed form.
    pub(crate) fn new(
        connections: &Connections,
        method: &Method,
        head: &mut response::Parts,
        body: reqwest::Body,
        progress: Progress,
    ) -> Self {
        let is_empty = matches!(head.status, StatusCode::NO_CONTENT | StatusCode::NOT_MODIFIED);
        let has_content = method != Method::HEAD && !is_empty;
        Self {
            inner: body,
            has_content,
            // A `reqwest::Client` of the user may decompress the body, and then tells no end.
            needs_end: has_content && head.version == Version::HTTP_2 && connections.are_ours(),
            has_ended: false,
            #[cfg(feature = "gzip")]
            gzip: if has_content && connections.gzip() { Gzip::new(&mut head.headers) } else { None },
            pace: progress.pace(),
            progress,
        }
    }

    /// Limits the wait for each chunk instead of the throughput.
    pub(crate) fn limit_idle_time(&mut self, limit: Duration) {
        self.pace = Some(Pace::idle(limit));
    }

    /// Reads the next chunk. Returns `None` at the end of the body.
    pub(crate) async fn chunk(&mut self) -> Result<Option<Bytes>, Error> {
        #[cfg(feature = "gzip")]
        while let Some(gzip) = &mut self.gzip {
            // Without a pause, a chunk that takes many steps would delay time limits.
            tokio::task::yield_now().await;
            if let Some(part) = gzip.step()? {
                return Ok(Some(part).filter(|part| !part.is_empty()));
            }
            if gzip.needs_chunk() {
                let chunk = self.received().await?;
                if let Some(gzip) = &mut self.gzip {
                    gzip.push(chunk);
                }
            }
        }
        self.received().await
    }

    /// Receives the next chunk, which may be compressed.
    async fn received(&mut self) -> Result<Option<Bytes>, Error> {
        let receiving = self.progress.receiving();
        let chunk = match &mut self.pace {
            None => data(&mut self.inner).await,
            Some(pace) => {
                let started = Instant::now();
                let chunk = timeout(pace.left(), data(&mut self.inner))
                    .await
                    .map_err(|_| Error::new(ErrorKind::Timeout, "the response body stalled"))?;
                pace.record(started.elapsed(), chunk.iter().flatten().map(Bytes::len).sum());
                chunk
            }
        };
        drop(receiving);
        let chunk = chunk.map_err(|error| failure(error, &self.progress))?;
        self.check(chunk.is_some())?;
        Ok(chunk)
    }

    /// Fails if the body ends too early. hyper does not notice it if the server cancels an HTTP/2 stream without an
    /// error.
    fn check(&mut self, has_chunk: bool) -> Result<(), Error> {
        // The connection may break between this chunk and the end, which would hide that the stream has ended.
        self.has_ended |= self.inner.is_end_stream();
        if self.needs_end && self.has_ended {
            ENDS_ARE_TOLD.store(true, Ordering::Relaxed);
        }
        if has_chunk || !self.has_content {
            return Ok(());
        }
        let what = if self.inner.size_hint().exact().is_some_and(|left| left > 0) {
            "the response body is shorter than its `Content-Length`"
        } else if self.needs_end && !self.has_ended && ENDS_ARE_TOLD.load(Ordering::Relaxed) {
            "the server canceled the response body before its end"
        } else {
            return Ok(());
        };
        Err(Error::new(ErrorKind::Connection, what))
    }
}

/// Receives the next chunk. Trailers are ignored.
async fn data(body: &mut reqwest::Body) -> Result<Option<Bytes>, reqwest::Error> {
    while let Some(frame) = poll_fn(|context| Pin::new(&mut *body).poll_frame(context)).await {
        if let Ok(data) = frame?.into_data() {
            return Ok(Some(data));
        }
    }
    Ok(None)
}
