//! `unsupported = skip`: operations that need unsupported features are left out, with a warning for each.

use crate::generator::model::Operation;
use crate::generator::resolve::resolver::Resolver;

impl Resolver<'_> {
    /// Returns the operation, unless it is skipped because it needs an unsupported feature. There were `errors` errors
    /// before it was read, so all later ones belong to it.
    pub(super) fn unless_skipped(&mut self, operation: Operation, errors: usize) -> Option<Operation> {
        if !self.skips_unsupported {
            return Some(operation);
        }
        let Some(problem) = self.errors.take_unsupported(errors).into_iter().next() else { return Some(operation) };
        self.errors.warn(problem.because(&format!("the operation `{}` is left out", operation.name.wire)));
        None
    }
}
