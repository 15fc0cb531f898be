//! A pass over the finished types: JSON values where types would hold each other deeper than rustc follows.

use super::parts::{named, parts};
use crate::generator::model::{Type, TypeDef, TypeId, TypeKind};
use crate::generator::problems::{Errors, Problem};

/// How deep types may be. rustc gives up at 128 levels when it asks whether a type is `Send`, and how to drop it, and a
/// future adds some of its own.
const LIMIT: usize = 110;

/// Makes JSON values of types where they are too deep, with a warning for each.
pub(super) fn limit(types: &mut [TypeDef], errors: &mut Errors) {
    if cuts(types, Circles::Short).is_empty() {
        return;
    }
    // rustc meets a circle's types from anywhere on it, and goes from one circle to the next, so that only without
    // them it is known how deep it goes.
    for (id, index) in cuts(types, Circles::OfOne) {
        let Some(definition) = types.get_mut(id) else { continue };
        let mut place = definition.place.clone();
        match &mut definition.kind {
            TypeKind::Struct(structure) => {
                if let Some(field) = structure.fields.get_mut(index) {
                    place.clone_from(&field.place);
                    *innermost(&mut field.ty) = Type::Value;
                }
            }
            TypeKind::Tuple(items) => items.iter_mut().for_each(|item| *innermost(item) = Type::Value),
            // One of several of which any may be deep is any value.
            kind => *kind = TypeKind::Alias(Type::Value),
        }
        let message = "this is any JSON value, since its schema is deeper inside of others than rustc follows";
        errors.warn(Problem::key(&place, message));
    }
}

/// The circles of types that hold each other which may stay.
#[derive(Clone, Copy)]
enum Circles {
    /// Those within the limit.
    Short,
    /// A type that holds itself.
    OfOne,
}

/// The parts of types at which these get too deep.
fn cuts(types: &[TypeDef], circles: Circles) -> Vec<(TypeId, usize)> {
    let mut walk = Walk { states: vec![State::New; types.len()], path: Vec::new(), cuts: Vec::new() };
    for id in 0..types.len() {
        walk.from(types, id, circles);
    }
    walk.cuts
}

#[derive(Clone, Copy)]
enum State {
    New,
    /// With how many levels on the way to it.
    Open(usize),
    /// With how many levels of types it is deep.
    Done(usize),
}

/// A walk along the types that hold each other in any way, with a stack of its own: chains of them can be long.
struct Walk {
    states: Vec<State>,
    path: Vec<Step>,
    cuts: Vec<(TypeId, usize)>,
}

/// A type on the way.
struct Step {
    id: TypeId,
    /// How many levels are on the way to it.
    above: usize,
    depth: usize,
    /// The types that it holds, each with the index of its part and the levels between.
    held: Vec<(usize, TypeId, usize)>,
    seen: usize,
}

impl Walk {
    fn from(&mut self, types: &[TypeDef], start: TypeId, circles: Circles) {
        self.enter(types, start, 0);
        while let Some(step) = self.path.last_mut() {
            let Some((index, to, levels)) = step.held.get(step.seen).copied() else {
                let (id, depth) = (step.id, step.depth);
                self.path.pop();
                self.set(id, State::Done(depth));
                continue;
            };
            let above = step.above + levels;
            let is_too_deep = match self.states.get(to) {
                Some(State::Done(depth)) if depth + levels <= LIMIT => {
                    step.depth = step.depth.max(depth + levels);
                    false
                }
                Some(State::Done(_)) => true,
                // It holds this one, too.
                Some(State::Open(start)) => match circles {
                    Circles::Short => above - start > LIMIT,
                    Circles::OfOne => to != step.id,
                },
                // Looked at once more when it is done.
                Some(State::New) => {
                    self.enter(types, to, above);
                    continue;
                }
                None => false,
            };
            step.seen += 1;
            if is_too_deep {
                self.cuts.push((step.id, index));
            }
        }
    }

    fn enter(&mut self, types: &[TypeDef], id: TypeId, above: usize) {
        let Some(State::New) = self.states.get(id) else { return };
        let Some(TypeDef { kind, .. }) = types.get(id) else { return };
        self.set(id, State::Open(above));
        // Nothing holds a body or a response, so these are never cut.
        let is_held =
            matches!(kind, TypeKind::Struct(_) | TypeKind::Union(_) | TypeKind::Tuple(_) | TypeKind::Alias(_));
        let parts = parts(kind).into_iter().enumerate().filter(|_| is_held);
        let held = parts.filter_map(|(index, ty)| Some((index, named(ty)?, levels(kind, index, ty)))).collect();
        self.path.push(Step { id, above, depth: 1, held, seen: 0 });
    }

    fn set(&mut self, id: TypeId, state: State) {
        if let Some(slot) = self.states.get_mut(id) {
            *slot = state;
        }
    }
}

/// How many levels rustc goes down from a type to the named type in one of its parts.
fn levels(kind: &TypeKind, index: usize, ty: &Type) -> usize {
    let own = match kind {
        TypeKind::Alias(_) => 0,
        TypeKind::Struct(structure) => {
            1 + structure
                .fields
                .get(index)
                .map_or(0, |field| usize::from(field.is_optional()) + usize::from(field.has_three_states))
        }
        _ => 1,
    };
    own + containers(ty)
}

/// The levels of what is around the named type: as many as the standard library's types have for that auto trait which
/// needs most of them, `RefUnwindSafe`.
fn containers(ty: &Type) -> usize {
    match ty {
        Type::Nullable(inner) => 1 + containers(inner),
        Type::List(inner) => 3 + containers(inner),
        Type::Map(inner) => 10 + containers(inner),
        Type::Boxed(inner) => 4 + containers(inner),
        _ => 0,
    }
}

/// The type that is in all lists and maps.
fn innermost(ty: &mut Type) -> &mut Type {
    match ty {
        Type::Nullable(inner) | Type::List(inner) | Type::Map(inner) => innermost(inner),
        ty => ty,
    }
}
