//! A pass that adds a field for unknown properties to the structs that keep them.

use std::collections::BTreeSet;

use super::marks::{reach, received, sent_as_json};
use super::parts::{named, parts};
use crate::generator::model::{Api, Field, Struct, Type, TypeDef, TypeId, TypeKind};

/// Adds the fields. By default, a struct that is read and sent as JSON keeps unknown properties, because whoever reads,
/// changes and writes it back would delete them otherwise.
pub(super) fn keep(api: &mut Api) {
    let keeping = keeping(api);
    for (id, definition) in api.types.iter_mut().enumerate() {
        if let TypeKind::Struct(structure) = &mut definition.kind {
            structure.keeps_unknown = Some(keeping.contains(&id));
            if keeping.contains(&id) {
                let field = Field::additional_properties(Type::Value, &definition.place, &structure.fields);
                structure.fields.push(field);
            }
        }
    }
}

fn keeping(api: &Api) -> BTreeSet<TypeId> {
    let types = &api.types;
    let sent = reach(types, api.operations.iter().flat_map(sent_as_json));
    let received = reach(types, api.operations.iter().flat_map(received));
    let structs = || (0..types.len()).filter_map(|id| Some((id, of(types, id)?)));
    let keeps = |(id, structure): &(TypeId, &Struct)| {
        structure.keeps_unknown.unwrap_or(sent.contains(id) && received.contains(id))
    };
    let mut keeping: BTreeSet<TypeId> = structs().filter(keeps).map(|(id, _)| id).collect();
    let mut others = BTreeSet::new();
    for (id, structure) in structs().filter(|(_, structure)| structure.fields.iter().any(Field::is_union)) {
        // The properties of a union's variant stand beside those of the struct. Unknown ones must be kept only once: by
        // the variant, or by nobody if several unions or a map would keep them.
        let variants = inlined(types, structure);
        let is_only = structure.fields.iter().filter(|field| field.is_flattened).count() == 1;
        if keeping.remove(&id) && is_only {
            let is_closed = |id| of(types, id).is_some_and(|variant| variant.keeps_unknown == Some(false));
            keeping.extend(variants.into_iter().filter(|id| !is_closed(*id)));
        } else if !is_only {
            others.extend(variants);
        }
    }
    &keeping - &others
}

fn of(types: &[TypeDef], id: TypeId) -> Option<&Struct> {
    if let TypeKind::Struct(structure) = &types.get(id)?.kind { Some(structure) } else { None }
}

/// Returns the structs whose properties a struct contains by way of unions.
fn inlined(types: &[TypeDef], structure: &Struct) -> BTreeSet<TypeId> {
    let unions = |structure: &Struct| {
        let unions = structure.fields.iter().filter(|field| field.is_union());
        unions.filter_map(|field| named(&field.ty)).collect::<Vec<_>>()
    };
    let (mut open, mut seen, mut found) = (unions(structure), BTreeSet::new(), BTreeSet::new());
    while let Some(id) = open.pop() {
        if !seen.insert(id) {
            continue;
        }
        match types.get(id).map(|definition| &definition.kind) {
            Some(TypeKind::Struct(structure)) if structure.fields.iter().any(Field::is_union) => {
                open.extend(unions(structure));
            }
            Some(TypeKind::Struct(_)) => _ = found.insert(id),
            Some(TypeKind::Union(_) | TypeKind::Alias(_)) => {
                open.extend(types.get(id).into_iter().flat_map(|union| parts(&union.kind)).filter_map(named));
            }
            _ => {}
        }
    }
    found
}
