//! Passes over the finished types: boxes where a type would contain itself, and marks on what requests hold.

use std::collections::BTreeSet;

use crate::generator::model::{Api, Type, TypeDef, TypeId, TypeKind};
use crate::generator::names::bare;
use crate::generator::report::{Errors, Problem};

/// Boxes each field that closes a circle of types which hold each other by value.
pub(super) fn set_boxes(types: &mut [TypeDef], errors: &mut Errors) {
    let mut walk = Walk { states: vec![State::New; types.len()], path: Vec::new(), closing: Vec::new() };
    for id in 0..types.len() {
        walk.visit(types, id);
    }
    for (id, index) in walk.closing {
        if let Some(ty) = types.get_mut(id).and_then(|definition| part_mut(&mut definition.kind, index)) {
            *ty = Type::Boxed(Box::new(ty.clone()));
        }
    }
    refuse_endless_aliases(types, errors);
}

#[derive(Clone, Copy, PartialEq)]
enum State {
    New,
    Open,
    Done,
}

struct Walk {
    states: Vec<State>,
    /// The fields that lead from the first type to the one at hand; none for an alias.
    path: Vec<(TypeId, Option<usize>)>,
    closing: Vec<(TypeId, usize)>,
}

impl Walk {
    fn visit(&mut self, types: &[TypeDef], id: TypeId) {
        if self.states.get(id) != Some(&State::New) {
            return;
        }
        self.set(id, State::Open);
        match types.get(id).map(|definition| &definition.kind) {
            Some(TypeKind::Alias(ty)) => self.edge(types, (id, None), ty),
            Some(kind) => {
                for (index, ty) in parts(kind).into_iter().enumerate() {
                    self.edge(types, (id, Some(index)), ty);
                }
            }
            None => {}
        }
        self.set(id, State::Done);
    }

    /// Lists and maps hold their items elsewhere, so only a named type is held by value.
    fn edge(&mut self, types: &[TypeDef], from: (TypeId, Option<usize>), to: &Type) {
        let Type::Named(to) = to else { return };
        self.path.push(from);
        if self.states.get(*to) == Some(&State::Open) {
            self.close(*to);
        }
        self.visit(types, *to);
        self.path.pop();
    }

    /// The last field on the way round the circle is the one that closes it.
    fn close(&mut self, to: TypeId) {
        let start = self.path.iter().position(|(id, _)| *id == to).unwrap_or_default();
        let round = self.path.get(start..).unwrap_or_default();
        if let Some((id, Some(index))) = round.iter().rev().find(|(_, field)| field.is_some()) {
            self.closing.push((*id, *index));
        }
    }

    fn set(&mut self, id: TypeId, state: State) {
        if let Some(slot) = self.states.get_mut(id) {
            *slot = state;
        }
    }
}

/// The types that a value of a struct or union consists of.
fn parts(kind: &TypeKind) -> Vec<&Type> {
    match kind {
        TypeKind::Struct(structure) => structure.fields.iter().map(|field| &field.ty).collect(),
        TypeKind::Union(union) => union.variants.iter().map(|variant| &variant.ty).collect(),
        TypeKind::Alias(ty) => vec![ty],
        TypeKind::Choice(contents) => contents.iter().filter_map(|content| content.payload.ty()).collect(),
        TypeKind::Outcomes(outcomes) => outcomes.iter().filter_map(|outcome| outcome.payload.as_ref()?.ty()).collect(),
        TypeKind::Multipart(parts) => parts.iter().map(|part| &part.field.ty).collect(),
        TypeKind::Enum(_) => Vec::new(),
    }
}

/// The part of [`parts`] at `index`.
fn part_mut(kind: &mut TypeKind, index: usize) -> Option<&mut Type> {
    match kind {
        TypeKind::Struct(structure) => structure.fields.get_mut(index).map(|field| &mut field.ty),
        TypeKind::Union(union) => union.variants.get_mut(index).map(|variant| &mut variant.ty),
        // The rest is never part of a circle: nothing refers to a body or a response.
        _ => None,
    }
}

/// An alias that leads back to itself, by value or through a list, has no object or union in it that could end it.
fn refuse_endless_aliases(types: &mut [TypeDef], errors: &mut Errors) {
    let mut told = BTreeSet::new();
    for id in 0..types.len() {
        let mut round = vec![id];
        while let Some(next) = round.last().and_then(|last| alias_target(types, *last)) {
            if round.contains(&next) {
                break;
            }
            round.push(next);
        }
        let is_closed = round.last().and_then(|last| alias_target(types, *last)) == Some(id);
        if !is_closed || round.iter().any(|id| told.contains(id)) {
            continue;
        }
        if let Some(definition) = types.get(id) {
            let names: Vec<String> =
                round.iter().filter_map(|id| types.get(*id)).map(|each| each.place.to_string()).collect();
            errors.push(
                Problem::key(
                    &definition.place,
                    format!("`{}` refers only to itself: {}", bare(&definition.name), names.join(" → ")),
                )
                .help("a schema in the circle has to be an object"),
            );
        }
        told.extend(round);
    }
    for id in told {
        if let Some(definition) = types.get_mut(id) {
            definition.kind = TypeKind::Alias(Type::Value);
        }
    }
}

fn alias_target(types: &[TypeDef], id: TypeId) -> Option<TypeId> {
    let TypeKind::Alias(ty) = &types.get(id)?.kind else { return None };
    let mut ty = ty;
    loop {
        match ty {
            Type::Named(id) => return Some(*id),
            Type::List(inner) | Type::Map(inner) | Type::Boxed(inner) => ty = inner,
            _ => return None,
        }
    }
}

/// Marks all structs that a request can hold.
pub(super) fn mark_sent(api: &mut Api) {
    let bodies = api.operations.iter().filter_map(|operation| operation.body.as_ref());
    let bodies = bodies.flat_map(|body| &body.contents).filter_map(|content| content.payload.ty());
    let options = api.operations.iter().filter_map(|operation| operation.options.as_ref()).map(|options| options.ty);
    let mut open: Vec<TypeId> = bodies.filter_map(named).chain(options).collect();
    let mut seen = BTreeSet::new();
    while let Some(id) = open.pop() {
        if !seen.insert(id) {
            continue;
        }
        let Some(definition) = api.types.get_mut(id) else { continue };
        open.extend(parts(&definition.kind).into_iter().filter_map(named));
        if let TypeKind::Struct(structure) = &mut definition.kind {
            structure.is_sent = true;
        }
    }
}

fn named(ty: &Type) -> Option<TypeId> {
    match ty {
        Type::Named(id) => Some(*id),
        Type::List(inner) | Type::Map(inner) | Type::Boxed(inner) => named(inner),
        _ => None,
    }
}
