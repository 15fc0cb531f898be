//! JSON strings (RFC 8259, section 7).

use std::borrow::Cow;

/// Returns the length of the string at the start of `text`, with both quotes.
///
/// # Errors
///
/// Returns the index of the byte that makes the string invalid, or the length of `text` if the string does not end.
pub(super) fn length(text: &[u8]) -> Result<usize, usize> {
    let mut at = 1;
    loop {
        let rest = text.get(at..).unwrap_or_default();
        let Some(found) = rest.iter().position(|byte| matches!(byte, b'"' | b'\\' | ..0x20)) else {
            return Err(text.len());
        };
        at += found;
        match text[at] {
            b'"' => return Ok(at + 1),
            b'\\' => at += escape(&text[at..]).map_err(|end| if end { text.len() } else { at })?,
            _ => return Err(at),
        }
    }
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

/// Returns the content of a valid string without its quotes, or `None` if it is not UTF-8.
///
/// An escaped surrogate that is not part of a pair becomes U+FFFD, because Rust strings cannot represent it.
pub(super) fn unescape(inside: &[u8]) -> Option<Cow<'_, str>> {
    if !inside.contains(&b'\\') {
        return std::str::from_utf8(inside).ok().map(Cow::Borrowed);
    }
    let mut text = String::with_capacity(inside.len());
    let mut rest = inside;
    while let Some(at) = rest.iter().position(|byte| *byte == b'\\') {
        text.push_str(std::str::from_utf8(&rest[..at]).ok()?);
        rest = &rest[at..];
        let (character, length) = character(rest)?;
        text.push(character);
        rest = &rest[length..];
    }
    text.push_str(std::str::from_utf8(rest).ok()?);
    Some(Cow::Owned(text))
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
    use super::{length, unescape};

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
            assert_eq!(length(format!("\"{inside}\" rest").as_bytes()), Ok(inside.len() + 2), "{inside}");
            assert_eq!(unescape(inside.as_bytes()).unwrap(), text, "{inside}");
        }
        assert_eq!(unescape(b"\xff"), None);
        assert_eq!(unescape(b"\\n\xff"), None);
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
            assert_eq!(length(text.as_bytes()), Err(at), "{text}");
        }
    }
}
