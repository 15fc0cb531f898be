//! Types: their names, their kinds, and what they consist of.

use std::collections::HashSet;

use super::changes::Changes;
use super::pairs::Pairs;
use super::{fields, shown, variants};
use crate::generator::model::{Api, TypeDef, TypeId, TypeKind};
use crate::generator::names::bare;

pub fn compare(changes: &mut Changes, pairs: &Pairs<'_>) {
    let parameters: HashSet<TypeId> =
        pairs.old.operations.iter().filter_map(|each| Some(each.options.as_ref()?.ty)).collect();
    let mut gone = Vec::new();
    for (id, (old, new)) in pairs.types().enumerate() {
        match new {
            Some(new) => {
                let what = if parameters.contains(&id) { "parameter" } else { "property" };
                definitions(changes, pairs, what, old, new);
            }
            None => gone.push(old),
        }
    }
    for definition in gone {
        if changes.is_covered(&definition.place) {
            continue;
        }
        let name = bare(&definition.name);
        let users = format!("users have to remove their uses of `{name}`");
        changes.tell(&definition.place, format!("the type `{name}` is gone"), users);
        changes.cover(&definition.place);
    }
    for definition in pairs.added_types() {
        if !changes.is_covered_addition(&definition.place) {
            changes.add(&definition.place, format!("the type `{}`", bare(&definition.name)));
        }
    }
}

fn definitions(changes: &mut Changes, pairs: &Pairs<'_>, what: &str, old: &TypeDef, new: &TypeDef) {
    let (before, name) = (bare(&old.name), bare(&new.name));
    if before != name && !pairs.is_alias_now(&before) {
        // All other types are named after their operations.
        let is_schema = what == "property"
            && !matches!(new.kind, TypeKind::Choice(_) | TypeKind::Outcomes(_) | TypeKind::Multipart(_));
        let keep = if is_schema { format!("; `x-rust-name: {before}` keeps the old one") } else { String::new() };
        let users = format!("users have to write the new name{keep}");
        changes.tell(&new.place, format!("the type `{before}` becomes `{name}`"), users);
    }
    if new.is_deprecated && !old.is_deprecated {
        changes.deprecate(&name);
    }
    match (&old.kind, &new.kind) {
        (TypeKind::Struct(_), TypeKind::Struct(_)) => fields::compare(changes, pairs, what, old, new),
        (TypeKind::Multipart(_), TypeKind::Multipart(_)) => fields::compare(changes, pairs, "part", old, new),
        (TypeKind::Enum(before), TypeKind::Enum(after)) => variants::values(changes, new, before, after),
        (TypeKind::IntegerEnum(before), TypeKind::IntegerEnum(after)) => variants::values(changes, new, before, after),
        (TypeKind::Union(before), TypeKind::Union(after)) => variants::unions(changes, pairs, new, before, after),
        (TypeKind::Choice(before), TypeKind::Choice(after)) => variants::choices(changes, pairs, new, before, after),
        (TypeKind::Outcomes(before), TypeKind::Outcomes(after)) => {
            variants::outcomes(changes, pairs, new, before, after);
        }
        (TypeKind::Tuple(before), TypeKind::Tuple(after)) => variants::tuples(changes, pairs, new, before, after),
        (TypeKind::Alias(before), TypeKind::Alias(after)) if pairs.is_same(before, after) => {}
        (before, after) => {
            let (before, after) = (kind(pairs.old, before), kind(pairs.new, after));
            let message = format!("the type `{name}` is {after} instead of {before}");
            changes.tell(&new.place, message, format!("users have to adapt all code that uses `{name}`"));
            changes.cover(&old.place);
        }
    }
}

/// Describes what a user can do with a type.
fn kind(api: &Api, kind: &TypeKind) -> String {
    match kind {
        TypeKind::Struct(_) | TypeKind::Multipart(_) => "a struct".to_owned(),
        TypeKind::Enum(_) => "an enum of texts".to_owned(),
        TypeKind::IntegerEnum(_) => "an enum of integers".to_owned(),
        TypeKind::Union(_) => "an enum of types".to_owned(),
        TypeKind::Choice(_) => "an enum of media types".to_owned(),
        TypeKind::Outcomes(_) => "an enum of statuses".to_owned(),
        TypeKind::Tuple(_) => "a tuple".to_owned(),
        TypeKind::Alias(ty) => format!("another name for `{}`", shown::ty(api, ty)),
    }
}
