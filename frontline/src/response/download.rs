//! The body of a response, read chunk by chunk after the call has returned.

use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_core::Stream;

use super::Incoming;
use crate::Error;

/// A body and the next chunk that was read from it.
type Read = (Incoming, Result<Option<Bytes>, Error>);

/// The chunks of a response body.
pub(crate) enum Download {
    Idle(Incoming),
    Reading(Pin<Box<dyn Future<Output = Read> + Send>>),
    Done,
}

impl Download {
    pub(crate) fn new(body: Incoming) -> Self {
        Self::Idle(body)
    }
}

impl Stream for Download {
    type Item = Result<Bytes, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            match std::mem::replace(&mut *self, Self::Done) {
                Self::Done => return Poll::Ready(None),
                Self::Idle(body) => *self = Self::Reading(Box::pin(read(body))),
                Self::Reading(mut reading) => {
                    let Poll::Ready((body, chunk)) = reading.as_mut().poll(context) else {
                        *self = Self::Reading(reading);
                        return Poll::Pending;
                    };
                    if let Ok(Some(_)) = chunk {
                        *self = Self::Idle(body);
                    }
                    return Poll::Ready(chunk.transpose());
                }
            }
        }
    }
}

async fn read(mut body: Incoming) -> Read {
    let chunk = body.chunk().await;
    (body, chunk)
}
