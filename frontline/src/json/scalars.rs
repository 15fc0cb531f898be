//! Reading of numbers, booleans and strings.
//!
//! Some services write one as another: numbers and booleans in quotes, or text without quotes. Such values are read
//! wherever nothing is lost, and [`Fit::LOOSE`] lets a union prefer the type that the value has in JSON.

use super::decode_error::DecodeError;
use super::fit::Fit;
use super::from_json::{FromJson, from_json};
use super::node::{Kind, Node};
use super::number;

macro_rules! integers {
    ($($integer:ident),*) => {$(
        impl FromJson for $integer {
            const EMPTY_IS_NONE: bool = true;

            fn read_json(node: Node<'_>, place: &mut Option<Self>) -> Result<(), DecodeError> {
                let text = digits(node).ok_or_else(|| node.expected("an integer"))?;
                *place = text.parse().ok().or_else(|| whole(node, &text)?.try_into().ok());
                let range = concat!("an integer in the range of `", stringify!($integer), "`");
                if place.is_some() { Ok(()) } else { Err(node.expected(mistake(node, &text, range))) }
            }

            fn fit(node: Node<'_>) -> Option<Fit> {
                fit_number::<Self>(node)
            }
        }
    )*};
}

integers!(i32, i64, u32, u64, i128);

/// Returns the text of a number, or of a string that may contain one.
fn digits(node: Node<'_>) -> Option<std::borrow::Cow<'_, str>> {
    if matches!(node.kind(), Kind::Number | Kind::String) { node.text().ok() } else { None }
}

/// Returns the integer that a number with a fraction or an exponent is.
fn whole(node: Node<'_>, text: &str) -> Option<i128> {
    number::whole(text).filter(|whole| !is_rounded(node, *whole))
}

/// Returns whether another integer may have been rounded to this one. From 2⁵³ on, one `f64` can represent several integers.
fn is_rounded(node: Node<'_>, whole: i128) -> bool {
    node.document().is_rounded && node.kind() == Kind::Number && whole.unsigned_abs() >= 1 << 53
}

/// Returns what was expected instead of a text that is not an integer of a type with this range.
fn mistake(node: Node<'_>, text: &str, range: &'static str) -> &'static str {
    match number::whole(text) {
        Some(whole) if is_rounded(node, whole) && !is_plain(text) => "an integer without a fraction or an exponent",
        Some(_) => range,
        // Whole numbers with more than 38 digits exceed every range.
        None if text.parse::<f64>().is_ok_and(|number| number.abs() >= 1e38) => range,
        None => "an integer",
    }
}

/// Returns whether a text consists of digits, and at most a sign.
fn is_plain(text: &str) -> bool {
    text.trim_start_matches(['+', '-']).bytes().all(|byte| byte.is_ascii_digit())
}

impl FromJson for f64 {
    const EMPTY_IS_NONE: bool = true;

    fn read_json(node: Node<'_>, place: &mut Option<Self>) -> Result<(), DecodeError> {
        let text = digits(node).ok_or_else(|| node.expected("a number"))?;
        // If another type of the same object keeps the digits, they may be rounded here.
        let rounded = || text.parse().ok().filter(|number: &Self| node.view().is_some() && number.is_finite());
        let float = number::float(&text).or_else(|expected| rounded().ok_or_else(|| node.expected(expected)));
        *place = Some(float?);
        Ok(())
    }

    fn fit(node: Node<'_>) -> Option<Fit> {
        // A long integer is written with an exponent. An integer type keeps its spelling.
        let is_long = |text: &str| text.len() > number::DIGITS && is_plain(text);
        let fit = fit_number::<Self>(node)?;
        Some(if fit == Fit::EXACT && node.text().is_ok_and(|text| is_long(&text)) { Fit::RESPELLED } else { fit })
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
        from_json::<Self>(node).ok().map(|_| grade(node, matches!(node.kind(), Kind::Bool(_))))
    }
}

impl FromJson for String {
    fn read_json(node: Node<'_>, place: &mut Option<Self>) -> Result<(), DecodeError> {
        *place = Some(node.text()?.into_owned());
        Ok(())
    }

    fn fit(node: Node<'_>) -> Option<Fit> {
        node.text().ok().map(|_| grade(node, node.kind() == Kind::String))
    }
}

/// Returns how well a numeric type fits a value.
fn fit_number<T: FromJson>(node: Node<'_>) -> Option<Fit> {
    let is_number = node.kind() == Kind::Number;
    match from_json::<T>(node) {
        Ok(_) => Some(grade(node, is_number)),
        Err(_) => is_number.then_some(Fit::INEXACT),
    }
}

fn grade(node: Node<'_>, is_described: bool) -> Fit {
    match node.kind() {
        _ if is_described => Fit::EXACT,
        Kind::Number | Kind::Bool(_) => Fit::FOREIGN,
        _ => Fit::LOOSE,
    }
}

#[cfg(test)]
mod tests;
