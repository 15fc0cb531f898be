//! `unsupported = skip`: operations that need what is not supported are left out, with a warning for each.

use crate::generator::model::Operation;
use crate::generator::resolve::resolver::Resolver;

impl Resolver<'_> {
    /// The operation, if all that it needs is supported. Since its reading began with `errors` errors, whatever is
    /// unsupported among the new ones is needed by it.
    pub(super) fn unless_skipped(&mut self, operation: Operation, errors: usize) -> Option<Operation> {
        if !self.skips_unsupported {
            return Some(operation);
        }
        let Some(problem) = self.errors.take_unsupported(errors).into_iter().next() else { return Some(operation) };
        self.errors.warn(problem.because(&format!("the operation `{}` is left out", operation.name.wire)));
        None
    }
}
