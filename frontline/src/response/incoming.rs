//! Response bodies before they are decoded.

use bytes::Bytes;
use tokio::sync::OwnedSemaphorePermit;

use crate::network::failure;
use crate::{Error, ErrorKind};

pub(crate) enum Incoming {
    Network {
        response: reqwest::Response,
        /// Counts the request toward the client's concurrency limit until the body is dropped.
        _permit: Option<OwnedSemaphorePermit>,
    },
    Whole(Bytes),
}

/// The start of a body: all of it, or the part before an error.
pub(crate) struct Start {
    pub(crate) bytes: Bytes,
    pub(crate) error: Option<Error>,
}

impl Incoming {
    pub(crate) fn holding(self, permit: Option<OwnedSemaphorePermit>) -> Self {
        match self {
            Self::Network { response, .. } => Self::Network { response, _permit: permit },
            whole @ Self::Whole(_) => whole,
        }
    }

    /// Reads the next chunk. Returns `None` at the end of the body.
    pub(crate) async fn chunk(&mut self) -> Result<Option<Bytes>, Error> {
        match self {
            Self::Network { response, .. } => response.chunk().await.map_err(failure),
            Self::Whole(bytes) => Ok(Some(std::mem::take(bytes)).filter(|bytes| !bytes.is_empty())),
        }
    }

    /// Reads the body until it ends, an error occurs, or it exceeds `limit` bytes.
    pub(crate) async fn start(mut self, limit: usize) -> Start {
        let mut body = Vec::new();
        let error = loop {
            match self.chunk().await {
                Ok(Some(chunk)) if chunk.len() > limit - body.len() => {
                    body.extend_from_slice(&chunk[..limit - body.len()]);
                    let what = format!("the response body is larger than {limit} bytes");
                    break Some(Error::new(ErrorKind::BodyTooLarge, what));
                }
                Ok(Some(chunk)) => body.extend_from_slice(&chunk),
                Ok(None) => break None,
                Err(error) => break Some(error),
            }
        };
        Start { bytes: body.into(), error }
    }

    pub(crate) async fn whole(self, limit: usize) -> Result<Bytes, Error> {
        match self.start(limit).await {
            Start { bytes, error: None } => Ok(bytes),
            Start { error: Some(error), .. } => Err(error),
        }
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
