//! A position in a JSON text, and the tokens of RFC 8259.

use super::clock::{BLOCK, Clock};
use super::decode_error::{Cause, DecodeError};
use super::number;
use super::string::{self, End};

/// A position in a text.
///
/// The functions are inlined into the parser. If one were not, the position would be in memory instead of a register, and
/// parsing would take twice as long.
#[derive(Clone, Copy)]
pub(super) struct Cursor<'a> {
    text: &'a [u8],
    at: usize,
    clock: Clock,
}

impl<'a> Cursor<'a> {
    pub(super) fn new(text: &'a [u8], clock: Clock) -> Self {
        // RFC 8259, section 8.1: a parser may ignore a byte order mark.
        Self { text, at: if text.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 }, clock }
    }

    #[inline]
    pub(super) fn at(&self) -> usize {
        self.at
    }

    /// Skips white space, and returns the next byte without reading it.
    #[inline]
    pub(super) fn peek(&mut self) -> Result<u8, DecodeError> {
        loop {
            let end = self.at + BLOCK;
            while self.at < end {
                match self.text.get(self.at) {
                    Some(b' ' | b'\n' | b'\r' | b'\t') => self.at += 1,
                    Some(byte) => return Ok(*byte),
                    None => return Err(self.error()),
                }
            }
            if self.clock.is_late() {
                return Err(self.error());
            }
        }
    }

    /// Reads the byte that [`Cursor::peek`] has returned.
    #[inline]
    pub(super) fn skip(&mut self) {
        self.at += 1;
    }

    /// Reads one byte.
    #[inline]
    pub(super) fn expect(&mut self, byte: u8) -> Result<(), DecodeError> {
        if self.text.get(self.at) != Some(&byte) {
            return Err(self.error());
        }
        self.at += 1;
        Ok(())
    }

    /// Reads the end of the text.
    pub(super) fn end(mut self) -> Result<(), DecodeError> {
        if self.peek().is_err() { Ok(()) } else { Err(self.error()) }
    }

    /// Reads a string. Returns whether it has escape sequences.
    #[inline]
    pub(super) fn string(&mut self) -> Result<bool, DecodeError> {
        let (length, end) = string::length(self.rest(), self.clock);
        self.at += length;
        if end == End::Invalid { Err(self.error()) } else { Ok(end == End::Escaped) }
    }

    /// Reads `true`, `false`, `null` or a number.
    #[inline]
    pub(super) fn literal(&mut self, first: u8) -> Result<(), DecodeError> {
        match first {
            b't' => self.word(b"true"),
            b'f' => self.word(b"false"),
            b'n' => self.word(b"null"),
            _ => self.number(),
        }
    }

    #[inline]
    fn word(&mut self, word: &[u8]) -> Result<(), DecodeError> {
        word.iter().try_for_each(|byte| self.expect(*byte))
    }

    #[inline]
    fn number(&mut self) -> Result<(), DecodeError> {
        let length = number::length(self.rest(), self.clock);
        self.at += length.unwrap_or_else(|length| length);
        if length.is_ok() { Ok(()) } else { Err(self.error()) }
    }

    #[inline]
    fn rest(&self) -> &'a [u8] {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// Creates the error for the next byte, for the end of the text, or for the time limit.
    #[cold]
    pub(super) fn error(self) -> DecodeError {
        let cause = match self.at == self.text.len() {
            _ if self.clock.is_late() => Cause::Time,
            true => Cause::End,
            false => Cause::Syntax,
        };
        DecodeError::new(cause).at(self.at)
    }
}
