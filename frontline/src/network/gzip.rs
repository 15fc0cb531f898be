//! Decompression of a response body, part by part.

use std::io::{self, BufRead, Read};

use bytes::{Buf, Bytes};
use flate2::bufread::MultiGzDecoder;
use http::header::{CONTENT_ENCODING, CONTENT_LENGTH};
use http::{HeaderMap, HeaderValue};

use crate::{Error, ErrorKind};

/// The size of a part. A body can be a thousand times as large as its compressed form, which must not be in memory at
/// once. A part has room for all bytes that the decompressor may hold back, which are 32 KiB, and those from another
/// compressed byte.
const PART: usize = 64 << 10;

/// How many compressed bytes are read in a step. They can be many members without content, each of which takes time.
const STEP: usize = 512;

/// The first byte of a member (RFC 1952, section 2.3.1).
const FIRST: u8 = 0x1f;

/// A body in the gzip format (RFC 1952) that is being decompressed.
pub(super) struct Gzip {
    decoder: MultiGzDecoder<Input>,
    part: Box<[u8]>,
}

/// The compressed bytes that have arrived and were not read yet.
#[derive(Default)]
struct Input {
    bytes: Bytes,
    /// How many of them may be read in this step.
    step: usize,
    /// The first byte of the body.
    first: Option<u8>,
    has_ended: bool,
}

impl Gzip {
    /// Returns `None` if the body is not compressed. Otherwise removes the headers that describe the compressed body.
    pub(super) fn new(headers: &mut HeaderMap) -> Option<Self> {
        let mut codings = headers.get_all(CONTENT_ENCODING).iter();
        if !codings.next().is_some_and(is_gzip) || codings.next().is_some() {
            return None;
        }
        headers.remove(CONTENT_ENCODING);
        headers.remove(CONTENT_LENGTH);
        Some(Self { decoder: MultiGzDecoder::new(Input::default()), part: vec![0; PART].into() })
    }

    /// Whether the next step needs another chunk.
    pub(super) fn needs_chunk(&self) -> bool {
        let input = self.decoder.get_ref();
        input.bytes.is_empty() && !input.has_ended
    }

    /// Adds the next chunk of the compressed body, or `None` at its end.
    pub(super) fn push(&mut self, chunk: Option<Bytes>) {
        let input = self.decoder.get_mut();
        input.has_ended = chunk.is_none();
        input.bytes = chunk.unwrap_or_default();
        input.first = input.first.or(input.bytes.first().copied());
    }

    /// Returns the next part of the body, which is empty at the end, or `None` if this step finds none.
    pub(super) fn step(&mut self) -> Result<Option<Bytes>, Error> {
        self.decoder.get_mut().step = STEP;
        let read = self.decoder.read(&mut self.part);
        let error = match read {
            Ok(length) => return Ok(Some(Bytes::copy_from_slice(&self.part[..length]))),
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => return Ok(None),
            Err(error) => error,
        };
        match (self.decoder.get_ref().first, error.kind()) {
            // An empty body is not compressed, whatever its headers say.
            (None, _) => Ok(Some(Bytes::new())),
            (Some(FIRST), io::ErrorKind::UnexpectedEof) => {
                Err(Error::new(ErrorKind::Connection, "the compressed response body is incomplete"))
            }
            _ => Err(Error::new(ErrorKind::Decode, "the response body cannot be decompressed").with_source(error)),
        }
    }
}

fn is_gzip(coding: &HeaderValue) -> bool {
    [&b"gzip"[..], b"x-gzip"].iter().any(|name| coding.as_bytes().eq_ignore_ascii_case(name))
}

impl BufRead for Input {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        // The last byte is read alone: no byte that was held back must wait for the next chunk.
        let all = self.bytes.len();
        let length = self.step.min(if all > 1 { all - 1 } else { all });
        if length == 0 && !(self.bytes.is_empty() && self.has_ended) {
            return Err(io::ErrorKind::WouldBlock.into());
        }
        Ok(&self.bytes[..length])
    }

    fn consume(&mut self, amount: usize) {
        self.bytes.advance(amount);
        self.step -= amount;
    }
}

impl Read for Input {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let length = self.fill_buf()?.read(into)?;
        self.consume(length);
        Ok(length)
    }
}
