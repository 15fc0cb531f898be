//! A pass that adds a field for unknown properties to the structs that keep them.

use std::collections::BTreeSet;

use super::marks::{reach, received, sent_as_form, sent_as_json};
use crate::generator::model::{Api, Field, Struct, Type, TypeDef, TypeId, TypeKind};

/// Adds the fields. By default, a struct that is read and sent in a body keeps unknown properties, because whoever reads,
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
    let in_body = |operation| [sent_as_json(types, operation), sent_as_form(operation)].concat();
    let sent = reach(types, api.operations.iter().flat_map(in_body));
    let received = reach(types, api.operations.iter().flat_map(received));
    let structs = || (0..types.len()).filter_map(|id| Some((id, of(types, id)?)));
    let keeps = |(id, structure): &(TypeId, &Struct)| {
        let has_map = structure.fields.iter().any(|field| field.is_flattened && !field.is_union());
        // Several unions could not agree on who keeps the rest.
        let has_unions = structure.fields.iter().filter(|field| field.is_union()).count() > 1;
        let is_kept = structure.keeps_unknown.unwrap_or(sent.contains(id) && received.contains(id));
        (is_kept || has_unions) && !has_map
    };
    structs().filter(keeps).map(|(id, _)| id).collect()
}

fn of(types: &[TypeDef], id: TypeId) -> Option<&Struct> {
    if let TypeKind::Struct(structure) = &types.get(id)?.kind { Some(structure) } else { None }
}
