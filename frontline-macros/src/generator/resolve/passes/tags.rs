//! A pass for tags of unions that a variant does not determine: several values select it, or the document does not say
//! how they are written. Structs that do not describe the tag get a field for it, so that the value is kept.

use std::collections::BTreeSet;

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
