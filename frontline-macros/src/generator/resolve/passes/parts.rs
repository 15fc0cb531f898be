//! The types and fields that a type consists of.

use crate::generator::model::{Field, Type, TypeId, TypeKind};

/// Returns the types that a value of a type consists of.
pub(super) fn parts(kind: &TypeKind) -> Vec<&Type> {
    match kind {
        TypeKind::Struct(structure) => structure.fields.iter().map(|field| &field.ty).collect(),
        TypeKind::Union(union) => union.variants.iter().map(|variant| &variant.ty).collect(),
        TypeKind::Tuple(tuple) => tuple.items.iter().collect(),
        TypeKind::Alias(ty) => vec![ty],
        TypeKind::Choice(contents) => contents.iter().filter_map(|content| content.payload.ty()).collect(),
        TypeKind::Outcomes(outcomes) => outcomes.iter().filter_map(|outcome| outcome.payload.as_ref()?.ty()).collect(),
        TypeKind::Multipart(parts) => parts.iter().map(|part| &part.field.ty).collect(),
        TypeKind::Enum(_) | TypeKind::IntegerEnum(_) => Vec::new(),
    }
}

/// Returns the fields of a struct or of a multipart body.
pub(super) fn fields(kind: &TypeKind) -> Vec<&Field> {
    match kind {
        TypeKind::Struct(structure) => structure.fields.iter().collect(),
        TypeKind::Multipart(parts) => parts.iter().map(|part| &part.field).collect(),
        _ => Vec::new(),
    }
}

/// Mutable version of [`fields`].
pub(super) fn fields_mut(kind: &mut TypeKind) -> Vec<&mut Field> {
    match kind {
        TypeKind::Struct(structure) => structure.fields.iter_mut().collect(),
        TypeKind::Multipart(parts) => parts.iter_mut().map(|part| &mut part.field).collect(),
        _ => Vec::new(),
    }
}

/// Returns the defined type inside of a type, for example of a list's items.
pub(super) fn named(ty: &Type) -> Option<TypeId> {
    match ty {
        Type::Named(id) => Some(*id),
        Type::Nullable(inner) | Type::List(inner) | Type::Map(inner) | Type::Boxed(inner) => named(inner),
        _ => None,
    }
}

/// Returns the defined type that a type contains by value. Lists and maps keep their items on the heap.
pub(super) fn by_value(ty: &Type) -> Option<TypeId> {
    match ty {
        Type::Named(id) => Some(*id),
        Type::Nullable(inner) => by_value(inner),
        _ => None,
    }
}

/// Returns the element of [`parts`] at `index`.
pub(super) fn part_mut(kind: &mut TypeKind, index: usize) -> Option<&mut Type> {
    match kind {
        TypeKind::Struct(structure) => structure.fields.get_mut(index).map(|field| &mut field.ty),
        TypeKind::Union(union) => union.variants.get_mut(index).map(|variant| &mut variant.ty),
        TypeKind::Tuple(tuple) => tuple.items.get_mut(index),
        TypeKind::Outcomes(outcomes) => {
            outcomes.iter_mut().filter_map(|outcome| outcome.payload.as_mut()?.ty_mut()).nth(index)
        }
        _ => None,
    }
}
