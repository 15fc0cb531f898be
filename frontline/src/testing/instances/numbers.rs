//! Makes numbers within the limits of a schema and its format.

use serde_json::{Number, Value};

use super::parts::Parts;
use super::random::Random;

/// The whole numbers that a JSON number holds exactly everywhere (RFC 8259, section 6).
const EXACT: i128 = (1 << 53) - 1;

pub fn integer(parts: &Parts<'_>, random: &mut Random) -> Option<Value> {
    let (low, high) = match format(parts) {
        "int8" => (i8::MIN.into(), i8::MAX.into()),
        "int16" => (i16::MIN.into(), i16::MAX.into()),
        "int32" => (i32::MIN.into(), i32::MAX.into()),
        "int64" => (i64::MIN.into(), i64::MAX.into()),
        "uint8" => (0, u8::MAX.into()),
        "uint16" => (0, u16::MAX.into()),
        "uint32" => (0, u32::MAX.into()),
        "uint64" => (0, u64::MAX.into()),
        _ => (-EXACT, EXACT),
    };
    let bounds = Bounds::of(parts);
    let low = low.max(whole(bounds.low.ceil()) + i128::from(bounds.is_low_out && bounds.low.fract() == 0.0));
    let high = high.min(whole(bounds.high.floor()) - i128::from(bounds.is_high_out && bounds.high.fract() == 0.0));
    let near = low.max(0).min(high);
    let span = usize::try_from((high - near).clamp(0, 100_000)).unwrap_or(0);
    let candidates = [low, high, near, near + 1, near + 7, near + random.below(span + 1) as i128];
    let mut number = *random.pick(&candidates)?;
    if let Some(step) = bounds.step.filter(|step| step.fract() == 0.0 && *step >= 1.0) {
        number -= number.rem_euclid(whole(step));
        number += if number < low { whole(step) } else { 0 };
    }
    if number < low || number > high {
        number = near;
    }
    // JSON Schema does not distinguish `1` from `1.0`.
    if number.abs() < EXACT && random.chance(4) {
        return Number::from_f64(float(number)).map(Value::Number);
    }
    Number::from_i128(number).map(Value::Number)
}

pub fn number(parts: &Parts<'_>, random: &mut Random) -> Option<Value> {
    let bounds = Bounds::of(parts);
    let is_integer = parts.all.iter().any(|part| part.get("type").is_some_and(|kind| kind == "integer"));
    // The format of an integer says that there is no fraction, which JSON Schema does not check.
    if is_integer || matches!(format(parts).trim_start_matches('u'), "int8" | "int16" | "int32" | "int64" | "int128") {
        return integer(parts, random);
    }
    let shift = |edge: f64| (edge.abs() * 1e-9).max(1e-6);
    let low = if bounds.is_low_out { bounds.low + shift(bounds.low) } else { bounds.low };
    let high = if bounds.is_high_out { bounds.high - shift(bounds.high) } else { bounds.high };
    #[expect(clippy::cast_precision_loss, reason = "the number is small")]
    let decimals = random.below(100_000_000) as f64 / 1_000_000.0;
    let mut candidates = vec![0.0, 1.0, -1.0, 0.1, 83.4, 52.524_37, -13.405_123, 1e-7, 1_234_567.891, decimals, 3.0];
    candidates.extend([low, high, low + 0.25, low + 1.0, low + (high - low) / 3.0].iter().filter(|n| n.abs() < 1e18));
    if let Some(step) = bounds.step {
        // `0.1 * 3` is not `0.3`; a text of few digits is.
        candidates.push(step);
        let stepped = candidates.iter().map(|number| (number / step).round() * step);
        candidates = stepped.filter_map(|number| format!("{number:.6}").parse().ok()).collect();
    }
    candidates.retain(|number| (low..=high).contains(number));
    let number = *random.pick(&candidates)?;
    if number.fract() == 0.0 && number.abs() < 1e15 && random.chance(70) {
        return Number::from_i128(whole(number)).map(Value::Number);
    }
    Number::from_f64(number).map(Value::Number)
}

fn format<'p>(parts: &'p Parts<'_>) -> &'p str {
    parts.all.iter().find_map(|part| part.get("format")?.as_str()).unwrap_or_default()
}

/// The limits of all parts.
struct Bounds {
    low: f64,
    high: f64,
    is_low_out: bool,
    is_high_out: bool,
    step: Option<f64>,
}

impl Bounds {
    fn of(parts: &Parts<'_>) -> Self {
        let all = |key: &'static str| parts.all.iter().filter_map(move |part| part.get(key)?.as_f64());
        let low = all("minimum").fold(f64::NEG_INFINITY, f64::max);
        let high = all("maximum").fold(f64::INFINITY, f64::min);
        let low_out = all("exclusiveMinimum").fold(f64::NEG_INFINITY, f64::max);
        let high_out = all("exclusiveMaximum").fold(f64::INFINITY, f64::min);
        Self {
            low: low.max(low_out),
            high: high.min(high_out),
            is_low_out: low_out >= low && low_out.is_finite(),
            is_high_out: high_out <= high && high_out.is_finite(),
            step: all("multipleOf").next(),
        }
    }
}

#[expect(clippy::cast_possible_truncation, reason = "a number that is too large becomes the limit")]
fn whole(number: f64) -> i128 {
    // Infinity stays small enough to be added to.
    (number as i128).clamp(i128::MIN / 4, i128::MAX / 4)
}

#[expect(clippy::cast_precision_loss, reason = "the number is at most 2^53")]
fn float(number: i128) -> f64 {
    number as f64
}
