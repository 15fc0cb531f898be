//! A pass that finds properties that a struct and a union beside it both describe. Both read them, and what they write is
//! merged, because neither description is complete.

use std::collections::{BTreeMap, BTreeSet};

use super::marks::reach;
use super::parts::{named, parts};
use crate::generator::model::{Type, TypeDef, TypeId, TypeKind, behind_aliases};
use crate::generator::problems::{Errors, Problem};

/// Marks the fields. A property that allows any object belongs to the struct alone, whose value is complete. So does one
/// that contains its own struct, because values would be stored twice at each level.
pub(super) fn mark(types: &mut [TypeDef], errors: &mut Errors) {
    let mut marked: Vec<(TypeId, usize)> = Vec::new();
    for (id, definition) in types.iter().enumerate() {
        let TypeKind::Struct(structure) = &definition.kind else { continue };
        let mut described = BTreeMap::new();
        for union in structure.fields.iter().filter(|field| field.is_union()) {
            for (name, ty) in properties(types, named(&union.ty).into_iter().collect()) {
                if described.insert(name, ty).is_some() && !is_scalar(types, ty) {
                    let message = format!("`{name}` is described by several unions, and only the first one gets it");
                    errors.warn(Problem::key(&union.place, message));
                }
            }
        }
        for (index, field) in structure.fields.iter().enumerate() {
            if field.is_flattened || !described.contains_key(field.name.wire.as_str()) || is_scalar(types, &field.ty) {
                continue;
            }
            if has_properties(types, &field.ty) && !reach(types, named(&field.ty)).contains(&id) {
                marked.push((id, index));
            } else {
                let name = &field.name.wire;
                let message = format!("`{name}` is described here and by the union beside it, which does not get it");
                errors.warn(Problem::key(&field.place, message).help("describe it only here, or only in the union"));
            }
        }
    }
    for (id, index) in marked {
        if let Some(TypeDef { kind: TypeKind::Struct(structure), .. }) = types.get_mut(id)
            && let Some(field) = structure.fields.get_mut(index)
        {
            field.is_shared = true;
        }
    }
}

/// Returns the properties that the structs in unions describe.
fn properties(types: &[TypeDef], mut open: Vec<TypeId>) -> BTreeMap<&str, &Type> {
    let (mut properties, mut seen) = (BTreeMap::new(), BTreeSet::new());
    while let Some(id) = open.pop() {
        let Some(definition) = types.get(id).filter(|_| seen.insert(id)) else { continue };
        match &definition.kind {
            TypeKind::Struct(structure) => {
                for field in &structure.fields {
                    if field.is_flattened {
                        open.extend(named(&field.ty));
                    } else {
                        properties.insert(field.name.wire.as_str(), &field.ty);
                    }
                }
            }
            TypeKind::Union(_) | TypeKind::Alias(_) => {
                open.extend(parts(&definition.kind).into_iter().filter_map(named));
            }
            _ => {}
        }
    }
    properties
}

/// Returns whether a type consists of structs.
fn has_properties(types: &[TypeDef], ty: &Type) -> bool {
    match behind_aliases(types, ty) {
        Type::Nullable(inner) | Type::Boxed(inner) | Type::List(inner) => has_properties(types, inner),
        Type::Named(id) => matches!(types.get(*id).map(|definition| &definition.kind), Some(TypeKind::Struct(_))),
        _ => false,
    }
}

/// Returns whether all values of a type are scalars. Each type reads the scalars that it describes.
fn is_scalar(types: &[TypeDef], ty: &Type) -> bool {
    match behind_aliases(types, ty) {
        Type::Nullable(inner) | Type::Boxed(inner) => is_scalar(types, inner),
        Type::List(_) | Type::Map(_) | Type::Value => false,
        Type::Named(id) => {
            let kind = types.get(*id).map(|definition| &definition.kind);
            matches!(kind, Some(TypeKind::Enum(_) | TypeKind::IntegerEnum(_)))
        }
        _ => true,
    }
}
