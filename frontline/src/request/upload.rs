//! Uploads: sending request bodies and tracking their progress.

use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};
use tokio::time::Instant;

use crate::{ByteStream, Error};

/// A larger body counts as an upload: its time limits start anew whenever it makes progress.
const UPLOAD_BYTES: usize = 64 << 10;

pub(crate) fn body(bytes: Bytes, progress: &Progress) -> reqwest::Body {
    if bytes.len() > UPLOAD_BYTES { stream(bytes.into(), progress) } else { bytes.into() }
}

pub(crate) fn stream(stream: ByteStream, progress: &Progress) -> reqwest::Body {
    let length = stream.len();
    reqwest::Body::wrap(Upload { stream: Mutex::new(stream), rest: Bytes::new(), length, progress: progress.clone() })
}

/// The time at which a call last made progress with an upload. Initially the start of the call.
#[derive(Clone)]
pub(crate) struct Progress(Arc<Mutex<Instant>>);

impl Progress {
    pub(crate) fn new() -> Self {
        Self(Arc::new(Mutex::new(Instant::now())))
    }

    pub(crate) fn last(&self) -> Instant {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn advance(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Instant::now();
    }
}

/// A body that records its progress when the connection takes a chunk.
struct Upload {
    /// reqwest requires bodies to be `Sync`. The mutex is never locked.
    stream: Mutex<ByteStream>,
    /// The part of the current chunk that has not been sent.
    rest: Bytes,
    length: Option<u64>,
    progress: Progress,
}

impl Body for Upload {
    type Data = Bytes;
    type Error = Error;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Error>>> {
        let this = &mut *self;
        while this.rest.is_empty() {
            let stream = this.stream.get_mut().unwrap_or_else(PoisonError::into_inner);
            match ready!(stream.poll_chunk(context)).transpose()? {
                Some(chunk) => this.rest = chunk,
                None => return Poll::Ready(None),
            }
        }
        // The connection requests more data only after it has sent the previous data.
        this.progress.advance();
        let part = this.rest.split_to(this.rest.len().min(UPLOAD_BYTES));
        Poll::Ready(Some(Ok(Frame::data(part))))
    }

    fn size_hint(&self) -> SizeHint {
        self.length.map_or_else(SizeHint::default, SizeHint::with_exact)
    }
}
