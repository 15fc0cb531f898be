//! The body of a response, read chunk by chunk after the call has returned.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use futures_core::Stream;
use tokio::time::timeout;

use super::Incoming;
use crate::{Error, ErrorKind};

/// The chunks of a response body. The time limit applies to each chunk.
pub(crate) struct Download {
    limit: Duration,
    state: State,
}

/// A body and the next chunk that was read from it.
type Read = (Incoming, Result<Option<Bytes>, Error>);

enum State {
    Idle(Incoming),
    Reading(Pin<Box<dyn Future<Output = Read> + Send>>),
    Done,
}

impl Download {
    pub(crate) fn new(body: Incoming, limit: Duration) -> Self {
        Self { limit, state: State::Idle(body) }
    }
}

impl Stream for Download {
    type Item = Result<Bytes, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            match std::mem::replace(&mut self.state, State::Done) {
                State::Done => return Poll::Ready(None),
                State::Idle(body) => self.state = State::Reading(Box::pin(read(body, self.limit))),
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

async fn read(mut body: Incoming, limit: Duration) -> Read {
    let chunk = timeout(limit, body.chunk()).await;
    let late =
        |_| Err(Error::new(ErrorKind::Timeout, "the next chunk of the response body took longer than its limit"));
    (body, chunk.unwrap_or_else(late))
}
