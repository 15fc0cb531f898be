//! Request and response bodies that need not be in memory all at once.

use std::error::Error as StdError;
use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::{Bytes, BytesMut};
use futures_core::Stream;

use crate::error::{Error, ErrorKind, Origin};

type Source = Pin<Box<dyn Stream<Item = Result<Bytes, Error>> + Send>>;

/// The bytes of an upload or a download: all of them in memory, or a stream of chunks.
///
/// Chunks are consumed as they are read. A call that uploads a stream is therefore never retried.
///
/// A `ByteStream` implements [`Stream`]. [`next_chunk`](Self::next_chunk) and [`collect`](Self::collect) work without
/// a crate for streams.
///
/// ```
/// use frontline::ByteStream;
///
/// let all = ByteStream::from("all at once");
/// let length = all.len();
/// # assert_eq!(length, Some(11));
/// ```
#[must_use = "a stream does nothing until it is read"]
pub struct ByteStream(Inner);

enum Inner {
    Whole(Bytes),
    Chunks { source: Source, length: Option<u64>, read: u64, origin: Option<Origin> },
}

impl ByteStream {
    /// Creates a `ByteStream` from a stream of chunks, for example one that reads a file.
    ///
    /// If the stream yields an error, the call fails with [`ErrorKind::Connection`]. The stream's error is among the
    /// [sources](StdError::source) of the call's error.
    ///
    /// The bytes are sent with chunked transfer coding (RFC 9112, section 7.1), unless [`of_length`](Self::of_length)
    /// sets their number.
    pub fn new<S, B, E>(stream: S) -> Self
    where
        S: Stream<Item = Result<B, E>> + Send + 'static,
        B: Into<Bytes>,
        E: Into<Box<dyn StdError + Send + Sync>>,
    {
        Self(Inner::Chunks { source: Box::pin(Upload(Box::pin(stream))), length: None, read: 0, origin: None })
    }

    /// Creates the body of a response. `origin` is added to each error.
    pub(crate) fn download(chunks: impl Stream<Item = Result<Bytes, Error>> + Send + 'static, origin: Origin) -> Self {
        Self(Inner::Chunks { source: Box::pin(chunks), length: None, read: 0, origin: Some(origin) })
    }

    /// Sets the number of bytes in the stream, which becomes the header `Content-Length`.
    ///
    /// If the stream yields more or fewer bytes, the call fails with [`ErrorKind::Connection`], and the server does not
    /// get the end of the body. Bytes that are in memory keep their own length.
    pub fn of_length(mut self, bytes: u64) -> Self {
        if let Inner::Chunks { length, .. } = &mut self.0 {
            *length = Some(bytes);
        }
        self
    }

    /// Returns the number of bytes, if it is known.
    #[must_use]
    #[allow(clippy::len_without_is_empty, reason = "whether a stream is empty is only known once it is read")]
    pub fn len(&self) -> Option<u64> {
        match &self.0 {
            Inner::Whole(bytes) => Some(bytes.len() as u64),
            Inner::Chunks { length, .. } => *length,
        }
    }

    pub(crate) fn whole(&self) -> Option<&Bytes> {
        match &self.0 {
            Inner::Whole(bytes) => Some(bytes),
            Inner::Chunks { .. } => None,
        }
    }

    /// Reads the next chunk. Returns `None` after the last one.
    ///
    /// A download as a whole has no time limit. [`StalledStreamProtection`](crate::StalledStreamProtection) ends it if
    /// it is too slow: by default, if fewer than 20 bytes arrive in 20 seconds.
    ///
    /// # Errors
    ///
    /// - Returns [`ErrorKind::Timeout`] if a download stalls.
    /// - Returns [`ErrorKind::Connection`] if the connection breaks, or the stream given to [`new`](Self::new) yields
    ///   an error or not as many bytes as [`of_length`](Self::of_length) says.
    /// - Returns [`ErrorKind::Decode`] if a compressed response body is corrupt.
    pub async fn next_chunk(&mut self) -> Result<Option<Bytes>, Error> {
        std::future::poll_fn(|context| self.poll_chunk(context)).await.transpose()
    }

    /// Reads all bytes into memory.
    ///
    /// # Errors
    ///
    /// - Returns [`ErrorKind::BodyTooLarge`] if the stream contains more than `max_bytes` bytes.
    /// - Returns the errors of [`next_chunk`](Self::next_chunk).
    pub async fn collect(mut self, max_bytes: usize) -> Result<Bytes, Error> {
        let mut all = BytesMut::new();
        while let Some(chunk) = self.next_chunk().await? {
            if chunk.len() > max_bytes - all.len() {
                let error = Error::new(ErrorKind::BodyTooLarge, format!("the stream is larger than {max_bytes} bytes"));
                return Err(self.mark(error));
            }
            all.extend_from_slice(&chunk);
        }
        Ok(all.freeze())
    }

    pub(crate) fn poll_chunk(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, Error>>> {
        match &mut self.0 {
            Inner::Whole(bytes) => {
                let all = std::mem::take(bytes);
                Poll::Ready((!all.is_empty()).then_some(Ok(all)))
            }
            Inner::Chunks { source, .. } => {
                let next = ready!(source.as_mut().poll_next(context)).transpose();
                let next = next.and_then(|chunk| self.count(chunk));
                Poll::Ready(next.map_err(|error| self.mark(error)).transpose())
            }
        }
    }

    /// Fails if the stream is longer or shorter than its length.
    fn count(&mut self, chunk: Option<Bytes>) -> Result<Option<Bytes>, Error> {
        if let Inner::Chunks { length: Some(length), read, .. } = &mut self.0 {
            *read = read.saturating_add(chunk.as_ref().map_or(0, |chunk| chunk.len() as u64));
            if read > length || (chunk.is_none() && read < length) {
                let what = if read > length { "more" } else { "fewer" };
                let what =
                    format!("the stream of the request body contains {what} than the {length} bytes that were set");
                return Err(Error::new(ErrorKind::Connection, what));
            }
        }
        Ok(chunk)
    }

    /// Adds the call that returned the stream, if any, to an error.
    pub(crate) fn mark(&self, error: Error) -> Error {
        match &self.0 {
            Inner::Chunks { origin: Some(origin), .. } => origin.mark(error),
            _ => error,
        }
    }
}

impl Stream for ByteStream {
    type Item = Result<Bytes, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_chunk(context)
    }
}

impl<T: Into<Bytes>> From<T> for ByteStream {
    fn from(bytes: T) -> Self {
        Self(Inner::Whole(bytes.into()))
    }
}

/// Shows the number of bytes, but not the bytes.
impl fmt::Debug for ByteStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ByteStream").field("bytes", &self.len()).finish_non_exhaustive()
    }
}

/// A user's stream, with its chunks and errors converted.
struct Upload<S>(Pin<Box<S>>);

impl<S, B, E> Stream for Upload<S>
where
    S: Stream<Item = Result<B, E>>,
    B: Into<Bytes>,
    E: Into<Box<dyn StdError + Send + Sync>>,
{
    type Item = Result<Bytes, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let failed =
            |error| Error::new(ErrorKind::Connection, "the stream of the request body failed").with_source(error);
        let next = ready!(self.0.as_mut().poll_next(context));
        Poll::Ready(next.map(|chunk| chunk.map(Into::into).map_err(failed)))
    }
}
