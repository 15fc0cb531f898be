//! Parameters: the arguments of a method for the path, and the struct of all others.

use std::collections::HashMap;

use super::changes::Changes;
use super::fields::older;
use super::limits;
use super::pairs::Pairs;
use super::shown;
use crate::generator::model::{Location, Operation, Options, Parameter, Type};
use crate::generator::names::bare;

pub fn compare(changes: &mut Changes, pairs: &Pairs<'_>, old: &Operation, new: &Operation) {
    in_path(changes, pairs, old, new);
    others(changes, pairs, old, new);
}

/// Compares the parameters of the path, which are arguments by position. Their names do not matter.
fn in_path(changes: &mut Changes, pairs: &Pairs<'_>, old: &Operation, new: &Operation) {
    let name = bare(&new.name.rust);
    let partners = partners(&old.parameters, &new.parameters);
    for (before, partner) in old.parameters.iter().zip(&partners) {
        let Some(after) = partner.and_then(|index| new.parameters.get(index)) else {
            let message = format!("`{name}` does not take the path parameter `{}` any more", before.name.wire);
            changes.tell(&new.place, message, "users have to remove the argument");
            continue;
        };
        let wire = &after.name.wire;
        if !pairs.is_same(&before.ty, &after.ty) {
            let (was, is) = (shown::ty(pairs.old, &before.ty), shown::ty(pairs.new, &after.ty));
            let message = format!("the parameter `{wire}` of `{name}` has the type `{is}` instead of `{was}`");
            changes.tell(&after.place, message, format!("users have to pass `{is}`"));
            changes.cover(&before.place);
        }
        let subject = format!("the parameter `{wire}` of `{name}`");
        limits::compare(changes, &after.place.at("schema"), &subject, &before.limits, &after.limits);
        sent(changes, &name, before, after);
    }
    for (index, added) in new.parameters.iter().enumerate() {
        if !partners.contains(&Some(index)) {
            let message = format!("`{name}` takes the path parameter `{}`", added.name.wire);
            changes.tell(&added.place, message, "users have to pass it");
        }
    }
    let order: Vec<usize> = partners.into_iter().flatten().collect();
    if !order.is_sorted() {
        let names: Vec<String> = new.parameters.iter().map(|each| format!("`{}`", each.name.wire)).collect();
        let message = format!("`{name}` takes its path parameters in another order: {}", shown::list(&names));
        changes.tell(&new.place, message, "users have to pass them in the new order");
    }
}

/// Returns the index of each old parameter among the new ones. Those whose names are new are paired in their order.
fn partners(old: &[Parameter], new: &[Parameter]) -> Vec<Option<usize>> {
    let named = |all: &[Parameter], wire: &str| all.iter().position(|each| each.name.wire == wire);
    let mut partners: Vec<Option<usize>> = old.iter().map(|before| named(new, &before.name.wire)).collect();
    let left = new.iter().enumerate().filter(|(_, after)| named(old, &after.name.wire).is_none());
    let left: Vec<usize> = left.map(|(index, _)| index).collect();
    if left.len() == partners.iter().filter(|partner| partner.is_none()).count() {
        let open = partners.iter_mut().filter(|partner| partner.is_none());
        open.zip(left).for_each(|(partner, index)| *partner = Some(index));
    }
    partners
}

/// Compares whether there are other parameters, and how they are sent. Their types are those of the struct's fields.
fn others(changes: &mut Changes, pairs: &Pairs<'_>, old: &Operation, new: &Operation) {
    let name = bare(&new.name.rust);
    match (argument(old), argument(new)) {
        (None, Some(options)) => {
            let ty = shown::ty(pairs.new, &Type::Named(options.ty));
            let required = options.parameters.iter().find(|parameter| parameter.is_required);
            let place = required.map_or(&new.place, |parameter| &parameter.place);
            let users = format!("users have to pass `&{ty}::new(…)` to `{name}`");
            // The change of the parameter is told with its struct.
            if let (Some(_), Some(with)) = (&old.options, &old.with) {
                changes.follow(place, format!("`{name}` takes `&{ty}`, and `{}` is gone", bare(with)), users);
            } else {
                let message = format!("`{name}` takes `&{ty}`, because a parameter outside of the path is required");
                changes.tell(place, message, users);
            }
        }
        (Some(options), None) => {
            let ty = shown::ty(pairs.old, &Type::Named(options.ty));
            let message = format!(
                "`{name}` does not take `&{ty}` any more, because it requires no parameter outside of the path"
            );
            let with = new.with.as_ref().map(|with| format!(", or call `{}`", bare(with))).unwrap_or_default();
            let users = format!("users have to remove the argument{with}");
            let now = |before: &&Parameter| {
                let all = new.options.iter().flat_map(|options| &options.parameters);
                all.into_iter().find(|after| before.is_required && after.name.wire == before.name.wire)
            };
            // The change of the parameter is told with its struct.
            match options.parameters.iter().find_map(|before| now(&before)) {
                Some(after) => changes.follow(&after.place, format!("`{name}` does not take `&{ty}` any more"), users),
                None => changes.tell(&new.place, message, users),
            }
        }
        _ => {}
    }
    let (Some(old), Some(new)) = (&old.options, &new.options) else { return };
    // There are at most as many of one name as there are locations.
    let mut named: HashMap<&str, Vec<&Parameter>> = HashMap::new();
    for after in &new.parameters {
        named.entry(&after.name.wire).or_default().push(after);
    }
    for before in &old.parameters {
        let same = named.get(before.name.wire.as_str()).map(Vec::as_slice).unwrap_or_default();
        let there = same.iter().find(|after| after.location == before.location);
        if let Some(after) = there.or(same.first()) {
            sent(changes, &name, before, after);
        }
    }
}

/// Returns the parameters that the operation's own method takes as a struct.
fn argument(operation: &Operation) -> Option<&Options> {
    operation.options.as_ref().filter(|_| !operation.has_only_optional_parameters())
}

/// Compares where and how a parameter is sent.
fn sent(changes: &mut Changes, name: &str, before: &Parameter, after: &Parameter) {
    let wire = &after.name.wire;
    if before.location != after.location {
        let (was, is) = (location(before), location(after));
        let message = format!("the parameter `{wire}` of `{name}` is sent {is} instead of {was}");
        changes.tell(&after.place, message, older(&format!("still send it {was}")));
    } else if before.style != after.style {
        let message = format!(
            "the parameter `{wire}` of `{name}` is sent in the style `{:?}` instead of `{:?}`",
            after.style, before.style
        );
        changes.tell(&after.place, message, older("still use the old style"));
    }
}

fn location(parameter: &Parameter) -> &'static str {
    match parameter.location {
        Location::Path => "in the path",
        Location::Query => "in the query",
        Location::Header => "as a header",
        Location::Cookie => "as a cookie",
    }
}
