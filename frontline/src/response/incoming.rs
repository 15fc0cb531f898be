//! Response bodies before they are decoded.

use std::time::Duration;

use bytes::Bytes;
use tokio::sync::OwnedSemaphorePermit;

use crate::network::Body;
use crate::{Error, ErrorKind};

pub(crate) enum Incoming {
    Network {
        body: Box<Body>,
        /// Counts the request toward the client's concurrency limit until the body is dropped.
        _permit: Option<OwnedSemaphorePermit>,
    },
    Whole(Bytes),
}

impl Incoming {
    pub(crate) fn network(body: Body) -> Self {
        Self::Network { body: Box::new(body), _permit: None }
    }

    pub(crate) fn holding(self, permit: Option<OwnedSemaphorePermit>) -> Self {
        match self {
            Self::Network { body, .. } => Self::Network { body, _permit: permit },
            whole @ Self::Whole(_) => whole,
        }
    }

    /// Reads the next chunk. Returns `None` at the end of the body.
    pub(crate) async fn chunk(&mut self) -> Result<Option<Bytes>, Error> {
        match self {
            Self::Network { body, .. } => body.chunk().await,
            Self::Whole(bytes) => Ok(Some(std::mem::take(bytes)).filter(|bytes| !bytes.is_empty())),
        }
    }

    /// See [`Body::limit_idle_time`].
    pub(crate) fn limit_idle_time(&mut self, limit: Duration) {
        if let Self::Network { body, .. } = self {
            body.limit_idle_time(limit);
        }
    }

    /// Appends the body to `bytes`. If an error occurs, or `bytes` would exceed `limit` bytes, `bytes` keeps the start.
    pub(crate) async fn read(mut self, limit: usize, bytes: &mut Vec<u8>) -> Result<(), Error> {
        while let Some(chunk) = self.chunk().await? {
            let room = limit - bytes.len();
            bytes.extend_from_slice(&chunk[..room.min(chunk.len())]);
            if chunk.len() > room {
                let what = format!("the response body is larger than {limit} bytes");
                return Err(Error::new(ErrorKind::BodyTooLarge, what));
            }
        }
        Ok(())
    }

    pub(crate) async fn whole(self, limit: usize) -> Result<Bytes, Error> {
        let mut bytes = Vec::new();
        self.read(limit, &mut bytes).await?;
        Ok(bytes.into())
    }

    /// Reads the rest of the body into memory and keeps it, so that it can be read again.
    pub(crate) async fn keep(&mut self, limit: usize) -> Result<Bytes, Error> {
        let bytes = std::mem::replace(self, Self::Whole(Bytes::new())).whole(limit).await?;
        *self = Self::Whole(bytes.clone());
        Ok(bytes)
    }

    /// Returns a body that is in memory already.
    pub(crate) fn in_memory(self) -> Result<Bytes, Error> {
        match self {
            Self::Whole(bytes) => Ok(bytes),
            Self::Network { .. } => Err(Error::new(ErrorKind::Decode, "the response body has not been read")),
        }
    }
}
