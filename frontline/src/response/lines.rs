//! Streams of JSON values.

use std::fmt;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use crate::json::{FromJson, Limits};
use crate::{ByteStream, Error, ErrorKind};
use bytes::{Buf, Bytes};
use futures_core::Stream;

/// A stream of JSON values: one per line (`application/x-ndjson`, `application/jsonl`), or a JSON text sequence
/// (`application/json-seq`, RFC 7464).
///
/// `JsonLines` implements [`Stream`]. [`next_item`](Self::next_item) works without a crate for streams. Empty lines are
/// skipped.
///
/// The stream ends at the end of the response body. If a value does not match its type, the stream yields an error and
/// can still be read further. After any other error, the stream ends.
///
/// # Limits
///
/// - The stream as a whole has no time limit. The wait for each chunk has one:
///   [`CallOptions::attempt_timeout`](crate::CallOptions::attempt_timeout), which is 10 seconds by default. Increase it
///   if the service can be silent for longer. Any byte counts, such as a comment that keeps the connection alive.
///   [`StalledStreamProtection`](crate::StalledStreamProtection) does not apply.
/// - The stream as a whole has no size limit. Each value has one:
///   [`CallOptions::max_response_bytes`](crate::CallOptions::max_response_bytes), which is 64 MiB by default.
#[must_use = "a stream does nothing until it is read"]
pub struct JsonLines<T> {
    body: ByteStream,
    /// The part of the last chunk that has not been parsed.
    chunk: Bytes,
    /// The start of a value whose end has not arrived.
    line: Vec<u8>,
    separator: Separator,
    limit: usize,
    is_done: bool,
    item: PhantomData<fn() -> T>,
}

/// The separator of the values.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Separator {
    /// A line feed.
    Line,
    /// The record separator U+001E, which precedes each value of a sequence.
    Record,
}

impl<T: FromJson> JsonLines<T> {
    pub(crate) fn new(body: ByteStream, separator: Separator, limit: usize) -> Self {
        let (chunk, line) = (Bytes::new(), Vec::new());
        Self { body, chunk, line, separator, limit, is_done: false, item: PhantomData }
    }

    /// Reads the next value. Returns `None` at the end of the stream.
    ///
    /// # Errors
    ///
    /// - Returns [`ErrorKind::Decode`] if the value does not match its type, or a compressed response body is corrupt.
    /// - Returns [`ErrorKind::BodyTooLarge`] if the value exceeds the size limit.
    /// - Returns [`ErrorKind::Timeout`] if no chunk arrives within the time limit.
    /// - Returns [`ErrorKind::Connection`] if the connection breaks.
    pub async fn next_item(&mut self) -> Result<Option<T>, Error> {
        std::future::poll_fn(|context| self.poll_item(context)).await.transpose()
    }

    fn poll_item(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<T, Error>>> {
        while !self.is_done {
            if self.chunk.is_empty() {
                match ready!(self.body.poll_chunk(context)) {
                    Some(Ok(chunk)) => self.chunk = chunk,
                    Some(Err(error)) => return self.fail(error),
                    None => self.is_done = true,
                }
            }
            match self.next_line() {
                Ok(Some(line)) if !line.trim_ascii().is_empty() => {
                    return Poll::Ready(Some(read(&line, self.limit).map_err(|error| self.body.mark(error))));
                }
                Ok(_) => {}
                Err(error) => {
                    let error = self.body.mark(error);
                    return self.fail(error);
                }
            }
        }
        Poll::Ready(None)
    }

    /// Returns the value that ends in the current chunk or, after the last chunk, at the end of the body.
    fn next_line(&mut self) -> Result<Option<Vec<u8>>, Error> {
        let separator = match self.separator {
            Separator::Line => b'\n',
            Separator::Record => 0x1e,
        };
        let end = self.chunk.iter().position(|byte| *byte == separator);
        let piece = self.chunk.split_to(end.unwrap_or(self.chunk.len()));
        if piece.len() > self.limit - self.line.len() {
            let what = format!("a value of the stream is larger than {} bytes", self.limit);
            return Err(Error::new(ErrorKind::BodyTooLarge, what));
        }
        self.line.extend_from_slice(&piece);
        if end.is_some() {
            self.chunk.advance(1);
        }
        Ok((end.is_some() || self.is_done).then(|| std::mem::take(&mut self.line)))
    }

    fn fail(&mut self, error: Error) -> Poll<Option<Result<T, Error>>> {
        self.is_done = true;
        Poll::Ready(Some(Err(error)))
    }
}

fn read<T: FromJson>(line: &[u8], limit: usize) -> Result<T, Error> {
    Error::decode("the value", line, Limits::of_stream(limit))
}

impl<T: FromJson> Stream for JsonLines<T> {
    type Item = Result<T, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_item(context)
    }
}

/// Leaves out the values.
impl<T> fmt::Debug for JsonLines<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("JsonLines").field("separator", &self.separator).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Chunks(std::vec::IntoIter<Bytes>);

    impl Stream for Chunks {
        type Item = Result<Bytes, Error>;

        fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
            Poll::Ready(self.0.next().map(Ok))
        }
    }

    /// Returns the values and error messages of a stream that arrives in chunks of `size` bytes.
    async fn items(stream: &str, separator: Separator, size: usize) -> Vec<Result<u32, String>> {
        let chunks: Vec<Bytes> = stream.as_bytes().chunks(size).map(Bytes::copy_from_slice).collect();
        let mut lines = JsonLines::new(ByteStream::new(Chunks(chunks.into_iter())), separator, 8);
        let mut items = Vec::new();
        while let Some(item) = lines.next_item().await.transpose() {
            items.push(item.map_err(|error| error.to_string()));
        }
        items
    }

    #[tokio::test]
    async fn values_are_parsed_wherever_chunks_end() {
        for (stream, separator) in [
            ("1\r\n\n \n\"ada\"\n23\n45", Separator::Line),
            ("\x1e1\n\x1e\"ada\"\n\x1e\x1e\n23\n\x1e45\n", Separator::Record),
        ] {
            let wrong = "the value does not match its type at `$` (line 1, column 1): expected an integer";
            for size in 1..=stream.len() {
                let items = items(stream, separator, size).await;
                assert_eq!(items, [Ok(1), Err(wrong.to_owned()), Ok(23), Ok(45)], "{stream:?}, {size}");
            }
        }
    }

    #[tokio::test]
    async fn a_value_over_the_size_limit_ends_the_stream() {
        let expected = [Ok(12_345_678), Err("a value of the stream is larger than 8 bytes".to_owned())];
        for size in [1, 100] {
            assert_eq!(items("12345678\n123456789\n1\n", Separator::Line, size).await, expected);
        }
        assert_eq!(items("", Separator::Line, 1).await, []);
    }
}
