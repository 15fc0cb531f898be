//! Variants of enums: values, members of unions, media types of bodies, and statuses of responses. Items of tuples, too.

use std::collections::{HashMap, HashSet};
use std::fmt::Display;
use std::hash::Hash;

use proc_macro2::Ident;

use super::changes::Changes;
use super::fields::older;
use super::pairs::Pairs;
use super::shown;
use crate::generator::model::{Api, Content, Outcome, Payload, Tuple, Type, TypeDef, Union, UnionVariant, Variant};
use crate::generator::names::bare;
use crate::generator::problems::Place;

/// Compares the values of an enum.
pub fn values<T: Display + Eq + Hash>(
    changes: &mut Changes,
    definition: &TypeDef,
    old: &[Variant<T>],
    new: &[Variant<T>],
) {
    let name = bare(&definition.name);
    let at = definition.place.at("enum");
    let listed: HashMap<&T, &Variant<T>> = new.iter().map(|after| (&after.value, after)).collect();
    let known: HashSet<&T> = old.iter().map(|before| &before.value).collect();
    for before in old {
        let variant = bare(&before.name);
        match listed.get(&before.value) {
            Some(after) => renamed(changes, &at, &name, &before.name, &after.name),
            None => {
                let value = &before.value;
                let message = format!("`{name}` has no value `{value}` any more, so `{name}::{variant}` is gone");
                let users = format!(
                    "users have to remove their uses of `{name}::{variant}`; a service that still sends `{value}` \
                     causes `{name}::Unknown`"
                );
                changes.tell(&at, message, users);
            }
        }
    }
    for after in new.iter().filter(|after| !known.contains(&after.value)) {
        changes.add(&at, format!("`{name}::{}`", bare(&after.name)));
    }
}

fn renamed(changes: &mut Changes, at: &Place, name: &str, before: &Ident, after: &Ident) {
    if before != after {
        let message = format!("`{name}::{}` becomes `{name}::{}`", bare(before), bare(after));
        changes.tell(at, message, "users have to write the new name");
    }
}

/// Compares the members of a union.
pub fn unions(changes: &mut Changes, pairs: &Pairs<'_>, definition: &TypeDef, old: &Union, new: &Union) {
    let (name, at) = (bare(&definition.name), &definition.place);
    chosen_by(changes, definition, old, new);
    let partners = partners(pairs, &old.variants, &new.variants);
    for (before, partner) in old.variants.iter().zip(&partners) {
        let Some(after) = partner.and_then(|index| new.variants.get(index)) else {
            let gone = format!("`{name}::{}`", bare(&before.name));
            let users = format!(
                "users have to remove their uses of {gone}; such a value is `{name}::Unknown`, unless another variant fits"
            );
            changes.tell(at, format!("{gone} is gone"), users);
            continue;
        };
        renamed(changes, at, &name, &before.name, &after.name);
        let variant = format!("{name}::{}", bare(&after.name));
        if !pairs.is_same(&before.ty, &after.ty) {
            held(changes, at, &variant, &shown::ty(pairs.old, &before.ty), &shown::ty(pairs.new, &after.ty));
        }
        let lost = before.tags.iter().filter(|tag| !after.tags.contains(tag)).map(|tag| format!("`{tag}`"));
        let lost: Vec<String> = lost.collect();
        if !lost.is_empty() && old.tag.is_some() && new.tag.is_some() {
            let message = format!("`{variant}` is not chosen by {} any more", shown::list(&lost));
            let users = format!("users have to expect such a value in another variant of `{name}`");
            changes.tell(&at.at("discriminator"), message, users);
        }
    }
    let known: HashSet<usize> = partners.into_iter().flatten().collect();
    for (index, after) in new.variants.iter().enumerate() {
        if !known.contains(&index) {
            changes.add(at, format!("`{name}::{}`", bare(&after.name)));
        }
    }
}

/// Compares how a union's variant is chosen.
fn chosen_by(changes: &mut Changes, definition: &TypeDef, old: &Union, new: &Union) {
    let rule = |union: &Union| match &union.tag {
        Some(tag) => format!("the value of `{}`", tag.property),
        None => "the best fit".to_owned(),
    };
    let (before, after) = (rule(old), rule(new));
    if before != after {
        let name = bare(&definition.name);
        let message = format!("the variant of `{name}` is chosen by {after} instead of {before}");
        changes.tell(&definition.place.at("discriminator"), message, older(&format!("still choose it by {before}")));
    }
}

/// Returns the index of each old variant among the new ones: that of the same name, or else of the same type.
fn partners(pairs: &Pairs<'_>, old: &[UnionVariant], new: &[UnionVariant]) -> Vec<Option<usize>> {
    let indices: HashMap<String, usize> =
        new.iter().enumerate().map(|(index, after)| (after.name.to_string(), index)).collect();
    let named = old.iter().map(|before| indices.get(&before.name.to_string()).copied());
    let mut partners: Vec<Option<usize>> = named.collect();
    let known: HashSet<usize> = partners.iter().copied().flatten().collect();
    let mut free: Vec<usize> = (0..new.len()).filter(|index| !known.contains(index)).collect();
    for (partner, before) in partners.iter_mut().zip(old).filter(|(partner, _)| partner.is_none()) {
        let is_same = |index: &usize| new.get(*index).is_some_and(|after| pairs.is_same(&before.ty, &after.ty));
        *partner = free.iter().position(is_same).map(|position| free.remove(position));
    }
    partners
}

/// Tells that a variant contains another type.
fn held(changes: &mut Changes, at: &Place, variant: &str, before: &str, after: &str) {
    let message = format!("`{variant}` contains `{after}` instead of `{before}`");
    changes.tell(at, message, format!("users have to use `{after}` with `{variant}`"));
}

/// Compares the media types that a request body can have.
pub fn choices(changes: &mut Changes, pairs: &Pairs<'_>, definition: &TypeDef, old: &[Content], new: &[Content]) {
    let (name, at) = (bare(&definition.name), &definition.place);
    for before in old {
        let variant = format!("{name}::{}", bare(&before.name));
        let Some(after) = new.iter().find(|after| after.name == before.name) else {
            let message = format!("`{variant}` is gone: the body cannot be `{}` any more", before.media);
            changes.tell(at, message, format!("users have to send another variant of `{name}`"));
            continue;
        };
        let at = at.at(&after.media);
        if !is_same_payload(pairs, &before.payload, &after.payload) {
            let (before, after) =
                (shown::payload(pairs.old, &before.payload), shown::payload(pairs.new, &after.payload));
            held(changes, &at, &variant, &before, &after);
        } else if is_alone(pairs.old, before, old) && !is_alone(pairs.new, after, new) {
            let message =
                format!("`{name}` cannot be made from `{}` any more", shown::payload(pairs.new, &after.payload));
            changes.tell(&at, message, format!("users have to write `{variant}(…)`"));
        }
        if before.sent() != after.sent() {
            let message = format!("`{variant}` is sent as `{}` instead of `{}`", after.sent(), before.sent());
            changes.tell(&at, message, older(&format!("still send `{}`", before.sent())));
        }
    }
    for after in new.iter().filter(|after| !old.iter().any(|before| before.name == after.name)) {
        changes.add(&at.at(&after.media), format!("`{name}::{}`", bare(&after.name)));
    }
}

/// Returns whether the type of a content determines the variant.
fn is_alone(api: &Api, content: &Content, all: &[Content]) -> bool {
    all.iter().filter(|other| other.payload.is_held_alike(&content.payload, &api.types)).count() == 1
}

pub fn is_same_payload(pairs: &Pairs<'_>, old: &Payload, new: &Payload) -> bool {
    match (old.ty(), new.ty()) {
        (Some(before), Some(after)) => pairs.is_same(before, after),
        (None, None) => old == new,
        // Text is a `String`.
        (Some(held), None) => *new == Payload::Text && pairs.is_same(held, &Type::String),
        (None, Some(held)) => *old == Payload::Text && pairs.is_same(&Type::String, held),
    }
}

/// Compares the successful responses of an operation.
pub fn outcomes(changes: &mut Changes, pairs: &Pairs<'_>, definition: &TypeDef, old: &[Outcome], new: &[Outcome]) {
    let (name, at) = (bare(&definition.name), &definition.place);
    let content = |api, outcome: &Outcome| {
        outcome.payload.as_ref().map_or_else(|| "nothing".to_owned(), |payload| shown::payload(api, payload))
    };
    for before in old {
        let variant = format!("{name}::{}", bare(&before.name));
        let Some(after) = new.iter().find(|after| after.name == before.name) else {
            let message = format!("`{variant}` is gone: this response is not documented any more");
            changes.tell(at, message, format!("users have to remove their uses of `{variant}`"));
            continue;
        };
        let is_same = match (&before.payload, &after.payload) {
            (Some(before), Some(after)) => is_same_payload(pairs, before, after),
            (before, after) => before.is_none() && after.is_none(),
        };
        if !is_same {
            held(changes, at, &variant, &content(pairs.old, before), &content(pairs.new, after));
        }
    }
    for after in new.iter().filter(|after| !old.iter().any(|before| before.name == after.name)) {
        changes.add(at, format!("`{name}::{}`", bare(&after.name)));
    }
}

/// Compares the items of a tuple.
pub fn tuples(changes: &mut Changes, pairs: &Pairs<'_>, definition: &TypeDef, old: &Tuple, new: &Tuple) {
    let are_same = old.items.len() == new.items.len()
        && old.items.iter().zip(&new.items).all(|(before, after)| pairs.is_same(before, after));
    if are_same && (old.least, old.has_rest) == (new.least, new.has_rest) {
        return;
    }
    let items = |api: &Api, tuple: &Tuple| -> String {
        let fixed = tuple.items.len() - usize::from(tuple.has_rest);
        let item = |(index, item): (usize, &Type)| match shown::ty(api, item) {
            shown if index >= fixed => format!("Vec<{shown}>"),
            shown if index >= tuple.least => format!("Option<{shown}>"),
            shown => shown,
        };
        tuple.items.iter().enumerate().map(item).collect::<Vec<_>>().join(", ")
    };
    let name = bare(&definition.name);
    let message = format!("`{name}` contains `({})` instead of `({})`", items(pairs.new, new), items(pairs.old, old));
    changes.tell(&definition.place, message, format!("users have to adapt their uses of the fields of `{name}`"));
}
