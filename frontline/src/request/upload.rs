//! Uploads: sending request bodies and tracking their progress.

use std::pin::Pin;
use std::sync::{Mutex, PoisonError};
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};

use crate::network::Progress;
use crate::{ByteStream, Error};

/// A larger body counts as an upload: it has no time limit while it makes progress.
const UPLOAD_BYTES: usize = 64 << 10;

/// `may_repeat`: whether the HTTP client may send a small body again by itself, for example after a redirect.
pub(crate) fn body(bytes: Bytes, progress: &Progress, may_repeat: bool) -> reqwest::Body {
    if bytes.len() > UPLOAD_BYTES {
        stream(bytes.into(), progress)
    } else if may_repeat {
        bytes.into()
    } else {
        reqwest::Body::wrap(Small { bytes: Some(bytes), progress: progress.clone() })
    }
}

pub(crate) fn stream(stream: ByteStream, progress: &Progress) -> reqwest::Body {
    let left = stream.len();
    reqwest::Body::wrap(Upload { stream: Mutex::new(stream), rest: Bytes::new(), left, progress: progress.clone() })
}

/// A body that records when the connection starts to read it. It has to be read even if it is empty.
struct Small {
    bytes: Option<Bytes>,
    progress: Progress,
}

impl Body for Small {
    type Data = Bytes;
    type Error = Error;

    fn poll_frame(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Error>>> {
        self.progress.start_body();
        let bytes = self.bytes.take().filter(|bytes| !bytes.is_empty());
        Poll::Ready(bytes.map(|bytes| Ok(Frame::data(bytes))))
    }

    fn is_end_stream(&self) -> bool {
        self.bytes.is_none()
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.bytes.as_ref().map_or(0, Bytes::len) as u64)
    }
}

/// A body that records its progress when the connection takes a part.
struct Upload {
    /// reqwest requires bodies to be `Sync`. The mutex is never locked.
    stream: Mutex<ByteStream>,
    /// The bytes that the stream has yielded, and the connection has not taken.
    rest: Bytes,
    /// The number of bytes that the connection has not taken, if it is known.
    left: Option<u64>,
    progress: Progress,
}

impl Upload {
    fn poll_part(&mut self, context: &mut Context<'_>) -> Poll<Result<Option<Bytes>, Error>> {
        let stream = self.stream.get_mut().unwrap_or_else(PoisonError::into_inner);
        while self.rest.is_empty() {
            match ready!(stream.poll_chunk(context)?) {
                Some(chunk) => self.rest = chunk,
                None => return Poll::Ready(Ok(None)),
            }
        }
        let size = self.rest.len().min(UPLOAD_BYTES);
        if self.left == Some(size as u64) {
            // hyper does not poll again after the last part. If the stream is too long, it has to fail before that.
            while ready!(stream.poll_chunk(context)?).is_some() {}
        }
        Poll::Ready(Ok(Some(self.rest.split_to(size))))
    }
}

impl Body for Upload {
    type Data = Bytes;
    type Error = Error;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Error>>> {
        self.progress.start_body();
        // The connection requests more data only after it has sent the previous data.
        self.progress.sending(0);
        let part = ready!(self.poll_part(context))?;
        let size = part.as_ref().map_or(0, Bytes::len);
        self.progress.sending(size);
        self.left = self.left.map(|left| left.saturating_sub(size as u64));
        if part.is_none() || self.left == Some(0) {
            self.progress.sent();
        }
        Poll::Ready(part.map(|part| Ok(Frame::data(part))))
    }

    fn size_hint(&self) -> SizeHint {
        self.left.map_or_else(SizeHint::default, SizeHint::with_exact)
    }
}
