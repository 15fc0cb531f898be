//! JSON numbers (RFC 8259, section 6).

use serde_json::Number;

use super::clock::{BLOCK, Clock};

/// Returns the length of the number at the start of `text`.
///
/// # Errors
///
/// Returns the index of the first invalid byte, or the length of `text` if a digit is missing at its end. It is any index
/// if the time limit passes.
pub(super) fn length(text: &[u8], clock: Clock) -> Result<usize, usize> {
    let mut at = skip(text, 0, b"-");
    at = if text.get(at) == Some(&b'0') { at + 1 } else { digits(text, at, clock)? };
    if text.get(at) == Some(&b'.') {
        at = digits(text, at + 1, clock)?;
    }
    if let Some(b'e' | b'E') = text.get(at) {
        at = digits(text, skip(text, at + 1, b"+-"), clock)?;
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
fn digits(text: &[u8], start: usize, clock: Clock) -> Result<usize, usize> {
    let mut at = start;
    loop {
        let rest = text.get(at..).unwrap_or_default();
        let block = rest.get(..BLOCK).unwrap_or(rest);
        let count = block.iter().position(|byte| !byte.is_ascii_digit()).unwrap_or(block.len());
        at += count;
        if count < BLOCK {
            return if at > start { Ok(at) } else { Err(at) };
        }
        if clock.is_late() {
            return Err(at);
        }
    }
}

/// Returns a number with the type that represents it best.
///
/// # Errors
///
/// Returns what was expected if no type represents it.
pub(super) fn parse(text: &str) -> Result<Number, &'static str> {
    let integer = text.parse::<u64>().map(Number::from).or_else(|_| text.parse::<i64>().map(Number::from));
    // An integer has no sign if it is zero, but a floating-point number does.
    match integer.ok().filter(|_| text != "-0") {
        Some(integer) => Ok(integer),
        None => Number::from_f64(float(text)?).ok_or(RANGE),
    }
}

/// Returns the integer that a text represents, without loss: `1.0` and `1e3` are integers, too (JSON Schema, "Numeric
/// Instances").
pub(super) fn whole(text: &str) -> Option<i128> {
    // The text can be a string of the document, and then anything.
    text.parse::<f64>().ok()?;
    let (number, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let farthest = if exponent.starts_with('-') { i64::MIN } else { i64::MAX };
    let exponent: i64 = exponent.parse().unwrap_or(farthest);
    let (integer, fraction) = number.split_once('.').unwrap_or((number, ""));
    // The zeros at the end wait for another digit. The value is negative, because negative integers reach further.
    let (mut value, mut zeros) = (0_i128, 0_u32);
    for digit in integer.trim_start_matches(['+', '-']).chars().chain(fraction.chars()) {
        match digit.to_digit(10)? {
            0 if value == 0 => {}
            0 => zeros = zeros.checked_add(1)?,
            digit => {
                value = shifted(value, zeros.checked_add(1)?)?.checked_sub(digit.into())?;
                zeros = 0;
            }
        }
    }
    if value == 0 {
        return Some(0);
    }
    let places = exponent.saturating_sub(i64::try_from(fraction.len()).ok()?).saturating_add(zeros.into());
    let value = shifted(value, u32::try_from(places).ok()?)?;
    if text.starts_with('-') { Some(value) } else { value.checked_neg() }
}

/// Appends zeros to an integer.
fn shifted(integer: i128, zeros: u32) -> Option<i128> {
    integer.checked_mul(10_i128.checked_pow(zeros)?)
}

const RANGE: &str = "a number in the range of `f64`";

/// Returns the `f64` that is nearest to a number.
///
/// # Errors
///
/// Returns what was expected if the text is not a number, or is an integer that would change. Numbers with a fraction or
/// an exponent are measured or calculated, so they may be rounded (RFC 8259, section 6).
pub(super) fn float(text: &str) -> Result<f64, &'static str> {
    let number: f64 = text.parse().map_err(|_| "a number")?;
    if !number.is_finite() {
        // `f64` also reads words such as `inf`.
        let is_number = text.contains(|digit: char| digit.is_ascii_digit());
        return Err(if is_number { RANGE } else { "a number" });
    }
    let is_changed = text.len() > DIGITS && is_changed(text, number);
    if is_changed { Err("an integer that an `f64` represents without loss") } else { Ok(number) }
}

/// Returns whether a text is an integer that `number` writes with other digits.
fn is_changed(text: &str, number: f64) -> bool {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let digits = whole.trim_start_matches(['+', '-', '0']);
    let is_integer = digits.bytes().all(|byte| byte.is_ascii_digit()) && fraction.bytes().all(|byte| byte == b'0');
    digits.len() > DIGITS && is_integer && number.abs().to_string() != digits
}

/// The number of digits that an `f64` always keeps.
pub(super) const DIGITS: usize = 15;
