//! A pass that replaces types that are nested too deeply for rustc with JSON values.

use super::parts::{named, parts};
use crate::generator::model::{Type, TypeDef, TypeId, TypeKind};
use crate::generator::problems::{Errors, Problem};

/// The number of levels to which types may be nested. rustc gives up at 128 levels when it checks whether a type is
/// `Send` and how to drop it, and a future adds several levels.
const LIMIT: usize = 110;

/// Replaces types that are nested too deeply with JSON values, with a warning for each.
pub(super) fn limit(types: &mut [TypeDef], errors: &mut Errors) {
    if cuts(types, Cycles::Short).is_empty() {
        return;
    }
    // rustc can enter a cycle at any of its types, and continue from one cycle to the next. The depth is only known
    // if there are no cycles.
    for (id, index) in cuts(types, Cycles::OfOne) {
        let Some(definition) = types.get_mut(id) else { continue };
        let mut place = definition.place.clone();
        match &mut definition.kind {
            TypeKind::Struct(structure) => {
                if let Some(field) = structure.fields.get_mut(index) {
                    place.clone_from(&field.place);
                    *innermost(&mut field.ty) = Type::Value;
                }
            }
            TypeKind::Tuple(tuple) => tuple.items.iter_mut().for_each(|item| *innermost(item) = Type::Value),
            // Any variant of a union may be too deep.
            kind => *kind = TypeKind::Alias(Type::Value),
        }
        let message = "this schema is nested too deeply for rustc, so it becomes any JSON value";
        errors.warn(Problem::key(&place, message));
    }
}

/// The cycles of types that are kept.
#[derive(Clone, Copy)]
enum Cycles {
    /// Cycles within the limit.
    Short,
    /// Only types that contain themselves.
    OfOne,
}

/// Returns the parts of types to replace: the type, and the index of its part.
fn cuts(types: &[TypeDef], cycles: Cycles) -> Vec<(TypeId, usize)> {
    let mut walk = Walk { states: vec![State::New; types.len()], path: Vec::new(), cuts: Vec::new() };
    for id in 0..types.len() {
        walk.from(types, id, cycles);
    }
    walk.cuts
}

#[derive(Clone, Copy)]
enum State {
    New,
    /// The type is being visited. Contains the number of levels above it.
    Open(usize),
    /// The type was visited. Contains the number of levels in it.
    Done(usize),
}

/// A depth-first search along types that contain each other in any way. It has its own stack, because chains of types
/// can be long.
struct Walk {
    states: Vec<State>,
    path: Vec<Step>,
    cuts: Vec<(TypeId, usize)>,
}

/// A type that is being visited.
struct Step {
    id: TypeId,
    /// The number of levels above it.
    above: usize,
    depth: usize,
    /// The types that it contains, each with the index of its part and the number of levels between them.
    held: Vec<(usize, TypeId, usize)>,
    seen: usize,
}

impl Walk {
    fn from(&mut self, types: &[TypeDef], start: TypeId, cycles: Cycles) {
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
                // The types form a cycle.
                Some(State::Open(start)) => match cycles {
                    Cycles::Short => above - start > LIMIT,
                    Cycles::OfOne => to != step.id,
                },
                // The same part is looked at again afterwards.
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
        // No type contains a body or a response, so these are never too deep.
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

/// Returns the number of levels between a type and the named type in one of its parts.
fn levels(kind: &TypeKind, index: usize, ty: &Type) -> usize {
    let own = match kind {
        TypeKind::Alias(_) => 0,
        TypeKind::Struct(structure) => {
            1 + structure
                .fields
                .get(index)
                .map_or(0, |field| usize::from(field.is_optional()) + usize::from(field.has_three_states))
        }
        TypeKind::Tuple(tuple) => 1 + usize::from(index >= tuple.least) + 3 * usize::from(tuple.has_rest),
        _ => 1,
    };
    own + containers(ty)
}

/// Returns the number of levels of the containers around the named type.
///
/// The numbers are those of `RefUnwindSafe`, the auto trait for which the standard library's types need the most
/// levels.
fn containers(ty: &Type) -> usize {
    match ty {
        Type::Nullable(inner) => 1 + containers(inner),
        Type::List(inner) => 3 + containers(inner),
        Type::Map(inner) => 10 + containers(inner),
        Type::Boxed(inner) => 4 + containers(inner),
        _ => 0,
    }
}

/// Returns the type inside of all lists and maps.
fn innermost(ty: &mut Type) -> &mut Type {
    match ty {
        Type::Nullable(inner) | Type::List(inner) | Type::Map(inner) => innermost(inner),
        ty => ty,
    }
}
