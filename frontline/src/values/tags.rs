//! Tags, which select the variant of a union, and other constants.

use serde_json::Value;

use crate::json::{DecodeError, Document, Fit, FromJson, Limits, Node, from_json};

/// Returns the one of the values `known` that the tag `property` has. A struct around the union may have read it too.
#[doc(hidden)]
#[must_use]
pub fn tag<'a>(node: Node<'_>, property: &str, is_text: bool, known: &[&'a str]) -> Option<&'a str> {
    node.whole().get(property).and_then(|tag| select(tag, is_text, known))
}

/// Returns the value that a tag has. Unless it is text, it can also be written as numbers and booleans are read.
fn select<'a>(tag: Node<'_>, is_text: bool, known: &[&'a str]) -> Option<&'a str> {
    let value = tag.is_scalar().then(|| tag.value().ok())??;
    let find = |text: &str| known.iter().find(|known| **known == text);
    let number = || {
        let number = from_json::<f64>(tag).ok()?;
        known.iter().find(|known| known.parse() == Ok(number))
    };
    let flag = || find(&from_json::<bool>(tag).ok()?.to_string());
    let exact = spelled(&value).and_then(|text| find(&text)).or_else(|| find(&tag.text().ok()?));
    let found = if is_text { exact } else { exact.or_else(number).or_else(flag) };
    found.copied()
}

/// Returns the text of a tag. Numbers and booleans are compared as JSON.
pub(super) fn spelled(tag: &Value) -> Option<String> {
    match tag {
        Value::String(text) => Some(text.clone()),
        #[expect(clippy::cast_possible_truncation, reason = "the number is whole and small")]
        Value::Number(number) => match number.as_f64().filter(|_| number.is_f64()) {
            Some(float) if float.fract() == 0.0 && float.abs() < 1e15 => Some((float as i64).to_string()),
            _ => Some(number.to_string()),
        },
        Value::Bool(flag) => Some(flag.to_string()),
        _ => None,
    }
}

/// Returns whether a tag has one of the values `known`.
pub(super) fn selects(tag: &Value, is_text: bool, known: &[&str]) -> bool {
    read(&tag.to_string(), |tag| Ok(select(tag, is_text, known).is_some())).unwrap_or_default()
}

/// Returns how well a type fits a property that has to have the value `constant`, which is JSON.
///
/// The value is compared as the type reads it: `0` is false.
#[doc(hidden)]
#[must_use]
pub fn fit_constant<T: FromJson + PartialEq>(node: Node<'_>, constant: &str) -> Option<Fit> {
    let own = node.is_scalar().then(|| node.value().ok())??;
    let is_same = || spelled(&own) == spelled(&serde_json::from_str(constant).unwrap_or_default());
    let is_read_alike = || from_json::<T>(node).ok().is_some_and(|own| read(constant, from_json) == Some(own));
    (own.is_null() || is_same() || is_read_alike()).then(|| T::fit(node))?
}

fn read<T>(json: &str, read: impl FnOnce(Node<'_>) -> Result<T, DecodeError>) -> Option<T> {
    Document::parse(json.as_bytes(), Limits::NONE).and_then(|document| document.read(read)).ok()
}

#[cfg(test)]
mod tests {
    use super::{read, select};

    #[test]
    fn tags_have_the_value_that_their_type_reads() {
        for (json, is_text, known, selected) in [
            ("\"a\"", true, ["a", "b"], Some("a")),
            ("1.50", true, ["1.5", "1.50"], Some("1.5")),
            ("1.50", true, ["1.50", "b"], Some("1.50")),
            ("1.50", false, ["1", "1.5"], Some("1.5")),
            ("2.0", true, ["1", "2"], Some("2")),
            ("\"2.0\"", true, ["1", "2"], None),
            ("\"2.0\"", false, ["1", "2"], Some("2")),
            ("true", true, ["true", "false"], Some("true")),
            ("0", true, ["true", "false"], None),
            ("0", false, ["true", "false"], Some("false")),
            ("\"TRUE\"", false, ["true", "false"], Some("true")),
            ("0", false, ["false", "0"], Some("0")),
            ("2", false, ["true", "false"], None),
            ("null", false, ["true", "false"], None),
            ("[]", false, ["true", "false"], None),
        ] {
            let found = read(json, |tag| Ok(select(tag, is_text, &known))).unwrap();
            assert_eq!(found, selected, "{json} {is_text} {known:?}");
        }
    }
}
