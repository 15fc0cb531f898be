//! Limits of values. The client does not check them, but the service does.

use super::changes::Changes;
use crate::generator::model::Limits;
use crate::generator::problems::Place;

/// Tells which limits of a value that is sent became narrower. `subject` names the value.
pub fn compare(changes: &mut Changes, place: &Place, subject: &str, old: &Limits, new: &Limits) {
    for (key, number) in &new.numbers {
        let before = old.number(key);
        let is_lower = key.starts_with("min") || *key == "exclusiveMinimum";
        let is_narrower = match before {
            Some(before) if is_lower => *number > before,
            Some(before) => *number < before,
            None => !is_implied(key, *number, old),
        };
        if is_narrower {
            let was = before.map(|before| format!(" instead of {before}")).unwrap_or_default();
            tell(changes, &place.at(key), format!("the `{key}` of {subject} is {number}{was}"));
        }
    }
    if let Some(pattern) = new.pattern.as_ref().filter(|pattern| old.pattern.as_ref() != Some(pattern)) {
        let was = old.pattern.as_ref().map(|before| format!(" instead of `{before}`")).unwrap_or_default();
        tell(changes, &place.at("pattern"), format!("the `pattern` of {subject} is `{pattern}`{was}"));
    }
}

/// Returns whether a new limit follows from an old one with another key, or from what a length is.
fn is_implied(key: &str, number: f64, old: &Limits) -> bool {
    let old = |key| old.number(key);
    match key {
        "minLength" | "minItems" => number <= 0.0,
        "minimum" => old("exclusiveMinimum").is_some_and(|before| number <= before),
        "exclusiveMinimum" => old("minimum").is_some_and(|before| number < before),
        "maximum" => old("exclusiveMaximum").is_some_and(|before| number >= before),
        "exclusiveMaximum" => old("maximum").is_some_and(|before| number > before),
        _ => false,
    }
}

fn tell(changes: &mut Changes, place: &Place, message: String) {
    changes.tell(
        place,
        message,
        "users have to keep to it: the service refuses other values, and the client checks nothing",
    );
}
