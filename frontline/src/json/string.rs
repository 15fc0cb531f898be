//! JSON strings (RFC 8259, section 7).

/// Returns the length of the string at the start of `text`, with both quotes, and whether it has escape sequences.
///
/// # Errors
///
/// Returns the index of the byte that makes the string invalid, or the length of `text` if the string does not end.
pub(super) fn length(text: &[u8]) -> Result<(usize, bool), usize> {
    let (mut at, mut is_escaped) = (1, false);
    loop {
        at += plain(text.get(at..).unwrap_or_default());
        let Some(byte) = text.get(at) else { return Err(text.len()) };
        match byte {
            b'"' => return Ok((at + 1, is_escaped)),
            b'\\' => {
                is_escaped = true;
                at += escape(&text[at..]).map_err(|end| if end { text.len() } else { at })?;
            }
            _ => return Err(at),
        }
    }
}

/// Returns the number of bytes before the first quote, backslash or control character.
fn plain(text: &[u8]) -> usize {
    let is_special = |byte: &u8| matches!(byte, b'"' | b'\\' | ..0x20);
    let words = text.chunks_exact(8).take_while(|word| !has_special(word)).count();
    let rest = &text[8 * words..];
    8 * words + rest.iter().position(is_special).unwrap_or(rest.len())
}

/// Whether one of 8 bytes is a quote, a backslash or a control character.
fn has_special(bytes: &[u8]) -> bool {
    const ONES: u64 = u64::from_ne_bytes([1; 8]);
    const HIGH: u64 = ONES << 7;
    let Ok(bytes) = bytes.try_into() else { return true };
    let word = u64::from_ne_bytes(bytes);
    // The subtraction borrows from the high bit of a byte if the byte is less than the subtrahend.
    let less_than = |word: u64, limit: u64| word.wrapping_sub(ONES * limit) & !word;
    let is = |byte: u8| less_than(word ^ (ONES * u64::from(byte)), 1);
    (less_than(word, 0x20) | is(b'"') | is(b'\\')) & HIGH != 0
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
pub(super) fn unescape(inside: &[u8]) -> Option<String> {
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
            let length = length(format!("\"{inside}\" rest").as_bytes());
            assert_eq!(length, Ok((inside.len() + 2, inside.contains('\\'))), "{inside}");
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
