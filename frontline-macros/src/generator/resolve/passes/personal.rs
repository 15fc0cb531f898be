//! A pass that spreads the mark of personal data. Documents often mark a property in responses, but not in requests.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::Ident;

use super::marks::{reach, received, sent};
use super::parts::{fields, fields_mut, named, parts};
use crate::generator::model::{Api, Operation, Type, TypeDef, TypeId, TypeKind};
use crate::generator::names::snake;

/// Marks the properties and parameters that have the name of personal data in the same operation. The names
/// `FriendlyName` and `friendly_name` are equal. Marks of other operations do not count. If the operation
/// has personal data, maps of unlisted properties, JSON values of any type and values that fit no variant of a union are
/// marked, too: they can contain a property of any name.
pub(super) fn spread(api: &mut Api) {
    let is_marked = |operation: &Operation| operation.parameters.iter().any(|parameter| parameter.is_pii);
    let mut all = api.types.iter().flat_map(|definition| fields(&definition.kind));
    if !all.any(|field| field.is_pii) && !api.operations.iter().any(is_marked) {
        return;
    }
    let mut names = BTreeMap::<TypeId, BTreeSet<Ident>>::new();
    for operation in &api.operations {
        let types = reach(&api.types, sent(operation).into_iter().chain(received(operation)));
        let marked = marked(api, operation, &types);
        for id in types {
            names.entry(id).or_default().extend(marked.iter().cloned());
        }
    }
    for (id, names) in names {
        let Some(definition) = api.types.get_mut(id) else { continue };
        if let TypeKind::Union(union) = &mut definition.kind {
            union.has_pii |= !names.is_empty();
        }
        for field in fields_mut(&mut definition.kind) {
            let is_any = (field.is_flattened && !field.is_union()) || is_any(&field.ty);
            field.is_pii |= names.contains(&snake(&field.name.wire)) || (is_any && !names.is_empty());
        }
    }
    mark_unions(&mut api.types);
    mark_unknown(&mut api.types);
}

/// Returns whether a type holds JSON values of any type.
fn is_any(ty: &Type) -> bool {
    match ty {
        Type::Nullable(inner) | Type::List(inner) | Type::Map(inner) | Type::Boxed(inner) => is_any(inner),
        ty => *ty == Type::Value,
    }
}

/// Marks the unknown properties of structs with personal data, and of members of a union with personal data: what is
/// unknown to one of them may be personal data of another.
fn mark_unknown(types: &mut [TypeDef]) {
    let unions = types.iter().filter_map(|definition| match &definition.kind {
        TypeKind::Union(union) if union.has_pii && union.can_overlap => Some(union),
        _ => None,
    });
    let members = reach(types, unions.flat_map(|union| &union.variants).filter_map(|variant| named(&variant.ty)));
    for (id, definition) in types.iter_mut().enumerate() {
        if let TypeKind::Struct(structure) = &mut definition.kind
            && structure.keeps_unknown == Some(true)
            && (members.contains(&id) || structure.fields.iter().any(|field| field.is_pii))
            && let Some(unknown) = structure.fields.last_mut()
        {
            unknown.is_pii = true;
        }
    }
}

/// Marks the unions that contain personal data.
fn mark_unions(types: &mut [TypeDef]) {
    let mut users = BTreeMap::<TypeId, Vec<TypeId>>::new();
    let mut open = Vec::new();
    for (id, definition) in types.iter().enumerate() {
        for part in parts(&definition.kind).into_iter().filter_map(named) {
            users.entry(part).or_default().push(id);
        }
        let is_pii = matches!(&definition.kind, TypeKind::Union(union) if union.is_pii);
        open.extend((is_pii || fields(&definition.kind).iter().any(|field| field.is_pii)).then_some(id));
    }
    while let Some(id) = open.pop() {
        // Each type is visited once, because its users are removed.
        open.extend(users.remove(&id).unwrap_or_default());
        if let Some(TypeDef { kind: TypeKind::Union(union), .. }) = types.get_mut(id) {
            union.has_pii = true;
        }
    }
}

/// Returns the names of an operation's personal data.
fn marked(api: &Api, operation: &Operation, types: &BTreeSet<TypeId>) -> BTreeSet<Ident> {
    let kinds = types.iter().filter_map(|id| Some(&api.types.get(*id)?.kind));
    let fields = kinds.flat_map(fields).filter(|field| field.is_pii && !field.is_flattened).map(|field| &field.name);
    let parameters = operation.parameters.iter().filter(|parameter| parameter.is_pii).map(|parameter| &parameter.name);
    fields.chain(parameters).map(|name| snake(&name.wire)).collect()
}
