//! A parser for JSON (RFC 8259). It does not recurse, so no text can overflow the stack.

use tokio::time::Instant;

use super::decode_error::{Cause, DecodeError};
use super::string;

/// The number of levels to which arrays and objects may be nested, as in `serde_json`.
pub(super) const DEPTH: usize = 128;

/// The usual number of bytes for each value or key of a text, or a little more.
const DENSITY: usize = 16;

/// The number of values after which the parser looks at the clock.
const STRIDE: usize = 1 << 12;

/// A value or the key of a property. The entries of an array or an object follow its own entry.
#[derive(Clone, Copy)]
pub(super) struct Entry {
    /// The offset of the first byte in the text. [`ESCAPED`] is added if the value is a string with escape sequences.
    start: u32,
    /// The offset after the last byte of a scalar, or the index of the entry after an array or object and all its parts.
    end: u32,
}

/// The highest bit, which no offset has: a text has less than 2 GiB.
const ESCAPED: u32 = 1 << 31;

impl Entry {
    pub(super) fn start(self) -> usize {
        (self.start & !ESCAPED) as usize
    }

    /// Returns the offset after the last byte of a scalar, or the index of the entry after an array or object.
    pub(super) fn end(self) -> u32 {
        self.end
    }

    pub(super) fn is_escaped(self) -> bool {
        self.start & ESCAPED != 0
    }
}

/// Parses a text into entries, in the order of the text.
pub(super) fn parse(text: &[u8], deadline: Option<Instant>) -> Result<Vec<Entry>, DecodeError> {
    if text.len() >= ESCAPED as usize {
        return Err(DecodeError::new(Cause::Memory(ESCAPED as usize)));
    }
    let mut parser =
        Parser { text, at: 0, entries: Vec::with_capacity(text.len() / DENSITY), open: Vec::new(), deadline };
    // RFC 8259, section 8.1: a parser may ignore a byte order mark.
    if text.starts_with(b"\xef\xbb\xbf") {
        parser.at = 3;
    }
    parser.run().map_err(|cause| DecodeError::new(cause).at(parser.at))?;
    Ok(parser.entries)
}

struct Parser<'a> {
    text: &'a [u8],
    at: usize,
    entries: Vec<Entry>,
    /// The indices of the arrays and objects that have not ended.
    open: Vec<u32>,
    deadline: Option<Instant>,
}

impl Parser<'_> {
    fn run(&mut self) -> Result<(), Cause> {
        loop {
            self.value()?;
            loop {
                let Some(open) = self.open.last().copied() else { return self.end() };
                if self.continues(open)? {
                    break;
                }
            }
        }
    }

    /// Reads a scalar, an empty array or object, or the start of an array or object.
    fn value(&mut self) -> Result<(), Cause> {
        loop {
            let first = self.peek()?;
            match first {
                b'{' | b'[' => {
                    self.open()?;
                    match (first, self.peek()?) {
                        (b'{', b'}') | (b'[', b']') => return Ok(()),
                        (b'{', _) => self.key()?,
                        _ => {}
                    }
                }
                _ => return self.scalar(first),
            }
        }
    }

    /// Reads what follows a value in an array or object. Returns whether it is another value.
    fn continues(&mut self, open: u32) -> Result<bool, Cause> {
        let is_object = self.text[self.entries[open as usize].start()] == b'{';
        match (is_object, self.peek()?) {
            (_, b',') => {
                self.at += 1;
                if is_object {
                    self.key()?;
                }
                Ok(true)
            }
            (true, b'}') | (false, b']') => {
                self.at += 1;
                self.open.pop();
                self.entries[open as usize].end = self.index();
                Ok(false)
            }
            _ => Err(Cause::Syntax),
        }
    }

    /// Reads what follows the outermost value.
    fn end(&mut self) -> Result<(), Cause> {
        self.space();
        if self.at == self.text.len() { Ok(()) } else { Err(Cause::Syntax) }
    }

    fn open(&mut self) -> Result<(), Cause> {
        if self.open.len() == DEPTH {
            return Err(Cause::Depth(DEPTH));
        }
        let index = self.index();
        self.open.push(index);
        self.push()?;
        self.at += 1;
        Ok(())
    }

    fn key(&mut self) -> Result<(), Cause> {
        if self.peek()? != b'"' {
            return Err(Cause::Syntax);
        }
        self.push()?;
        self.string()?;
        self.end_scalar();
        if self.peek()? != b':' {
            return Err(Cause::Syntax);
        }
        self.at += 1;
        Ok(())
    }

    fn scalar(&mut self, first: u8) -> Result<(), Cause> {
        self.push()?;
        match first {
            b'"' => self.string(),
            b't' => self.literal(b"true"),
            b'f' => self.literal(b"false"),
            b'n' => self.literal(b"null"),
            _ => self.number(),
        }?;
        self.end_scalar();
        Ok(())
    }

    fn end_scalar(&mut self) {
        if let (Some(entry), Ok(end)) = (self.entries.last_mut(), u32::try_from(self.at)) {
            entry.end = end;
        }
    }

    fn string(&mut self) -> Result<(), Cause> {
        match string::length(&self.text[self.at..]) {
            Ok((length, is_escaped)) => {
                self.at += length;
                if let Some(entry) = self.entries.last_mut().filter(|_| is_escaped) {
                    entry.start |= ESCAPED;
                }
                Ok(())
            }
            Err(offset) => {
                self.at += offset;
                Err(if self.at == self.text.len() { Cause::End } else { Cause::Syntax })
            }
        }
    }

    fn literal(&mut self, literal: &[u8]) -> Result<(), Cause> {
        for byte in literal {
            if self.next()? != *byte {
                return Err(Cause::Syntax);
            }
            self.at += 1;
        }
        Ok(())
    }

    fn number(&mut self) -> Result<(), Cause> {
        if self.next()? == b'-' {
            self.at += 1;
        }
        match self.next()? {
            b'0' => self.at += 1,
            b'1'..=b'9' => self.digits()?,
            _ => return Err(Cause::Syntax),
        }
        if self.text.get(self.at) == Some(&b'.') {
            self.at += 1;
            self.digits()?;
        }
        if let Some(b'e' | b'E') = self.text.get(self.at) {
            self.at += 1;
            if let b'+' | b'-' = self.next()? {
                self.at += 1;
            }
            self.digits()?;
        }
        Ok(())
    }

    /// Reads at least one digit.
    fn digits(&mut self) -> Result<(), Cause> {
        if !self.next()?.is_ascii_digit() {
            return Err(Cause::Syntax);
        }
        let rest = &self.text[self.at..];
        self.at += rest.iter().position(|byte| !byte.is_ascii_digit()).unwrap_or(rest.len());
        Ok(())
    }

    fn space(&mut self) {
        while let Some(b' ' | b'\n' | b'\r' | b'\t') = self.text.get(self.at) {
            self.at += 1;
        }
    }

    /// Skips white space, and returns the next byte without reading it.
    fn peek(&mut self) -> Result<u8, Cause> {
        self.space();
        self.next()
    }

    fn next(&self) -> Result<u8, Cause> {
        self.text.get(self.at).copied().ok_or(Cause::End)
    }

    /// Adds an entry for a value that starts here.
    fn push(&mut self) -> Result<(), Cause> {
        if self.entries.len().is_multiple_of(STRIDE) && self.deadline.is_some_and(|deadline| Instant::now() >= deadline)
        {
            return Err(Cause::Time);
        }
        let start = u32::try_from(self.at).map_err(|_| Cause::Syntax)?;
        self.entries.push(Entry { start, end: start });
        Ok(())
    }

    /// Returns the index of the next entry.
    fn index(&self) -> u32 {
        u32::try_from(self.entries.len()).unwrap_or(u32::MAX)
    }
}

#[cfg(test)]
mod tests;
