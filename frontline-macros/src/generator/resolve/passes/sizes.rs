//! A pass that boxes parts of large types. A value moves through several stack frames while it is decoded, and the
//! stack of a thread is usually 2 MiB.

use super::parts::{by_value, part_mut, parts};
use crate::generator::model::{Type, TypeDef, TypeId, TypeKind};

/// The maximum size of a type in bytes, unless its own scalars and lists are larger. The enums of a request's media
/// types and of a response's statuses add a few bytes, so it is a little less than the 4 KiB that the docs name.
const LIMIT: usize = 4000;

/// The size in bytes up to which a struct may be on the stack several times for each level of nested values.
const LARGE: usize = 512;

/// The size of a pointer, and the alignment of almost all types.
const WORD: usize = 8;

/// Boxes the largest parts of each type until the type is within the limit.
pub(super) fn limit(types: &mut [TypeDef]) {
    let mut sizes = vec![0; types.len()];
    for id in inside_out(types) {
        let Some(definition) = types.get_mut(id) else { continue };
        let mut own: Vec<usize> = parts(&definition.kind).into_iter().map(|ty| size(ty, &sizes)).collect();
        while total(&definition.kind, &own) > LIMIT {
            let largest = own.iter_mut().enumerate().max_by_key(|(_, size)| **size).filter(|(_, size)| **size > WORD);
            let Some((index, size)) = largest else { break };
            if let Some(ty) = part_mut(&mut definition.kind, index).filter(|ty| by_value(ty).is_some()) {
                *ty = Type::Boxed(Box::new(ty.clone()));
                *size = WORD;
            } else {
                break;
            }
        }
        let own = total(&definition.kind, &own);
        if let Some(size) = sizes.get_mut(id) {
            *size = own;
        }
        if let TypeKind::Struct(structure) = &mut definition.kind {
            structure.is_large = own > LARGE;
        }
    }
}

/// Returns the types in an order in which each comes after the types that it contains by value.
fn inside_out(types: &[TypeDef]) -> Vec<TypeId> {
    let mut order = Vec::new();
    let mut is_seen = vec![false; types.len()];
    // Each type is on the stack twice: first to add its parts, and again to add it to the order.
    let mut stack: Vec<(TypeId, bool)> = (0..types.len()).map(|id| (id, false)).rev().collect();
    while let Some((id, is_ready)) = stack.pop() {
        if is_ready {
            order.push(id);
            continue;
        }
        let Some(definition) = types.get(id).filter(|_| is_seen.get(id) == Some(&false)) else { continue };
        if let Some(seen) = is_seen.get_mut(id) {
            *seen = true;
        }
        stack.push((id, true));
        stack.extend(parts(&definition.kind).into_iter().filter_map(by_value).map(|id| (id, false)));
    }
    order
}

/// Returns the size of a type with parts of these sizes.
fn total(kind: &TypeKind, parts: &[usize]) -> usize {
    match kind {
        TypeKind::Enum(_) => size(&Type::String, &[]),
        TypeKind::IntegerEnum(_) => 2 * WORD,
        TypeKind::Alias(_) => parts.iter().sum(),
        TypeKind::Struct(_) | TypeKind::Multipart(_) | TypeKind::Tuple(_) => {
            parts.iter().sum::<usize>().next_multiple_of(WORD)
        }
        // The unknown variant contains a JSON value.
        TypeKind::Union(_) => parts.iter().copied().max().unwrap_or_default().max(size(&Type::Value, &[])) + WORD,
        TypeKind::Choice(_) | TypeKind::Outcomes(_) => parts.iter().copied().max().unwrap_or_default() + WORD,
    }
}

/// Returns the size of an optional value of a type on a platform with 64 bits, or an upper bound of it.
fn size(ty: &Type, sizes: &[usize]) -> usize {
    match ty {
        Type::Bool => 1,
        Type::I32 | Type::U32 | Type::Date | Type::Boxed(_) => WORD,
        Type::I64 | Type::U64 | Type::F64 | Type::DateTime => 2 * WORD,
        Type::String | Type::List(_) | Type::Uuid | Type::Rfc2822 => 3 * WORD,
        Type::Map(_) | Type::I128 => 4 * WORD,
        Type::Base64 => 5 * WORD,
        Type::Value => 9 * WORD,
        Type::Nullable(inner) => size(inner, sizes) + WORD,
        Type::Named(id) => sizes.get(*id).copied().unwrap_or_default() + WORD,
    }
}
