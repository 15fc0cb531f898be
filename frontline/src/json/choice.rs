//! The choice of a union's variant.

use std::any::TypeId;

use serde::Serialize;
use serde_json::Value;

use super::fit::{Decision, Fit};
use super::node::Node;

/// A function that compares a value with a type, and returns `None` if the type cannot be read from the value.
#[doc(hidden)]
pub type Fitting = fn(Node<'_>) -> Option<Fit>;

/// The memory of a decision in bytes. The hash table may be half empty.
const DECISION: usize = 2 * size_of::<((u32, TypeId), Decision)>();

/// Returns the index of the variant that fits a value best, and the first one of equals.
///
/// Decisions are remembered. Without this, the time would be exponential in the depth of the value: a union asks for
/// the fit of each variant, each of which asks the unions inside of it.
pub(crate) fn decide<U: 'static>(node: Node<'_>, variants: &[Fitting]) -> Option<(usize, Fit)> {
    let decisions = &node.document().decisions;
    let key = (node.index(), TypeId::of::<U>());
    match decisions.borrow().get(&key) {
        Some(Decision::Made(decision)) if !node.is_partial() => return *decision,
        Some(Decision::Open) => return None,
        _ => {}
    }
    node.document().allocate(DECISION).ok()?;
    let before = decisions.borrow_mut().insert(key, Decision::Open);
    let decision = best(node, variants);
    // The parts of an object that its struct has not read may lead to another decision than the whole object.
    let made = if node.is_partial() { before } else { Some(Decision::Made(decision)) };
    match made {
        Some(made) => decisions.borrow_mut().insert(key, made),
        None => decisions.borrow_mut().remove(&key),
    };
    decision
}

fn best(node: Node<'_>, variants: &[Fitting]) -> Option<(usize, Fit)> {
    let mut best: Option<(usize, Fit)> = None;
    for (index, variant) in variants.iter().enumerate() {
        let Some(fit) = variant(node) else { continue };
        if best.is_none_or(|(_, least)| fit < least) {
            best = Some((index, fit));
        }
        if fit == Fit::EXACT {
            break;
        }
    }
    best
}

/// Compares a value with what a type makes of it: the type may normalize it, for example a date.
#[doc(hidden)]
pub fn compare(node: Node<'_>, read: &impl Serialize) -> Option<Fit> {
    // JSON text keeps an `f32` as short as it was; converting it to a `Value` would add digits.
    let written: Value = serde_json::from_str(&serde_json::to_string(read).ok()?).ok()?;
    Some(Fit::lost(lost(&node.copy().ok()?, &written)))
}

/// Counts the parts of `value`, except nulls, that `written` does not have.
fn lost(value: &Value, written: &Value) -> u32 {
    match (value, written) {
        (Value::Null, _) => 0,
        (Value::Object(fields), Value::Object(others)) => {
            let null = Value::Null;
            fields.iter().map(|(key, value)| lost(value, others.get(key).unwrap_or(&null))).sum()
        }
        (Value::Array(items), Value::Array(others)) if items.len() == others.len() => {
            items.iter().zip(others).map(|(item, other)| lost(item, other)).sum()
        }
        (Value::Number(a), Value::Number(b)) => u32::from(a.as_f64() != b.as_f64()),
        (a, b) => u32::from(a != b),
    }
}
