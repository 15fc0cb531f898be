//! `unsupported = skip`: operations that need what is not supported are left out, with a warning for each.

use std::collections::BTreeSet;

use super::Resolver;
use super::recursion::{named, parts};
use crate::generator::model::{Answer, Operation, Type, TypeId};
use crate::generator::place::Place;
use crate::generator::report::Problem;

/// What was found that is not supported.
pub(super) struct Lacking {
    problem: Problem,
    /// Whether an operation was left out for it.
    is_told: bool,
}

impl Resolver<'_> {
    /// The operation, if all that it needs is supported. Since its reading began with `errors` errors, whatever is
    /// unsupported among the new ones is needed by it; of the older ones, what its types hold.
    pub(super) fn unless_skipped(&mut self, operation: Operation, errors: usize) -> Option<Operation> {
        if !self.skips_unsupported {
            return Some(operation);
        }
        let known = self.lacking.len();
        self.take_lacking(errors);
        let index = if known < self.lacking.len() { Some(known) } else { self.lacking_in(&operation) };
        let Some(lacking) = index.and_then(|index| self.lacking.get(index)) else { return Some(operation) };
        let problem = lacking.problem.clone();
        // The same can have been found more than once.
        for lacking in self.lacking.iter_mut().filter(|lacking| lacking.problem.place() == problem.place()) {
            lacking.is_told = true;
        }
        self.errors.warn(problem.because(&format!("the operation `{}` is left out", operation.name.wire)));
        None
    }

    /// Takes the errors after the first `errors` that are about what is not supported.
    pub(super) fn take_lacking(&mut self, errors: usize) {
        if self.skips_unsupported {
            let problems = self.errors.take_unsupported(errors).into_iter();
            self.lacking.extend(problems.map(|problem| Lacking { problem, is_told: false }));
        }
    }

    /// Tells of schemas that are not supported and that no operation needs.
    pub(super) fn tell_lacking(&mut self) {
        for lacking in self.lacking.drain(..).filter(|lacking| !lacking.is_told) {
            self.errors.warn(lacking.problem.because("any JSON value is taken here"));
        }
    }

    /// The first of what is lacking that stands in a type of the operation, or in a schema that was read before it.
    fn lacking_in(&self, operation: &Operation) -> Option<usize> {
        let types = self.types_of(operation);
        let types = types.iter().filter_map(|id| self.types.get(*id)).map(|definition| &definition.place);
        let places: Vec<&Place> = types.chain(&self.reread).collect();
        self.lacking.iter().position(|lacking| {
            lacking.problem.place().is_some_and(|place| places.iter().any(|holder| holder.holds(place)))
        })
    }

    /// All types that the operation's arguments and answer consist of.
    fn types_of(&self, operation: &Operation) -> BTreeSet<TypeId> {
        let contents = operation.body.iter().flat_map(|body| &body.contents);
        let answer = match &operation.answer {
            Answer::One(payload) => payload.ty(),
            Answer::Optional(ty) => Some(ty),
            Answer::Stream(stream) => Some(&stream.item),
            Answer::Empty | Answer::Choice(_) => None,
        };
        let choice = if let Answer::Choice(id) = operation.answer { Some(id) } else { None };
        let parameters = operation.parameters.iter().map(|parameter| &parameter.ty);
        let types: Vec<&Type> = parameters
            .chain(contents.filter_map(|content| content.payload.ty()))
            .chain(answer)
            .chain(operation.streaming.as_ref().map(|streaming| &streaming.stream.item))
            .chain(operation.failures.iter().map(|failure| &failure.ty))
            .collect();
        let options = operation.options.as_ref().map(|options| options.ty);
        let mut open: Vec<TypeId> = types.into_iter().filter_map(named).chain(options).chain(choice).collect();
        let mut seen = BTreeSet::new();
        while let Some(id) = open.pop() {
            if seen.insert(id)
                && let Some(definition) = self.types.get(id)
            {
                open.extend(parts(&definition.kind).into_iter().filter_map(named));
            }
        }
        seen
    }
}
