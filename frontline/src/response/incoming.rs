//! Bodies of responses, as they come in.

use bytes::Bytes;

use crate::network::failure;
use crate::{Error, ErrorKind};

pub(crate) enum Incoming {
    Network(reqwest::Response),
    Whole(Bytes),
}

/// A body, or as much of it as there is, and what hindered the rest.
pub(crate) struct Start {
    pub(crate) bytes: Bytes,
    pub(crate) hindrance: Option<Error>,
}

impl Incoming {
    /// The next piece; none behind the last.
    pub(crate) async fn chunk(&mut self) -> Result<Option<Bytes>, Error> {
        match self {
            Self::Network(response) => response.chunk().await.map_err(failure),
            Self::Whole(bytes) => Ok(Some(std::mem::take(bytes)).filter(|bytes| !bytes.is_empty())),
        }
    }

    /// At most so many bytes are ever held.
    pub(crate) async fn start(mut self, limit: usize) -> Start {
        let mut body = Vec::new();
        let hindrance = loop {
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
        Start { bytes: body.into(), hindrance }
    }

    pub(crate) async fn whole(self, limit: usize) -> Result<Bytes, Error> {
        match self.start(limit).await {
            Start { bytes, hindrance: None } => Ok(bytes),
            Start { hindrance: Some(error), .. } => Err(error),
        }
    }

    /// Reads the rest into memory, where it stays.
    pub(crate) async fn keep(&mut self, limit: usize) -> Result<Bytes, Error> {
        let bytes = std::mem::replace(self, Self::Whole(Bytes::new())).whole(limit).await?;
        *self = Self::Whole(bytes.clone());
        Ok(bytes)
    }

    /// What has been read before.
    pub(crate) fn in_memory(self) -> Result<Bytes, Error> {
        match self {
            Self::Whole(bytes) => Ok(bytes),
            Self::Network(_) => Err(Error::new(ErrorKind::Decode, "the response body has not been read")),
        }
    }
}
