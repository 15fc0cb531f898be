//! A parser for JSON (RFC 8259). It does not recurse, so no text can overflow the stack.

use tokio::time::Instant;

use super::clock::Clock;
use super::cursor::Cursor;
use super::decode_error::{Cause, DecodeError};
use super::entries::{Entries, Entry, LENGTH};

/// The number of levels to which arrays and objects may be nested, one more than `serde_json` allows.
pub(super) const DEPTH: usize = 128;

/// The usual number of bytes for each value or key of a text, or a little less.
const DENSITY: usize = 8;

/// The number of values after which the parser looks at the clock.
const STRIDE: usize = 1 << 12;

/// Parses a text into entries, in the order of the text.
///
/// Everything is in one function, and the variables are not in one struct. So the compiler can keep the cursor in registers.
pub(super) fn parse(text: &[u8], deadline: Option<Instant>) -> Result<Entries, DecodeError> {
    if text.len() >= LENGTH {
        return Err(DecodeError::new(Cause::Memory(LENGTH)));
    }
    let clock = Clock(deadline);
    let mut cursor = Cursor::new(text, clock);
    let mut entries = Entries::with_capacity(text.len() / DENSITY);
    // The arrays and objects that have not ended: the indices of their entries, and the bytes that end them.
    let mut open = Vec::<(usize, u8)>::new();
    let mut is_key = false;
    loop {
        if entries.len().is_multiple_of(STRIDE) && clock.is_late() {
            return Err(DecodeError::new(Cause::Time));
        }
        let first = cursor.peek()?;
        let start = cursor.at();
        match first {
            b'"' => {
                let is_escaped = cursor.string()?;
                entries.push(Entry::scalar(start..cursor.at(), is_escaped));
                if is_key {
                    cursor.peek()?;
                    cursor.expect(b':')?;
                    is_key = false;
                    continue;
                }
            }
            _ if is_key => return Err(cursor.error()),
            b'{' | b'[' => {
                if open.len() == DEPTH {
                    return Err(DecodeError::new(Cause::Depth(DEPTH)).at(start));
                }
                let last = if first == b'{' { b'}' } else { b']' };
                open.push((entries.len(), last));
                entries.push(Entry::nested(start));
                cursor.skip();
                if cursor.peek()? != last {
                    is_key = first == b'{';
                    continue;
                }
            }
            _ => {
                cursor.literal(first)?;
                entries.push(Entry::scalar(start..cursor.at(), false));
            }
        }
        // The ends of arrays and objects.
        loop {
            let Some((index, last)) = open.last().copied() else {
                cursor.end()?;
                return Ok(entries);
            };
            if cursor.peek()? == b',' {
                cursor.skip();
                is_key = last == b'}';
                break;
            }
            cursor.expect(last)?;
            open.pop();
            entries.close(index);
        }
    }
}

#[cfg(test)]
mod tests;
