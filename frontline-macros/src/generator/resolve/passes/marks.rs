//! A pass that determines which types occur in requests, in responses and in unions, and what follows from that.

use std::collections::BTreeSet;

use super::parts::{fields, fields_mut, named, parts};
use crate::generator::model::{
    Access, Answer, Api, Field, Operation, Payload, Style, Type, TypeDef, TypeId, TypeKind, behind_aliases,
};

/// Marks structs that requests can contain, and fields that can be absent in one direction or have three states.
///
/// If `is_lenient`, responses may lack required properties.
pub(super) fn mark(api: &mut Api, is_lenient: bool) {
    let types = &api.types;
    let sent = reach(types, api.operations.iter().flat_map(sent));
    let json = reach(types, api.operations.iter().flat_map(|operation| sent_as_json(types, operation)));
    let received = reach(types, api.operations.iter().flat_map(received));
    let compared = reach(types, types.iter().flat_map(compared));
    let anything = anything(types);
    let is_anything = |ty: &Type| matches!(ty, Type::Named(id) if anything.contains(id)) || *ty == Type::Value;
    for (id, definition) in api.types.iter_mut().enumerate() {
        let (is_sent, is_received) = (sent.contains(&id), received.contains(&id));
        let mark = |field: &mut Field| {
            field.is_one_way = match field.access {
                Access::Both => false,
                Access::ReadOnly => is_sent,
                Access::WriteOnly => is_received,
            };
            // The property is there, but may not fit the field.
            let is_lacking = field.is_conditional || (is_lenient && !field.is_nullable && !field.is_flattened);
            field.is_unreliable = is_lacking && is_received && field.is_required;
            let is_patch = json.contains(&id) && field.access != Access::ReadOnly;
            let admits_null = field.is_nullable || is_anything(&field.ty);
            field.has_three_states = is_patch && field.may_lack() && admits_null;
        };
        if let TypeKind::Struct(structure) = &mut definition.kind {
            structure.is_sent |= is_sent;
            structure.is_compared = compared.contains(&id);
        }
        fields_mut(&mut definition.kind).into_iter().for_each(mark);
    }
}

/// Returns the types of fields that are aliases of any JSON value, which can be null.
fn anything(types: &[TypeDef]) -> BTreeSet<TypeId> {
    let fields = types.iter().flat_map(|definition| fields(&definition.kind));
    let named: BTreeSet<TypeId> =
        fields.filter_map(|field| if let Type::Named(id) = field.ty { Some(id) } else { None }).collect();
    named.into_iter().filter(|id| *behind_aliases(types, &Type::Named(*id)) == Type::Value).collect()
}

/// Returns the variants of a union without a discriminator, and the types of properties that are described under a condition
/// only.
fn compared(definition: &TypeDef) -> Vec<TypeId> {
    match &definition.kind {
        TypeKind::Union(union) if union.tag.is_none() => {
            union.variants.iter().filter_map(|variant| named(&variant.ty)).collect()
        }
        TypeKind::Struct(structure) => {
            let conditional = structure.fields.iter().filter(|field| field.is_conditional);
            conditional.filter_map(|field| named(&field.ty)).collect()
        }
        _ => Vec::new(),
    }
}

/// Returns the types of an operation's body and of its parameters outside of the path.
pub(super) fn sent(operation: &Operation) -> Vec<TypeId> {
    let contents = operation.body.iter().flat_map(|body| &body.contents);
    let bodies = contents.filter_map(|content| named(content.payload.ty()?));
    bodies.chain(operation.options.as_ref().map(|options| options.ty)).collect()
}

/// Returns the types of an operation's JSON bodies, of parts of its multipart bodies, and of its parameters in JSON.
pub(super) fn sent_as_json(types: &[TypeDef], operation: &Operation) -> Vec<TypeId> {
    let contents = operation.body.iter().flat_map(|body| &body.contents);
    let bodies = contents.flat_map(|content| match &content.payload {
        Payload::Json(ty) => vec![ty],
        Payload::Multipart(ty) => {
            named(ty).and_then(|id| types.get(id)).map(|body| parts(&body.kind)).unwrap_or_default()
        }
        Payload::Form(..) | Payload::Text | Payload::Bytes => Vec::new(),
    });
    let options = operation.options.iter().flat_map(|options| &options.parameters);
    let parameters = operation.parameters.iter().chain(options).filter(|parameter| parameter.style == Style::Json);
    bodies.chain(parameters.map(|parameter| &parameter.ty)).filter_map(named).collect()
}

/// Returns the types of an operation's forms.
pub(super) fn sent_as_form(operation: &Operation) -> Vec<TypeId> {
    let contents = operation.body.iter().flat_map(|body| &body.contents);
    let forms =
        contents.filter_map(|content| if let Payload::Form(ty, _) = &content.payload { named(ty) } else { None });
    forms.collect()
}

/// Returns the types of an operation's responses, including errors.
pub(super) fn received(operation: &Operation) -> Vec<TypeId> {
    let choice = if let Answer::Choice(id) = operation.answer { Some(id) } else { None };
    let stream = operation.streaming.as_ref().map(|streaming| &streaming.stream.item);
    let failures = operation.failures.iter().map(|failure| &failure.ty);
    let others = operation.alternatives.iter().filter_map(|other| other.answer.ty());
    operation
        .answer
        .ty()
        .into_iter()
        .chain(stream)
        .chain(others)
        .chain(failures)
        .filter_map(named)
        .chain(choice)
        .collect()
}

/// Returns all types that can be reached from some types, including these.
pub(super) fn reach(types: &[TypeDef], from: impl IntoIterator<Item = TypeId>) -> BTreeSet<TypeId> {
    let mut open: Vec<TypeId> = from.into_iter().collect();
    let mut seen = BTreeSet::new();
    while let Some(id) = open.pop() {
        if seen.insert(id)
            && let Some(definition) = types.get(id)
        {
            open.extend(parts(&definition.kind).into_iter().filter_map(named));
        }
    }
    seen
}
