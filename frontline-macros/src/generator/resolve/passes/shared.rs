//! A pass that finds properties that several types in one object describe: a struct's fields, and the unions beside them. Each
//! of these reads them, and what they write is merged, because no description is complete.

use std::collections::{BTreeMap, BTreeSet};

use super::marks::reach;
use super::parts::{named, parts};
use crate::generator::docs::{code, paragraphs};
use crate::generator::model::{Field, Struct, Type, TypeDef, TypeId, TypeKind, behind_aliases};
use crate::generator::problems::{Errors, Problem};

/// Marks the properties, except those that contain their own struct, because values would be stored twice at each level.
/// They belong to the first type that describes them.
pub(super) fn mark(types: &mut [TypeDef], errors: &mut Errors) {
    let structs = types.iter().enumerate().filter_map(|(id, definition)| match &definition.kind {
        TypeKind::Struct(structure) => Some((id, shared(types, id, structure, errors))),
        _ => None,
    });
    for (id, shared) in structs.collect::<Vec<_>>() {
        if let Some(TypeDef { kind: TypeKind::Struct(structure), .. }) = types.get_mut(id) {
            structure.shared_scalars = shared.scalars;
            structure.shared = shared.others;
            structure.shared_first = shared.first;
            document(structure);
        }
    }
}

/// Says in the docs of the unions what becomes of properties that other fields have, too.
fn document(structure: &mut Struct) {
    let names: Vec<String> = structure.shared_scalars.iter().chain(&structure.shared).map(|name| code(name)).collect();
    if names.is_empty() {
        return;
    }
    let docs = format!(
        "Several fields can contain {}. It is sent if it is set in one of them. If they have different values, sending it is an \
         error. To leave it out, clear it in all of them.",
        names.join(" or ")
    );
    for field in structure.fields.iter_mut().filter(|field| field.is_union()) {
        field.docs = paragraphs([std::mem::take(&mut field.docs), docs.clone()]);
    }
}

/// The properties that several types in a struct describe.
#[derive(Default)]
struct Shared {
    scalars: Vec<String>,
    others: Vec<String>,
    /// Those that contain the struct.
    first: Vec<String>,
}

fn shared(types: &[TypeDef], id: TypeId, structure: &Struct, errors: &mut Errors) -> Shared {
    let mut described: BTreeMap<&str, Vec<(&Field, Vec<&Type>)>> = BTreeMap::new();
    for field in structure.fields.iter().filter(|field| !field.is_flattened) {
        described.insert(&field.name.wire, vec![(field, vec![&field.ty])]);
    }
    for union in structure.fields.iter().filter(|field| field.is_union()) {
        for (name, of_members) in properties(types, named(&union.ty).into_iter().collect()) {
            described.entry(name).or_default().push((union, of_members));
        }
    }
    let mut shared = Shared::default();
    for (name, fields) in described {
        let [(first, _), (second, _), ..] = fields.as_slice() else { continue };
        let of_all = || fields.iter().flat_map(|(_, of_members)| of_members);
        if of_all().all(|ty| is_scalar(types, ty)) {
            shared.scalars.push(name.to_owned());
            continue;
        }
        if !reach(types, of_all().filter_map(|ty| named(ty))).contains(&id) {
            shared.others.push(name.to_owned());
            continue;
        }
        shared.first.push(name.to_owned());
        if first.is_flattened {
            let message = format!("`{name}` is described by several unions, and only the first one gets it");
            errors.warn(Problem::key(&second.place, message));
        } else {
            let message = format!("`{name}` is described here and by the union beside it, which does not get it");
            errors.warn(Problem::key(&first.place, message).help("describe it only here, or only in the union"));
        }
    }
    shared
}

/// Returns the properties that the structs in unions describe.
fn properties(types: &[TypeDef], mut open: Vec<TypeId>) -> BTreeMap<&str, Vec<&Type>> {
    let (mut properties, mut seen) = (BTreeMap::<&str, Vec<&Type>>::new(), BTreeSet::new());
    while let Some(id) = open.pop() {
        let Some(definition) = types.get(id).filter(|_| seen.insert(id)) else { continue };
        match &definition.kind {
            TypeKind::Struct(structure) => {
                for field in &structure.fields {
                    if field.is_flattened {
                        open.extend(named(&field.ty));
                    } else {
                        properties.entry(&field.name.wire).or_default().push(&field.ty);
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
