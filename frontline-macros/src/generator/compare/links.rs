//! Which types belong together because operations or types that belong together use them in the same place.

use std::collections::{HashMap, HashSet};
use std::hash::Hash;

use crate::generator::model::{Answer, Content, Operation, Type, TypeId, TypeKind};
use crate::generator::names::bare;

type Link = (TypeId, TypeId);

pub fn of_operations(old: &Operation, new: &Operation) -> Vec<Link> {
    let mut links: Vec<Link> =
        old.parameters.iter().zip(&new.parameters).filter_map(|(old, new)| link(&old.ty, &new.ty)).collect();
    if let (Some(old), Some(new)) = (&old.body, &new.body) {
        links.extend(old.choice.zip(new.choice));
        links.extend(between(contents(&old.contents), contents(&new.contents)));
    }
    links.extend(match (&old.answer, &new.answer) {
        (Answer::Choice(old), Answer::Choice(new)) => Some((*old, *new)),
        (old, new) => old.ty().zip(new.ty()).and_then(|(old, new)| link(old, new)),
    });
    if let (Some(old), Some(new)) = (&old.streaming, &new.streaming) {
        links.extend(link(&old.stream.item, &new.stream.item));
    }
    let failures = |operation: &Operation| -> Vec<(String, Type)> {
        operation.failures.iter().map(|failure| (failure.status.clone(), failure.ty.clone())).collect()
    };
    links.extend(between(failures(old), failures(new)));
    links
}

pub fn of_kinds(old: &TypeKind, new: &TypeKind) -> Vec<Link> {
    if let (TypeKind::Union(old), TypeKind::Union(new)) = (old, new)
        && old.variants.len() == new.variants.len()
    {
        // Variants are named after their types, which may have been renamed.
        return old.variants.iter().zip(&new.variants).filter_map(|(old, new)| link(&old.ty, &new.ty)).collect();
    }
    between(parts(old), parts(new))
}

/// Returns whether one type may be the other under a new name.
pub fn are_alike(old: &TypeKind, new: &TypeKind) -> bool {
    match (old, new) {
        (TypeKind::Enum(old), TypeKind::Enum(new)) => {
            share(old.iter().map(|each| &each.value), new.iter().map(|each| &each.value))
        }
        (TypeKind::IntegerEnum(old), TypeKind::IntegerEnum(new)) => {
            share(old.iter().map(|each| each.value), new.iter().map(|each| each.value))
        }
        (TypeKind::Struct(_), TypeKind::Struct(_)) | (TypeKind::Multipart(_), TypeKind::Multipart(_)) => {
            let names = |kind| parts(kind).into_iter().map(|(name, _)| name);
            share(names(old), names(new))
        }
        _ => std::mem::discriminant(old) == std::mem::discriminant(new),
    }
}

/// Returns whether at least half of the old items are among the new.
fn share<T: Eq + Hash>(old: impl Iterator<Item = T>, new: impl Iterator<Item = T>) -> bool {
    let new: HashSet<T> = new.collect();
    let (mut count, mut shared) = (0, 0);
    for item in old {
        count += 1;
        shared += usize::from(new.contains(&item));
    }
    shared * 2 >= count
}

/// Returns the types that a type consists of, with their names.
fn parts(kind: &TypeKind) -> Vec<(String, Type)> {
    match kind {
        TypeKind::Struct(structure) => {
            structure.fields.iter().map(|field| (field.name.wire.clone(), field.ty.clone())).collect()
        }
        TypeKind::Multipart(parts) => {
            parts.iter().map(|part| (part.field.name.wire.clone(), part.field.ty.clone())).collect()
        }
        TypeKind::Union(union) => union.variants.iter().map(|each| (bare(&each.name), each.ty.clone())).collect(),
        TypeKind::Choice(all) => contents(all),
        TypeKind::Outcomes(outcomes) => {
            let held =
                outcomes.iter().filter_map(|each| Some((bare(&each.name), each.payload.as_ref()?.ty()?.clone())));
            held.collect()
        }
        TypeKind::Tuple(tuple) => {
            tuple.items.iter().enumerate().map(|(index, item)| (index.to_string(), item.clone())).collect()
        }
        TypeKind::Alias(ty) => vec![(String::new(), ty.clone())],
        TypeKind::Enum(_) | TypeKind::IntegerEnum(_) => Vec::new(),
    }
}

fn contents(contents: &[Content]) -> Vec<(String, Type)> {
    contents.iter().filter_map(|each| Some((bare(&each.name), each.payload.ty()?.clone()))).collect()
}

/// Returns the types under the same names.
fn between(old: Vec<(String, Type)>, new: Vec<(String, Type)>) -> Vec<Link> {
    let new: HashMap<String, Type> = new.into_iter().collect();
    old.into_iter().filter_map(|(name, old)| link(&old, new.get(&name)?)).collect()
}

/// Returns the defined types in the same place of two types.
fn link(old: &Type, new: &Type) -> Option<Link> {
    match (old, new) {
        (Type::Named(old), Type::Named(new)) => Some((*old, *new)),
        (Type::List(old), Type::List(new)) | (Type::Map(old), Type::Map(new)) => link(old, new),
        (Type::Nullable(old) | Type::Boxed(old), new) => link(old, new),
        (old, Type::Nullable(new) | Type::Boxed(new)) => link(old, new),
        _ => None,
    }
}
