//! The errors and warnings of an expansion, collected through all stages.

use super::problem::Problem;

/// The errors and warnings of an expansion.
#[derive(Default)]
pub struct Errors {
    problems: Vec<Problem>,
    warnings: Vec<Problem>,
}

/// What becomes of warnings.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Warnings {
    Show,
    Hide,
    /// They are errors.
    Deny,
}

impl Errors {
    pub fn push(&mut self, problem: Problem) {
        self.problems.push(problem);
    }

    /// How many there are so far.
    pub fn count(&self) -> usize {
        self.problems.len()
    }

    /// Takes those away that were added after the first `count` for want of support.
    pub fn take_unsupported(&mut self, count: usize) -> Vec<Problem> {
        self.problems.extract_if(count.min(self.problems.len()).., |problem| problem.is_unsupported).collect()
    }

    pub fn has_errors(&self) -> bool {
        !self.problems.is_empty()
    }

    pub fn warn(&mut self, problem: Problem) {
        self.warnings.push(problem);
    }

    /// Hides the warnings, or makes them errors.
    pub fn judge(&mut self, warnings: Warnings) {
        match warnings {
            Warnings::Show => {}
            Warnings::Hide => self.warnings.clear(),
            Warnings::Deny => self.problems.append(&mut self.warnings),
        }
    }

    /// The errors and the warnings.
    pub fn into_parts(self) -> (Vec<Problem>, Vec<Problem>) {
        (self.problems, self.warnings)
    }
}
