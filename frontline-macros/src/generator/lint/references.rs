//! Checks that references lead to the kind of object that is expected.

use super::context::Context;
use super::here::Here;
use super::kinds::Kind;
use crate::generator::openapi::{kind_of, misdirected};
use crate::generator::problems::{Errors, Problem};

/// Tells a reference to an object of another kind, unless reading it has told so.
pub fn check(kind: Kind, here: &Here<'_>, reference: &str, context: &mut Context<'_>) {
    let expected = kind.components();
    // Nearly all references are like this one. No place is needed for them.
    let is_component = reference.strip_prefix("#/components/").and_then(|path| path.strip_prefix(expected));
    if is_component.and_then(|path| path.strip_prefix('/')).is_some_and(|name| !name.contains('/')) {
        return;
    }
    let at = here.place().at("$ref");
    // A reference to nothing is reported when it is read.
    let target = context.document.target(reference, &at, &mut Errors::default());
    let Some(found) = target.and_then(|target| kind_of(&target)).filter(|found| *found != expected) else { return };
    let (message, help) = misdirected(reference, found, expected);
    if !context.errors.has_told(&at) {
        context.errors.spare(Problem::value(&at, message).help(help), "it is read as what is expected here");
    }
}
