//! Comparison of the errors that operations describe.

use super::changes::Changes;
use super::pairs::Pairs;
use super::shown;
use crate::generator::model::{Failure, Operation};
use crate::generator::names::bare;

pub fn compare(changes: &mut Changes, pairs: &Pairs<'_>, old: &Operation, new: &Operation) {
    let (method, responses) = (bare(&new.name.rust), new.place.at("responses"));
    let find = |all: &'_ [Failure], status: &str| all.iter().position(|failure| failure.status == status);
    for before in &old.failures {
        let (status, what) = (&before.status, told(&before.status));
        let Some(after) = find(&new.failures, status).and_then(|index| new.failures.get(index)) else {
            let message = format!("the document does not describe the error body of `{method}` for {what} any more");
            let users = format!("users have to remove their uses of {}", variant(old, before));
            changes.tell(&responses, message, users);
            continue;
        };
        if !pairs.is_same(&before.ty, &after.ty) {
            let (before, after) = (shown::ty(pairs.old, &before.ty), shown::ty(pairs.new, &after.ty));
            let message = format!("the error body of `{method}` for {what} is `{after}` instead of `{before}`");
            let users = format!("users have to use `{after}` where they call `Error::of` or `Error::body_as`");
            changes.tell(&responses.at(status), message, users);
        }
    }
    for after in new.failures.iter().filter(|after| find(&old.failures, &after.status).is_none()) {
        let place = responses.at(&after.status);
        let (name, what) = (variant(new, after), told(&after.status));
        match old.failures.iter().filter(|before| covers(before, after)).min_by_key(|before| width(before)) {
            Some(before) => {
                let message =
                    format!("errors of `{method}` with {what} become {name} instead of {}", variant(old, before));
                changes.tell(&place, message, format!("users have to handle {name}"));
            }
            None => changes.add(&place, name),
        }
    }
}

/// Returns the path of the variant for an error.
fn variant(operation: &Operation, failure: &Failure) -> String {
    let name = operation.errors.as_ref().map(bare).unwrap_or_default();
    format!("`errors::{name}::{}`", bare(&failure.name))
}

fn told(status: &str) -> String {
    if status == "default" { "other statuses".to_owned() } else { format!("status {status}") }
}

/// Returns whether the statuses of `wide` include those of `narrow`.
fn covers(wide: &Failure, narrow: &Failure) -> bool {
    match (&wide.statuses, &narrow.statuses) {
        (None, _) => true,
        (Some(wide), Some(narrow)) => wide.contains(narrow.start()) && wide.contains(narrow.end()),
        (Some(_), None) => false,
    }
}

/// Returns the number of statuses that an error has.
fn width(failure: &Failure) -> usize {
    failure.statuses.as_ref().map_or(usize::MAX, ExactSizeIterator::len)
}
