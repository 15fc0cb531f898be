//! Reading of numbers, booleans and strings.
//!
//! Some services write one as another: numbers and booleans in quotes, or text without quotes. Such values are read
//! wherever nothing is lost, and [`Fit::LOOSE`] lets a union prefer the type that the value has in JSON.

use super::decode_error::DecodeError;
use super::fit::Fit;
use super::from_json::{FromJson, from_json};
use super::node::{Kind, Node};

macro_rules! integers {
    ($($integer:ident),*) => {$(
        impl FromJson for $integer {
            const EMPTY_IS_NONE: bool = true;

            fn read_json(node: Node<'_>, place: &mut Option<Self>) -> Result<(), DecodeError> {
                let text = digits(node).ok_or_else(|| node.expected("an integer"))?;
                *place = match text.parse() {
                    Ok(integer) => Some(integer),
                    Err(_) => whole(&text).ok_or_else(|| node.expected("an integer"))?.try_into().ok(),
                };
                if place.is_some() { Ok(()) } else { Err(node.expected(stringify!($integer))) }
            }

            fn fit(node: Node<'_>) -> Option<Fit> {
                from_json::<Self>(node).ok().map(|_| grade(node.kind() == Kind::Number))
            }
        }
    )*};
}

integers!(i32, i64, u32, u64, i128);

/// Returns the text of a number, or of a string that may contain one.
fn digits(node: Node<'_>) -> Option<std::borrow::Cow<'_, str>> {
    if matches!(node.kind(), Kind::Number | Kind::String) { node.text().ok() } else { None }
}

/// Returns the integer that a text represents.
///
/// `1.0` is an integer too (JSON Schema, "Numeric Instances"), unless a parser may have rounded another integer to it. A
/// fraction is lost if it exceeds the precision of an `f64` (RFC 8259, section 6).
fn whole(text: &str) -> Option<i128> {
    #[allow(clippy::cast_possible_truncation, reason = "the number has no fraction and fits into an i128")]
    let rounded = |number: f64| (number.fract() == 0.0 && number.abs() < EXACT).then_some(number as i128);
    text.parse().ok().or_else(|| rounded(text.parse().ok()?))
}

/// 2⁵³: from it on, one floating-point number can represent several integers.
const EXACT: f64 = 9_007_199_254_740_992.0;

impl FromJson for f64 {
    const EMPTY_IS_NONE: bool = true;

    fn read_json(node: Node<'_>, place: &mut Option<Self>) -> Result<(), DecodeError> {
        let text = digits(node).ok_or_else(|| node.expected("a number"))?;
        *place = text.parse().ok().filter(|number: &Self| number.is_finite());
        let expected = if node.kind() == Kind::Number { "a number in the range of `f64`" } else { "a number" };
        if place.is_some() { Ok(()) } else { Err(node.expected(expected)) }
    }

    /// An integer that would be rounded is lost.
    fn fit(node: Node<'_>) -> Option<Fit> {
        let number = from_json::<Self>(node).ok()?;
        #[allow(clippy::cast_possible_truncation, reason = "the comparison notices it")]
        let is_rounded = digits(node)?.parse::<i128>().is_ok_and(|integer| integer != number as i128);
        Some(grade(node.kind() == Kind::Number) + Fit::lost(u32::from(is_rounded)))
    }
}

impl FromJson for bool {
    fn read_json(node: Node<'_>, place: &mut Option<Self>) -> Result<(), DecodeError> {
        let is = |text: &str, words: [&str; 2]| words.iter().any(|word| text.eq_ignore_ascii_case(word));
        *place = match node.kind() {
            Kind::Bool(value) => Some(value),
            _ => digits(node).and_then(|text| {
                is(&text, ["true", "1"]).then_some(true).or(is(&text, ["false", "0"]).then_some(false))
            }),
        };
        if place.is_some() { Ok(()) } else { Err(node.expected("a boolean")) }
    }

    fn fit(node: Node<'_>) -> Option<Fit> {
        from_json::<Self>(node).ok().map(|_| grade(matches!(node.kind(), Kind::Bool(_))))
    }
}

impl FromJson for String {
    fn read_json(node: Node<'_>, place: &mut Option<Self>) -> Result<(), DecodeError> {
        *place = Some(node.text()?.into_owned());
        Ok(())
    }

    fn fit(node: Node<'_>) -> Option<Fit> {
        node.text().ok().map(|_| grade(node.kind() == Kind::String))
    }
}

fn grade(is_described: bool) -> Fit {
    if is_described { Fit::EXACT } else { Fit::LOOSE }
}

#[cfg(test)]
mod tests;
