//! Passes for the tags of unions. If a variant does not determine its tag, because several values select it or the document
//! does not say how they are written, structs that do not describe the tag get a field for it, so that the value is kept.
//! If a single value selects a struct, its constructor sets it.

use std::collections::{BTreeMap, BTreeSet};

use crate::generator::model::{Field, Type, TypeDef, TypeId, TypeKind, UnionTag, behind_aliases};
use crate::generator::names;

/// Adds a field for the tag to the structs that do not determine it.
pub(super) fn keep(types: &mut [TypeDef]) {
    let mut missing = Vec::new();
    for definition in &*types {
        let TypeKind::Union(union) = &definition.kind else { continue };
        let Some(tag) = &union.tag else { continue };
        let is_guessed = !tag.is_described && !tag.is_text;
        let undetermined = union.variants.iter().filter(|variant| is_guessed || variant.tags.len() > 1);
        let ids = undetermined.flat_map(|variant| structs(types, &variant.ty, tag));
        missing.extend(ids.map(|id| (id, definition.place.clone(), tag.clone())));
    }
    for (id, place, tag) in missing {
        let Some(TypeKind::Struct(structure)) = types.get_mut(id).map(|definition| &mut definition.kind) else {
            continue;
        };
        let has_map = structure.fields.iter().any(|field| field.is_flattened && matches!(field.ty, Type::Map(_)));
        if has_map || structure.fields.iter().any(|field| field.name.wire == tag.property) {
            continue;
        }
        let ty = if tag.is_text { Type::String } else { Type::Value };
        let docs = "The value that selects this type in a union. If it is not set, the union sets it.".to_owned();
        let field = Field::optional(&tag.property, names::snake(&tag.property), &place, ty);
        let at = structure.fields.iter().position(|field| field.is_flattened).unwrap_or(structure.fields.len());
        structure.fields.insert(at, Field { docs, ..field });
    }
}

/// Sets the tag of the structs that a single value selects, in all unions with that tag.
pub(super) fn select(types: &mut [TypeDef]) {
    let mut values = BTreeMap::<(TypeId, String), BTreeSet<Option<String>>>::new();
    for definition in &*types {
        let TypeKind::Union(union) = &definition.kind else { continue };
        let Some(tag) = &union.tag else { continue };
        for variant in &union.variants {
            let only = if let [only] = variant.tags.as_slice() { Some(only.clone()) } else { None };
            for id in structs(types, &variant.ty, tag) {
                values.entry((id, tag.property.clone())).or_default().insert(only.clone());
            }
        }
    }
    for ((id, property), values) in values {
        let Some(TypeKind::Struct(structure)) = types.get_mut(id).map(|definition| &mut definition.kind) else {
            continue;
        };
        let only = if values.len() == 1 { values.into_iter().next().flatten() } else { None };
        for field in structure.fields.iter_mut().filter(|field| !field.is_flattened && field.name.wire == property) {
            field.selector.clone_from(&only);
        }
    }
}

/// Returns the structs of a variant, except those whose own union has the same tag.
fn structs(types: &[TypeDef], variant: &Type, tag: &UnionTag) -> Vec<TypeId> {
    let mut structs = Vec::new();
    let mut seen = BTreeSet::new();
    let mut open = vec![variant];
    while let Some(ty) = open.pop() {
        match behind_aliases(types, ty) {
            Type::Nullable(inner) | Type::Boxed(inner) => open.push(inner),
            Type::Named(id) if seen.insert(*id) => match types.get(*id).map(|definition| &definition.kind) {
                Some(TypeKind::Struct(_)) => structs.push(*id),
                Some(TypeKind::Union(union)) => {
                    let has_tag = union.tag.as_ref().is_some_and(|own| own.property == tag.property);
                    open.extend(union.variants.iter().filter(|_| !has_tag).map(|variant| &variant.ty));
                }
                _ => {}
            },
            _ => {}
        }
    }
    structs
}
