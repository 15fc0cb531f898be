//! The choice of a union's variant.

use std::any::TypeId;

use super::fit::{Decision, Fit, Key};
use super::node::Node;

/// A function that compares a value with a type, and returns `None` if the type cannot be read from the value.
#[doc(hidden)]
pub type Fitting = fn(Node<'_>) -> Option<Fit>;

/// The memory of a decision in bytes. The hash table may be half empty.
const DECISION: usize = 2 * size_of::<(Key, Decision)>();

/// Decides which variant of the union `U` fits a value best, with `choose` unless the decision was made before.
///
/// Decisions are remembered. Without this, the time would be exponential in the depth of the value: a union asks for
/// the fit of each variant, each of which asks the unions inside of it.
pub(crate) fn decide<U: 'static>(node: Node<'_>, choose: impl FnOnce() -> Option<(usize, Fit)>) -> Decision {
    let decisions = &node.document().decisions;
    let key = key::<U>(node);
    if let Some(decision) = decisions.borrow().get(&key) {
        return *decision;
    }
    // If this fails, so does reading the document.
    let _ = node.document().allocate(DECISION);
    decisions.borrow_mut().insert(key.clone(), Decision::Open);
    let decision = Decision::Made(node.document().nested(0, || Ok(choose())).ok().flatten());
    decisions.borrow_mut().insert(key, decision);
    decision
}

/// Runs `read` for the union `U`, or returns `None` if this happens in the same place inside of such a `read`.
pub(crate) fn once<U: 'static, T>(node: Node<'_>, read: impl FnOnce() -> T) -> Option<T> {
    let decisions = &node.document().decisions;
    let key = key::<U>(node);
    let before = decisions.borrow_mut().insert(key.clone(), Decision::Open);
    let result = (!matches!(before, Some(Decision::Open))).then(read);
    match before {
        Some(before) => decisions.borrow_mut().insert(key, before),
        None => decisions.borrow_mut().remove(&key),
    };
    result
}

fn key<U: 'static>(node: Node<'_>) -> Key {
    (node.index(), TypeId::of::<U>(), node.held(), node.is_closed())
}

/// Returns the index of the variant that fits a value best, and the first one of equals.
pub(crate) fn best(node: Node<'_>, variants: &[Fitting]) -> Option<(usize, Fit)> {
    let fits = || variants.iter().enumerate().filter_map(|(index, variant)| Some((index, variant(node)?)));
    let mut best: Option<(usize, Fit)> = None;
    for (index, fit) in fits() {
        if best.is_none_or(|(_, least)| fit < least) {
            best = Some((index, fit));
        }
        if fit == Fit::EXACT {
            break;
        }
    }
    let unlisted = best.filter(|(_, fit)| fit.unknown > 0);
    let accepting = |(_, unlisted)| fits().filter(|(_, fit)| fit.replaces(unlisted)).min_by_key(|(_, fit)| *fit);
    let best = unlisted.and_then(accepting).or(best);
    let foreign = best.filter(|(_, fit)| fit.foreign > 0);
    let numeric = |(_, foreign)| fits().filter(|(_, fit)| fit.forbids(foreign)).min_by_key(|(_, fit)| *fit);
    foreign.and_then(numeric).or(best)
}

#[cfg(test)]
mod tests {
    use super::{Fit, decide};
    use crate::json::{Cause, Document, Limits};

    #[test]
    fn decisions_count_as_memory() {
        let limits = Limits { memory: 1000, ..Limits::NONE };
        for (text, is_enough) in [("[1,2]".to_owned(), true), (format!("[1{}]", ",1".repeat(1000)), false)] {
            let document = Document::parse(text.as_bytes(), limits).unwrap();
            let read = document.read(|list| {
                list.items().for_each(|item| _ = decide::<()>(item, || Some((0, Fit::EXACT))));
                Ok(())
            });
            assert_eq!(read.is_ok(), is_enough);
            assert!(read.is_ok() || matches!(read.unwrap_err().cause(), Cause::Memory(1000)));
        }
    }
}
