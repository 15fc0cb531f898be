//! JSON strings (RFC 8259, section 7).

use super::clock::{BLOCK, Clock};

/// The end of a string.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// The string has no escape sequences.
    Plain,
    Escaped,
    /// A byte is invalid, or missing.
    Invalid,
}

/// Returns the length of the string at the start of `text`, with both quotes. For an invalid string, this is the index of
/// the first invalid byte, or the length of `text` if the string does not end. It is any index if the time limit passes.
///
/// The result is a pair because it fits into registers.
#[inline]
pub(super) fn length(text: &[u8], clock: Clock) -> (usize, End) {
    if text.first() != Some(&b'"') {
        return (0, End::Invalid);
    }
    let at = 1 + plain(block(&text[1..]));
    if text.get(at) == Some(&b'"') { (at + 1, End::Plain) } else { long_length(text, at, clock) }
}

/// Returns the length of a string that has its first escape sequence, if any, at `at` or later.
#[inline(never)]
fn long_length(text: &[u8], mut at: usize, clock: Clock) -> (usize, End) {
    let mut end = End::Plain;
    let mut next = BLOCK;
    loop {
        if at >= next {
            if clock.is_late() {
                return (at, End::Invalid);
            }
            next = at + BLOCK;
        }
        match text.get(at) {
            Some(b'"') => return (at + 1, end),
            Some(b'\\') => match escape(&text[at..]) {
                Ok(length) => (at, end) = (at + length, End::Escaped),
                Err(is_end) => return (if is_end { text.len() } else { at }, End::Invalid),
            },
            None | Some(..0x20) => return (at, End::Invalid),
            Some(_) => {}
        }
        at += plain(block(&text[at..]));
    }
}

/// Returns the start of a text, so that its end can wait for a look at the clock.
#[inline]
fn block(text: &[u8]) -> &[u8] {
    text.get(..BLOCK).unwrap_or(text)
}

/// Returns the number of bytes before the first quote, backslash or control character.
#[inline]
fn plain(text: &[u8]) -> usize {
    let mut rest = text;
    while let Some((word, after)) = rest.split_first_chunk() {
        if let Some(at) = special(*word) {
            return text.len() - rest.len() + at;
        }
        rest = after;
    }
    let is_special = |byte: &u8| matches!(byte, b'"' | b'\\' | ..0x20);
    text.len() - rest.len() + rest.iter().position(is_special).unwrap_or(rest.len())
}

/// Returns the index of the first quote, backslash or control character.
#[inline]
fn special(bytes: [u8; 8]) -> Option<usize> {
    const ONES: u64 = u64::from_le_bytes([1; 8]);
    const HIGH: u64 = ONES << 7;
    let word = u64::from_le_bytes(bytes);
    // The subtraction borrows from the high bit of a byte if the byte is less than the subtrahend. Only bytes after the
    // first one that is less can be taken for less by mistake.
    let less_than = |word: u64, limit: u64| word.wrapping_sub(ONES * limit) & !word;
    let is = |byte: u8| less_than(word ^ (ONES * u64::from(byte)), 1);
    let found = (less_than(word, 0x20) | is(b'"') | is(b'\\')) & HIGH;
    (found != 0).then(|| found.trailing_zeros() as usize / 8)
}

/// Returns the length of the escape sequence at the start of `text`.
///
/// # Errors
///
/// Returns whether the text ends before the sequence.
fn escape(text: &[u8]) -> Result<usize, bool> {
    match text.get(1) {
        Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => Ok(2),
        Some(b'u') => unit(text).map(|_| 6).ok_or(text.len() < 6),
        byte => Err(byte.is_none()),
    }
}

/// Returns the UTF-16 code unit of the escape sequence `\uXXXX` at the start of `text`.
fn unit(text: &[u8]) -> Option<u16> {
    let digits = text.strip_prefix(b"\\u")?.get(..4)?;
    digits.iter().try_fold(0, |unit, digit| {
        let digit = char::from(*digit).to_digit(16)?;
        Some(unit << 4 | u16::try_from(digit).ok()?)
    })
}

/// Returns the content of a string without its quotes, or `None` if an escape sequence is invalid, or `is_late` says so.
///
/// An escaped surrogate that is not part of a pair becomes U+FFFD, because Rust strings cannot represent it.
pub(super) fn unescape(inside: &str, is_late: impl Fn() -> bool) -> Option<String> {
    let mut text = String::with_capacity(inside.len());
    let mut rest = inside;
    let mut next = BLOCK;
    while let Some(at) = rest.bytes().position(|byte| byte == b'\\') {
        text.push_str(&rest[..at]);
        let (character, length) = character(&rest.as_bytes()[at..])?;
        text.push(character);
        rest = rest.get(at + length..)?;
        if inside.len() - rest.len() >= next {
            if is_late() {
                return None;
            }
            next += BLOCK;
        }
    }
    text.push_str(rest);
    Some(text)
}

/// Returns the character of the escape sequence at the start of `text`, and the sequence's length.
fn character(text: &[u8]) -> Option<(char, usize)> {
    let character = match text.get(1)? {
        b'b' => '\u{8}',
        b'f' => '\u{c}',
        b'n' => '\n',
        b'r' => '\r',
        b't' => '\t',
        b'u' => {
            let units = [Some(unit(text)?), unit(&text[6..])];
            let decoded = char::decode_utf16(units.into_iter().flatten()).next()?;
            let character = decoded.unwrap_or(char::REPLACEMENT_CHARACTER);
            return Some((character, 6 * character.len_utf16()));
        }
        other => char::from(*other),
    };
    Some((character, 2))
}

#[cfg(test)]
mod tests {
    use super::{Clock, End, length, unescape};

    #[test]
    fn escapes_are_decoded() {
        for (inside, text) in [
            (r"", ""),
            (r"ada", "ada"),
            (r#"\"\\\/\b\f\n\r\t"#, "\"\\/\u{8}\u{c}\n\r\t"),
            (r"\u00e9\u00E9x", "ééx"),
            (r"\ud83d\ude00", "😀"),
            (r"\ud83d", "\u{fffd}"),
            (r"a\ud83d\n", "a\u{fffd}\n"),
            (r"\ud83d\u0041", "\u{fffd}A"),
            (r"\ude00\ud83d\ude00", "\u{fffd}😀"),
        ] {
            let length = length(format!("\"{inside}\" rest").as_bytes(), Clock(None));
            let end = if inside.contains('\\') { End::Escaped } else { End::Plain };
            assert_eq!(length, (inside.len() + 2, end), "{inside}");
            assert_eq!(unescape(inside, || false).unwrap(), text, "{inside}");
        }
    }

    #[test]
    fn invalid_strings_are_located() {
        for (text, at) in [
            ("\"", 1),
            (r#""a"#, 2),
            ("\"a\nb\"", 2),
            (r#""\x""#, 1),
            (r#""\u12"#, 5),
            (r#""\u12g4""#, 1),
            (r#""a\"#, 3),
        ] {
            assert_eq!(length(text.as_bytes(), Clock(None)), (at, End::Invalid), "{text}");
        }
    }
}
