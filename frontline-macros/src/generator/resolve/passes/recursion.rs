//! A pass that adds a `Box` if a type would contain itself.

use super::parts::{part_mut, parts};
use crate::generator::model::{Tuple, Type, TypeDef, TypeId, TypeKind, behind_aliases};
use crate::generator::names::bare;
use crate::generator::problems::{Errors, Problem};

/// Boxes each field that closes a cycle of types that contain each other by value.
pub(super) fn set_boxes(types: &mut [TypeDef], errors: &mut Errors) {
    end_aliases(types, errors);
    let mut walk = Walk { states: vec![State::New; types.len()], path: Vec::new(), closing: Vec::new() };
    for id in 0..types.len() {
        walk.from(types, id);
    }
    for (id, index) in walk.closing {
        if let Some(ty) = types.get_mut(id).and_then(|definition| part_mut(&mut definition.kind, index)) {
            *ty = Type::Boxed(Box::new(ty.clone()));
        }
    }
}

#[derive(Clone, Copy, PartialEq)]
enum State {
    New,
    Open,
    Done,
}

/// A depth-first search along types that contain each other by value. It has its own stack, because chains of types can
/// be long. Aliases cannot be boxed, so what counts is the type behind them.
struct Walk {
    states: Vec<State>,
    path: Vec<Step>,
    closing: Vec<(TypeId, usize)>,
}

/// A type that is being visited.
struct Step {
    id: TypeId,
    /// The types of its parts.
    held: Vec<Option<TypeId>>,
    /// The number of parts that were looked at.
    seen: usize,
}

impl Walk {
    fn from(&mut self, types: &[TypeDef], start: TypeId) {
        self.enter(types, start);
        while let Some(step) = self.path.last_mut() {
            let next = step.held.get(step.seen).copied();
            step.seen += 1;
            match next {
                Some(Some(to)) if self.states.get(to) == Some(&State::Open) => {
                    self.closing.push((step.id, step.seen - 1));
                }
                Some(Some(to)) => self.enter(types, to),
                Some(None) => {}
                None => {
                    let id = step.id;
                    self.path.pop();
                    self.set(id, State::Done);
                }
            }
        }
    }

    fn enter(&mut self, types: &[TypeDef], id: TypeId) {
        let Some(definition) = types.get(id).filter(|_| self.states.get(id) == Some(&State::New)) else { return };
        self.set(id, State::Open);
        let is_alias = matches!(definition.kind, TypeKind::Alias(_));
        let held = parts(&definition.kind).into_iter().map(|part| contained(types, part));
        let held = if is_alias { Vec::new() } else { held.collect() };
        self.path.push(Step { id, held, seen: 0 });
    }

    fn set(&mut self, id: TypeId, state: State) {
        if let Some(slot) = self.states.get_mut(id) {
            *slot = state;
        }
    }
}

/// Returns the type, other than an alias, that `ty` contains by value.
fn contained(types: &[TypeDef], ty: &Type) -> Option<TypeId> {
    match behind_aliases(types, ty) {
        Type::Named(id) => Some(*id),
        Type::Nullable(inner) => contained(types, inner),
        _ => None,
    }
}

/// The number of types of a cycle that an error names.
const SHOWN: usize = 5;

/// Breaks cycles of aliases. If a list or a map is part of the cycle, it becomes a newtype. Otherwise, the cycle is an
/// error.
fn end_aliases(types: &mut [TypeDef], errors: &mut Errors) {
    for round in alias_rounds(types) {
        let is_container = |id: &TypeId| {
            matches!(types.get(*id).map(|each| &each.kind), Some(TypeKind::Alias(Type::Map(_) | Type::List(_))))
        };
        if let Some(definition) = round.iter().copied().find(is_container).and_then(|id| types.get_mut(id)) {
            if let TypeKind::Alias(container) = &definition.kind {
                definition.kind = TypeKind::Tuple(Tuple { items: vec![container.clone()], least: 1, has_rest: false });
            }
            continue;
        }
        let shown = round.iter().take(SHOWN).filter_map(|id| types.get(*id)).map(|each| each.place.to_string());
        let mut names: Vec<String> = shown.collect();
        names.extend((round.len() > SHOWN).then(|| "…".to_owned()));
        if let Some(first) = round.first().and_then(|id| types.get(*id)) {
            let message = format!("`{}` refers only to itself: {}", bare(&first.name), names.join(" → "));
            let problem = Problem::key(&first.place, message).help("make one of these schemas an object or a list");
            errors.spare(problem, "these schemas become any JSON value");
        }
        for id in round {
            if let Some(definition) = types.get_mut(id) {
                definition.kind = TypeKind::Alias(Type::Value);
            }
        }
    }
}

/// Returns the cycles of aliases. Each begins with the type that was defined first.
fn alias_rounds(types: &[TypeDef]) -> Vec<Vec<TypeId>> {
    let mut rounds = Vec::new();
    // The start of the walk that first reached each type.
    let mut reached: Vec<Option<TypeId>> = vec![None; types.len()];
    for start in 0..types.len() {
        let mut at = start;
        while reached.get(at) == Some(&None) {
            if let Some(slot) = reached.get_mut(at) {
                *slot = Some(start);
            }
            match alias_target(types, at) {
                Some(next) => at = next,
                None => break,
            }
        }
        // If the walk is back at one of its own types, that is part of a cycle, unless the walk ended there.
        if reached.get(at) == Some(&Some(start)) && alias_target(types, at).is_some() {
            let mut round = vec![at];
            while let Some(next) = round.last().and_then(|last| alias_target(types, *last)).filter(|next| *next != at) {
                round.push(next);
            }
            let first = round.iter().enumerate().min_by_key(|(_, id)| **id).map_or(0, |(index, _)| index);
            round.rotate_left(first);
            rounds.push(round);
        }
    }
    rounds
}

fn alias_target(types: &[TypeDef], id: TypeId) -> Option<TypeId> {
    let TypeKind::Alias(ty) = &types.get(id)?.kind else { return None };
    let mut ty = ty;
    loop {
        match ty {
            Type::Named(id) => return Some(*id),
            Type::Nullable(inner) | Type::List(inner) | Type::Map(inner) | Type::Boxed(inner) => ty = inner,
            _ => return None,
        }
    }
}
