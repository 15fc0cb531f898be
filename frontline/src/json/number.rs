//! JSON numbers (RFC 8259, section 6).

use serde_json::Number;

/// Returns the length of the number at the start of `text`.
///
/// # Errors
///
/// Returns the index of the first invalid byte, or the length of `text` if a digit is missing at its end.
pub(super) fn length(text: &[u8]) -> Result<usize, usize> {
    let mut at = skip(text, 0, b"-");
    at = if text.get(at) == Some(&b'0') { at + 1 } else { digits(text, at)? };
    if text.get(at) == Some(&b'.') {
        at = digits(text, at + 1)?;
    }
    if let Some(b'e' | b'E') = text.get(at) {
        at = digits(text, skip(text, at + 1, b"+-"))?;
    }
    Ok(at)
}

/// Returns the index after one of `bytes`, if it is at `at`.
#[inline]
fn skip(text: &[u8], at: usize, bytes: &[u8]) -> usize {
    at + usize::from(text.get(at).is_some_and(|byte| bytes.contains(byte)))
}

/// Returns the index after at least one digit.
#[inline]
fn digits(text: &[u8], at: usize) -> Result<usize, usize> {
    let rest = text.get(at..).unwrap_or_default();
    let count = rest.iter().position(|byte| !byte.is_ascii_digit()).unwrap_or(rest.len());
    if count > 0 { Ok(at + count) } else { Err(at) }
}

/// Returns a number with the type that represents it best, or `None` if it is out of range.
pub(super) fn parse(text: &str) -> Option<Number> {
    let integer = text.parse::<u64>().map(Number::from).or_else(|_| text.parse::<i64>().map(Number::from));
    // An integer has no sign if it is zero, but a floating-point number does.
    let integer = integer.ok().filter(|_| text != "-0");
    integer.or_else(|| Number::from_f64(text.parse().ok()?))
}
