//! Fields of structs: the properties of objects, the parameters of an operation, and the parts of a multipart body.

use std::collections::{HashMap, HashSet};

use super::changes::{Changes, moved};
use super::group::{Group, Held};
use super::limits;
use super::pairs::Pairs;
use super::shown;
use crate::generator::model::{Access, Field, TypeDef};
use crate::generator::names::bare;

/// Compares two structs. `what` is the word for one of their fields.
pub fn compare(changes: &mut Changes, pairs: &Pairs<'_>, what: &str, old: &TypeDef, new: &TypeDef) {
    let (Some(old), Some(new)) = (Group::of(pairs.old, old), Group::of(pairs.new, new)) else { return };
    let partners = partners(&old, &new);
    for (held, partner) in old.all.iter().zip(&partners) {
        match partner.and_then(|index| new.all.get(index)) {
            Some(other) => {
                let pair = Pair { what, old: (&old, held), new: (&new, other) };
                pair.compare(changes, pairs);
            }
            None => gone(changes, what, (&old, held), &new),
        }
    }
    let known: HashSet<usize> = partners.iter().copied().flatten().collect();
    for (_, held) in new.all.iter().enumerate().filter(|(index, _)| !known.contains(index)) {
        added(changes, what, &old, (&new, held));
    }
    as_a_whole(changes, &old, &new);
}

/// Returns the index of each field in the other struct: that of the same property, or else of the same name in Rust.
/// Parameters in several locations can have the same name in the document, and differ in Rust.
fn partners(old: &Group<'_>, new: &Group<'_>) -> Vec<Option<usize>> {
    let keys: [fn(&Field) -> String; 3] = [
        |field| format!("{} {}", field.name.wire, field.name.rust),
        |field| field.name.wire.clone(),
        |field| field.name.rust.to_string(),
    ];
    let mut partners = vec![None; old.all.len()];
    let mut known = HashSet::new();
    for key in keys {
        let free = new.all.iter().enumerate().filter(|(index, _)| !known.contains(index));
        let fields: HashMap<String, usize> = free.map(|(index, held)| (key(held.field), index)).collect();
        for (partner, held) in partners.iter_mut().zip(&old.all).filter(|(partner, _)| partner.is_none()) {
            *partner = fields.get(&key(held.field)).copied().filter(|index| known.insert(*index));
        }
    }
    partners
}

fn gone(changes: &mut Changes, what: &str, (old, held): (&Group<'_>, &Held<'_>), new: &Group<'_>) {
    let (name, field) = (bare(new.name), held.field);
    let around = field.place.parent().unwrap_or_else(|| field.place.clone());
    let argument = if old.is_argument(held) { format!(", and the argument of `{name}::new`") } else { String::new() };
    let users = format!("users have to remove their uses of `{name}::{}`{argument}", bare(&field.name.rust));
    let message = format!("the {what} `{}` of `{name}` is gone", field.name.wire);
    changes.tell(&moved(&around, old.place, new.place), message, users);
    changes.cover(&field.place);
}

fn added(changes: &mut Changes, what: &str, old: &Group<'_>, (new, held): (&Group<'_>, &Held<'_>)) {
    let (name, field) = (bare(new.name), held.field);
    if old.is_sent && new.is_argument(held) {
        let message = format!("`{name}::new` takes the new {what} `{}`, which is required", field.name.wire);
        changes.tell_with_following(&field.place, message, format!("users have to pass it to `{name}::new`"));
        changes.cover_addition(&field.place);
    } else {
        changes.add(&field.place, format!("`{name}::{}`", bare(&field.name.rust)));
    }
}

/// Compares what depends on all fields.
fn as_a_whole(changes: &mut Changes, old: &Group<'_>, new: &Group<'_>) {
    let name = bare(new.name);
    if old.is_sent && !new.is_sent {
        let message = format!("no request contains `{name}` any more, so `{name}::new` and its setters are gone");
        changes.tell(new.place, message, format!("users have to stop creating values of `{name}`"));
    } else if !old.is_sent && new.is_sent {
        changes.add(new.place, format!("`{name}::new`"));
    }
    if old.has_default() && !new.has_default() && !(old.is_sent && new.is_sent) {
        let message = format!("`{name}` does not implement `Default` any more");
        changes.tell(new.place, message, format!("users have to stop calling `{name}::default`"));
    }
    // Arguments that came or went were told.
    let in_order = |of: &Group<'_>, other: &Group<'_>| -> Vec<String> {
        let others: HashSet<&str> = other.arguments().into_iter().collect();
        of.arguments().iter().filter(|wire| others.contains(*wire)).map(|wire| format!("`{wire}`")).collect()
    };
    let (before, after) = (in_order(old, new), in_order(new, old));
    if before != after {
        let (before, after) = (shown::list(&before), shown::list(&after));
        let message = format!("the arguments of `{name}::new` have another order: {after} instead of {before}");
        changes.tell(new.place, message, format!("users have to pass them to `{name}::new` in the new order"));
    }
}

/// A field that both structs have.
struct Pair<'a> {
    what: &'a str,
    old: (&'a Group<'a>, &'a Held<'a>),
    new: (&'a Group<'a>, &'a Held<'a>),
}

impl Pair<'_> {
    fn compare(&self, changes: &mut Changes, pairs: &Pairs<'_>) {
        self.name(changes);
        if self.new.1.field.is_deprecated && !self.old.1.field.is_deprecated {
            changes.deprecate(&format!("{}::{}", bare(self.new.0.name), bare(&self.new.1.field.name.rust)));
        }
        self.values(changes);
        let is_same = self.old.1.is_same_type(self.new.1, pairs);
        let (mut results, mut users) = (Vec::new(), Vec::new());
        self.arguments(&mut results, &mut users);
        let is_told = !results.is_empty();
        let ty = self.ty(is_same);
        if let Some((result, user)) = &ty {
            results.insert(0, format!("its type is {result}"));
            // Whoever creates the value need not read it.
            users.extend((!is_same || !is_told).then(|| user.clone()));
        }
        if results.is_empty() {
            return;
        }
        let (_, old) = self.old;
        let (group, new) = self.new;
        let reasons = reasons(old.field, new.field);
        let why = match (reasons.as_slice(), &ty) {
            ([], Some((result, _))) if !is_same && !is_told => format!("has the type {result}"),
            ([], Some(_)) if !is_same => format!("changes: {}", results.join(", and ")),
            ([], _) => {
                let name = bare(group.name);
                format!("changes, because operations use `{name}` in another way: {}", results.join(", and "))
            }
            (reasons, _) => format!("{}: {}", shown::list(reasons), results.join(", and ")),
        };
        changes.tell_with_following(
            &new.field.place,
            format!("{} {why}", self.subject()),
            format!("users have to {}", users.join(", and ")),
        );
        if !is_same {
            changes.cover(&old.field.place);
            changes.cover_addition(&new.field.place);
        }
    }

    fn subject(&self) -> String {
        let (group, new) = self.new;
        format!("the {} `{}` of `{}`", self.what, new.field.name.wire, bare(group.name))
    }

    /// Compares the names in Rust and in the document.
    fn name(&self, changes: &mut Changes) {
        let ((_, old), (group, new)) = (self.old, self.new);
        let (before, after) = (&old.field.name, &new.field.name);
        let (owner, rust) = (bare(group.name), bare(&before.rust));
        if before.rust != after.rust {
            let message = format!("`{owner}::{rust}` becomes `{owner}::{}`", bare(&after.rust));
            let users = format!("users have to write the new name; `x-rust-name: {rust}` keeps the old one");
            changes.tell(&new.field.place, message, users);
        } else if before.wire != after.wire && !new.field.is_flattened {
            let message =
                format!("`{owner}::{rust}` is called `{}` in messages instead of `{}`", after.wire, before.wire);
            changes.tell(&new.field.place, message, older(&format!("still use `{}`", before.wire)));
        }
    }

    /// Compares the default, the only value, and how the value is sent.
    fn values(&self, changes: &mut Changes) {
        let ((_, old), (group, new)) = (self.old, self.new);
        let subject = self.subject();
        let place = &new.field.place;
        let at = if self.what == "parameter" { place.at("schema") } else { place.clone() };
        let is_always_there = old.field.is_required && new.field.is_required;
        match (&old.field.default, &new.field.default) {
            (Some(before), after) if after.as_ref() != Some(before) && !is_always_there => {
                let message = match after {
                    Some(after) => format!("the default of {subject} is `{after}` instead of `{before}`"),
                    None => format!("{subject} has no default any more; it was `{before}`"),
                };
                let users = if group.is_sent {
                    format!("users who leave it out have to set it to `{before}` to keep the old default")
                } else {
                    format!("users who read `None` as `{before}` have to stop doing so")
                };
                changes.tell(&at.at("default"), message, users);
            }
            _ => {}
        }
        if group.is_sent && new.field.access != Access::ReadOnly {
            limits::compare(changes, &at, &subject, &old.field.limits, &new.field.limits);
        }
        if let (Some(before), Some(after)) = (&old.field.constant, &new.field.constant)
            && before != after
            && group.is_sent
        {
            let message = format!("{subject} is sent as `{after}` instead of `{before}`");
            changes.tell(&new.field.place, message, older(&format!("still send `{before}`")));
        }
        if let (Some(before), Some(after)) = (old.sent_as(), new.sent_as())
            && before != after
        {
            let message = format!("{subject} is sent as {after} instead of {before}");
            changes.tell(&new.field.place, message, older(&format!("still send {before}")));
        }
    }

    /// Compares the types. Returns both, and what users have to do.
    fn ty(&self, is_same: bool) -> Option<(String, String)> {
        let ((old_group, old), (group, new)) = (self.old, self.new);
        let (before, after) = (shown::field(old.field, "_"), shown::field(new.field, "_"));
        if is_same && before == after {
            return None;
        }
        let types = format!("`{}` instead of `{}`", group.type_of(new), old_group.type_of(old));
        let users = match (before.as_str(), after.as_str()) {
            ("_", "Option<_>") if is_same => "handle `None` where they read it".to_owned(),
            ("Option<_>", "_") if is_same => "stop handling `None` where they read it".to_owned(),
            _ => format!("use `{}` where they read or set it", group.type_of(new)),
        };
        Some((types, users))
    }

    /// Compares the argument of the constructor and the setter.
    fn arguments(&self, results: &mut Vec<String>, users: &mut Vec<String>) {
        let ((old_group, old), (group, new)) = (self.old, self.new);
        if !old_group.is_sent || !group.is_sent {
            return;
        }
        let (name, setter) = (bare(group.name), bare(&new.field.name.rust));
        match (old_group.is_argument(old), group.is_argument(new)) {
            (false, true) => {
                results.push(format!("`{name}::new` takes it"));
                users.push(format!("pass it to `{name}::new`"));
            }
            (true, false) => {
                results.push(format!("`{name}::new` does not take it"));
                users.push(if group.has_setter(new) {
                    format!("call `{name}::{setter}` instead of passing it to `{name}::new`")
                } else {
                    format!("remove it from the arguments of `{name}::new`")
                });
            }
            (false, false) if old_group.has_setter(old) && !group.has_setter(new) => {
                results.push("it has no setter".to_owned());
                users.push("stop setting it".to_owned());
            }
            _ => {}
        }
    }
}

/// Returns what changed in the document.
fn reasons(old: &Field, new: &Field) -> Vec<String> {
    let mut reasons = Vec::new();
    let mut add = |changed: bool, is: bool, now: &str, not: &str| {
        reasons.extend(changed.then(|| if is { now } else { not }.to_owned()));
    };
    add(old.is_required != new.is_required, new.is_required, "becomes required", "becomes optional");
    add(old.is_nullable != new.is_nullable, new.is_nullable, "can be null", "cannot be null any more");
    let (was_fixed, is_fixed) = (old.constant.is_some(), new.constant.is_some());
    add(was_fixed != is_fixed, is_fixed, "can have only one value", "can have several values");
    if old.access != new.access {
        reasons.push(match new.access {
            Access::Both => "is both read and sent".to_owned(),
            Access::ReadOnly => "becomes read-only".to_owned(),
            Access::WriteOnly => "becomes write-only".to_owned(),
        });
    }
    reasons
}

/// Says that code of users stays as it is.
pub fn older(what: &str) -> String {
    format!("users change nothing in their code, but clients of older versions {what}")
}
