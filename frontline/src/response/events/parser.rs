//! A parser for the wire format of server-sent events (WHATWG HTML, section 9.2.6).

use std::time::Duration;

use bytes::{Buf, Bytes};

use crate::{Error, ErrorKind};

/// Some UTF-8 texts begin with this character. It is not part of the first line.
const BYTE_ORDER_MARK: &str = "\u{feff}";

/// An event before its data is decoded.
#[derive(Debug, PartialEq)]
pub(crate) struct Message {
    pub(crate) event: Option<String>,
    pub(crate) data: String,
    pub(crate) id: Option<String>,
}

/// Splits a stream into events. Chunks may end anywhere, even within a character.
pub(crate) struct Parser {
    /// The part of the last chunk that has not been parsed.
    chunk: Bytes,
    /// The start of a line whose end has not arrived.
    line: Vec<u8>,
    is_first_line: bool,
    /// Whether the last line ended in a carriage return: a line feed that follows belongs to it.
    after_return: bool,
    event: String,
    data: String,
    /// The id applies to later events too, until the server sends another one.
    id: String,
    retry: Option<Duration>,
    /// The maximum size of an event in bytes.
    limit: usize,
}

impl Parser {
    pub(crate) fn new(limit: usize) -> Self {
        Self {
            chunk: Bytes::new(),
            line: Vec::new(),
            is_first_line: true,
            after_return: false,
            event: String::new(),
            data: String::new(),
            id: String::new(),
            retry: None,
            limit,
        }
    }

    /// Adds the next chunk. The previous chunk must have been parsed completely.
    pub(crate) fn push(&mut self, chunk: Bytes) {
        self.chunk = chunk;
    }

    /// Returns the next event, or `None` if it is not complete without the next chunk.
    pub(crate) fn next(&mut self) -> Result<Option<Message>, Error> {
        while let Some(first) = self.chunk.first() {
            if std::mem::take(&mut self.after_return) && *first == b'\n' {
                self.chunk.advance(1);
                continue;
            }
            let end = self.chunk.iter().position(|byte| matches!(byte, b'\n' | b'\r'));
            let piece = self.chunk.split_to(end.unwrap_or(self.chunk.len()));
            if piece.len() > self.limit.saturating_sub(self.line.len() + self.data.len() + self.event.len()) {
                let what = format!("an event of the stream is larger than {} bytes", self.limit);
                return Err(Error::new(ErrorKind::BodyTooLarge, what));
            }
            self.line.extend_from_slice(&piece);
            if end.is_some() {
                self.after_return = self.chunk.get_u8() == b'\r';
                if let Some(message) = self.end_of_line() {
                    return Ok(Some(message));
                }
            }
        }
        Ok(None)
    }

    /// Returns the last id that the server sent, unless it is empty.
    pub(crate) fn last_id(&self) -> Option<&str> {
        Some(self.id.as_str()).filter(|id| !id.is_empty())
    }

    pub(crate) fn retry(&self) -> Option<Duration> {
        self.retry
    }

    fn end_of_line(&mut self) -> Option<Message> {
        let bytes = std::mem::take(&mut self.line);
        let line = String::from_utf8_lossy(&bytes);
        let is_first = std::mem::take(&mut self.is_first_line);
        let line = line.strip_prefix(BYTE_ORDER_MARK).filter(|_| is_first).unwrap_or(&line);
        if line.is_empty() {
            return self.dispatch();
        }
        // A line that begins with a colon is a comment. Its field name is empty, so it is ignored below.
        let (field, value) = line.split_once(':').unwrap_or((line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match field {
            "event" => value.clone_into(&mut self.event),
            "data" => self.data.extend([value, "\n"]),
            "id" if !value.contains('\0') => value.clone_into(&mut self.id),
            "retry" if value.bytes().all(|byte| byte.is_ascii_digit()) => {
                self.retry = value.parse().map(Duration::from_millis).ok().or(self.retry);
            }
            _ => {}
        }
        None
    }

    /// Returns the event that an empty line ends, or `None` if it has no data.
    fn dispatch(&mut self) -> Option<Message> {
        let (event, mut data) = (std::mem::take(&mut self.event), std::mem::take(&mut self.data));
        data.pop()?;
        let event = Some(event).filter(|event| !event.is_empty());
        Some(Message { event, data, id: self.last_id().map(ToOwned::to_owned) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the events of a stream that arrives in chunks of `size` bytes.
    fn messages(stream: &str, size: usize) -> Vec<Message> {
        let mut parser = Parser::new(1000);
        let mut messages = Vec::new();
        for chunk in stream.as_bytes().chunks(size) {
            parser.push(Bytes::copy_from_slice(chunk));
            while let Some(message) = parser.next().unwrap() {
                messages.push(message);
            }
        }
        messages
    }

    fn message(event: Option<&str>, data: &str, id: Option<&str>) -> Message {
        Message { event: event.map(Into::into), data: data.into(), id: id.map(Into::into) }
    }

    #[test]
    fn events_are_parsed_wherever_chunks_end() {
        let lines = [
            "\u{feff}: a comment",
            "data: one",
            "",
            "event:add",
            "data:  two",
            "data",
            "data:größer\u{feff}",
            "id: 7",
            "",
            "",
            "event: passed over",
            "",
            "nonsense: 1",
            "Data: 2",
            "\u{feff}data: 2",
            "data: three",
            "id: a\0b",
            "",
            "id",
            "data:",
            "",
            "data: never whole",
        ];
        let expected = [
            message(None, "one", None),
            message(Some("add"), " two\n\ngrößer\u{feff}", Some("7")),
            message(None, "three", Some("7")),
            message(None, "", None),
        ];
        for end in ["\n", "\r", "\r\n"] {
            let stream = lines.join(end) + end;
            for size in 1..=stream.len() {
                assert_eq!(messages(&stream, size), expected, "{end:?}, {size}");
            }
        }
    }

    #[test]
    fn invalid_utf8_is_replaced() {
        let mut parser = Parser::new(1000);
        parser.push(Bytes::from_static(b"data: a\xffb\n\n"));
        assert_eq!(parser.next().unwrap(), Some(message(None, "a\u{fffd}b", None)));
    }

    #[test]
    fn retry_accepts_only_digits() {
        let mut parser = Parser::new(1000);
        let mut retry = |line: &str| {
            parser.push(Bytes::copy_from_slice(line.as_bytes()));
            assert_eq!(parser.next().unwrap(), None);
            parser.retry()
        };
        assert_eq!(retry("retry: 1e3\n"), None);
        assert_eq!(retry("retry: 1500\n"), Some(Duration::from_millis(1500)));
        for bad in ["retry: -1\n", "retry: +1\n", "retry\n", "retry: 99999999999999999999\n"] {
            assert_eq!(retry(bad), Some(Duration::from_millis(1500)));
        }
    }

    #[test]
    fn the_size_limit_applies_to_each_event() {
        let mut parser = Parser::new(20);
        for _ in 0..3 {
            parser.push(Bytes::from_static(b"data: 12345678\n\n"));
            assert_eq!(parser.next().unwrap(), Some(message(None, "12345678", None)));
        }
        for stream in ["data: 123456789012345", "data: 12345678\ndata: 123456", "event: 12345678\ndata: 1234567"] {
            let mut parser = Parser::new(20);
            let error = stream.as_bytes().chunks(1).find_map(|byte| {
                parser.push(Bytes::copy_from_slice(byte));
                parser.next().err()
            });
            let error = error.unwrap();
            assert!(error.is_body_too_large(), "{stream}");
            assert_eq!(error.to_string(), "an event of the stream is larger than 20 bytes");
        }
    }
}
