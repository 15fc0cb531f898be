//! The list of errors and warnings that all stages add to.

use super::problem::Problem;

/// The errors and warnings of an expansion.
#[derive(Default)]
pub struct Errors {
    problems: Vec<Problem>,
    warnings: Vec<Problem>,
}

/// How warnings are handled.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Warnings {
    Show,
    Hide,
    /// Warnings become errors.
    Deny,
}

impl Errors {
    pub fn push(&mut self, problem: Problem) {
        self.problems.push(problem);
    }

    /// Returns the number of errors so far.
    pub fn count(&self) -> usize {
        self.problems.len()
    }

    /// Removes and returns the errors about unsupported features that were added after the first `count` errors.
    pub fn take_unsupported(&mut self, count: usize) -> Vec<Problem> {
        self.problems.extract_if(count.min(self.problems.len()).., |problem| problem.is_unsupported).collect()
    }

    pub fn has_errors(&self) -> bool {
        !self.problems.is_empty()
    }

    pub fn warn(&mut self, problem: Problem) {
        self.warnings.push(problem);
    }

    /// Hides the warnings or turns them into errors, as the macro's `warnings` option says.
    pub fn judge(&mut self, warnings: Warnings) {
        match warnings {
            Warnings::Show => {}
            Warnings::Hide => self.warnings.clear(),
            Warnings::Deny => self.problems.append(&mut self.warnings),
        }
    }

    /// Returns the errors and the warnings.
    pub fn into_parts(self) -> (Vec<Problem>, Vec<Problem>) {
        (self.problems, self.warnings)
    }
}
