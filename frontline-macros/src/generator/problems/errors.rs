//! The list of errors and warnings that all stages add to.

use super::problem::Problem;

/// The errors and warnings of an expansion.
#[derive(Default)]
pub struct Errors {
    problems: Vec<Problem>,
    warnings: Vec<Problem>,
    shows_all: bool,
    /// What is shown last.
    conclusion: Option<String>,
}

/// How warnings are handled.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Warnings {
    /// The first warnings are shown.
    Show,
    All,
    Hide,
    /// Warnings become errors.
    Deny,
}

impl Warnings {
    /// The values of the macro's `warnings` option.
    pub const OPTIONS: [(&str, Self); 4] =
        [("true", Self::Show), ("all", Self::All), ("false", Self::Hide), ("deny", Self::Deny)];
}

impl Errors {
    pub fn push(&mut self, problem: Problem) {
        self.problems.push(problem);
    }

    pub fn retain(&mut self, is_kept: impl Fn(&Problem) -> bool) {
        self.problems.retain(is_kept);
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

    /// Shows all warnings, hides them, or turns them into errors, as the macro's `warnings` option says.
    pub fn judge(&mut self, warnings: Warnings) {
        match warnings {
            Warnings::Show => {}
            Warnings::All => self.shows_all = true,
            Warnings::Hide => self.warnings.clear(),
            Warnings::Deny => self.problems.append(&mut self.warnings),
        }
    }

    /// Adds a line that is shown after all errors or warnings.
    pub fn conclude(&mut self, conclusion: Option<String>) {
        self.conclusion = conclusion;
    }

    pub fn conclusion(&self) -> Option<&str> {
        self.conclusion.as_deref()
    }

    /// Whether to show all errors and warnings, rather than the first ones.
    pub fn shows_all(&self) -> bool {
        self.shows_all
    }

    /// Returns the errors and the warnings.
    pub fn into_parts(self) -> (Vec<Problem>, Vec<Problem>) {
        (self.problems, self.warnings)
    }
}
