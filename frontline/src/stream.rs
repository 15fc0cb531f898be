//! Bytes that need not be in memory all at once.

use std::error::Error as StdError;
use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use futures_core::Stream;
use tokio::time::timeout;

use crate::incoming::Incoming;
use crate::{Error, ErrorKind};

type Source = Pin<Box<dyn Stream<Item = Result<Bytes, Box<dyn StdError + Send + Sync>>> + Send>>;

/// The bytes of an upload or of a download: all of them, or a stream of chunks.
///
/// What was read of a stream is gone: a call that uploads one is not tried again.
///
/// ```
/// use frontline::ByteStream;
///
/// let all = ByteStream::from("all at once");
/// let length = all.len();
/// # assert_eq!(length, Some(11));
/// ```
///
/// It is a [`Stream`]; [`next_chunk`](Self::next_chunk) and [`collect`](Self::collect) need no crate for streams.
#[must_use = "nothing is read before it is asked for"]
pub struct ByteStream(Inner);

enum Inner {
    Whole(Bytes),
    Given { source: Source, length: Option<u64> },
    Received(Chunks),
}

impl ByteStream {
    /// The chunks of a stream, such as one that reads a file. An error in it ends the call, and becomes its source.
    ///
    /// It is sent in chunks (RFC 9112, section 7.1), unless its length is [known](Self::of_length).
    pub fn new<S, B, E>(stream: S) -> Self
    where
        S: Stream<Item = Result<B, E>> + Send + 'static,
        B: Into<Bytes>,
        E: Into<Box<dyn StdError + Send + Sync>>,
    {
        Self(Inner::Given { source: Box::pin(Converted(Box::pin(stream))), length: None })
    }

    /// Says how many bytes a stream has. One that has fewer or more breaks the call.
    pub fn of_length(mut self, bytes: u64) -> Self {
        if let Inner::Given { length, .. } = &mut self.0 {
            *length = Some(bytes);
        }
        self
    }

    /// How many bytes there are, where that is known.
    #[must_use]
    #[allow(clippy::len_without_is_empty, reason = "nobody asks that of what is on its way")]
    pub fn len(&self) -> Option<u64> {
        match &self.0 {
            Inner::Whole(bytes) => Some(bytes.len() as u64),
            Inner::Given { length, .. } => *length,
            Inner::Received(_) => None,
        }
    }

    /// A response's body, of which each chunk may take so long.
    pub(crate) fn received(body: Incoming, limit: Duration) -> Self {
        Self(Inner::Received(Chunks { limit, state: State::Idle(body) }))
    }

    pub(crate) fn whole(&self) -> Option<&Bytes> {
        match &self.0 {
            Inner::Whole(bytes) => Some(bytes),
            _ => None,
        }
    }

    /// The next chunk; none behind the last. A chunk of a download may take as long as an attempt.
    ///
    /// # Errors
    ///
    /// If the connection breaks, the next chunk takes too long, or the stream given to [`new`](Self::new) fails.
    pub async fn next_chunk(&mut self) -> Result<Option<Bytes>, Error> {
        std::future::poll_fn(|context| self.poll_chunk(context)).await.transpose()
    }

    /// All of it, in memory.
    ///
    /// # Errors
    ///
    /// As for [`next_chunk`](Self::next_chunk), and [`ErrorKind::BodyTooLarge`] if there are more than `max_bytes`.
    pub async fn collect(mut self, max_bytes: usize) -> Result<Bytes, Error> {
        let mut all = BytesMut::new();
        while let Some(chunk) = self.next_chunk().await? {
            if chunk.len() > max_bytes - all.len() {
                return Err(Error::new(ErrorKind::BodyTooLarge, format!("there are more than {max_bytes} bytes")));
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
            Inner::Given { source, .. } => {
                let failed =
                    |error| Error::new(ErrorKind::Connection, "the stream to be sent failed").with_source(error);
                Poll::Ready(ready!(source.as_mut().poll_next(context)).map(|chunk| chunk.map_err(failed)))
            }
            Inner::Received(chunks) => chunks.poll(context),
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

/// Without the bytes.
impl fmt::Debug for ByteStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ByteStream").field("bytes", &self.len()).finish_non_exhaustive()
    }
}

/// A stream of somebody's types as one of ours.
struct Converted<S>(Pin<Box<S>>);

impl<S, B, E> Stream for Converted<S>
where
    S: Stream<Item = Result<B, E>>,
    B: Into<Bytes>,
    E: Into<Box<dyn StdError + Send + Sync>>,
{
    type Item = Result<Bytes, Box<dyn StdError + Send + Sync>>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let next = ready!(self.0.as_mut().poll_next(context));
        Poll::Ready(next.map(|chunk| chunk.map(Into::into).map_err(Into::into)))
    }
}

struct Chunks {
    limit: Duration,
    state: State,
}

/// A body, and the chunk that it began with.
type Read = (Incoming, Result<Option<Bytes>, Error>);

enum State {
    Idle(Incoming),
    Reading(Pin<Box<dyn Future<Output = Read> + Send>>),
    Done,
}

impl Chunks {
    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, Error>>> {
        loop {
            match std::mem::replace(&mut self.state, State::Done) {
                State::Done => return Poll::Ready(None),
                State::Idle(body) => self.state = State::Reading(Box::pin(chunk(body, self.limit))),
                State::Reading(mut reading) => {
                    let Poll::Ready((body, chunk)) = reading.as_mut().poll(context) else {
                        self.state = State::Reading(reading);
                        return Poll::Pending;
                    };
                    if let Ok(Some(_)) = chunk {
                        self.state = State::Idle(body);
                    }
                    return Poll::Ready(chunk.transpose());
                }
            }
        }
    }
}

async fn chunk(mut body: Incoming, limit: Duration) -> Read {
    let chunk = timeout(limit, body.chunk()).await;
    let late = |_| Err(Error::new(ErrorKind::Timeout, "the next part of the body took longer than its limit"));
    (body, chunk.unwrap_or_else(late))
}
