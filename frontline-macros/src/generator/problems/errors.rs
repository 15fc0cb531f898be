//! The list of errors and warnings that all stages add to.

use super::place::Place;
use super::problem::{At, Problem};

/// The errors and warnings of an expansion.
#[derive(Default)]
pub struct Errors {
    problems: Vec<Problem>,
    warnings: Vec<Problem>,
    shows_all: bool,
    /// What is shown last.
    conclusion: Option<String>,
    tolerance: Tolerance,
}

/// What does not keep a client from being generated: the macro's options `mistakes` and `unsupported`.
#[derive(Clone, Copy, Default)]
pub struct Tolerance {
    pub mistakes: bool,
    pub unsupported: bool,
}

/// A part of the document that a client can do without: the number of errors before it.
#[derive(Clone, Copy)]
#[must_use]
pub struct Part(usize);

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
    pub fn new(tolerance: Tolerance) -> Self {
        Self { tolerance, ..Self::default() }
    }

    pub fn push(&mut self, problem: Problem) {
        self.problems.push(problem);
    }

    pub fn retain(&mut self, is_kept: impl Fn(&Problem) -> bool) {
        self.problems.retain(is_kept);
    }

    /// Begins a part of the document that the client can do without. Parts can contain parts: the innermost one is
    /// left out.
    pub fn part(&self) -> Part {
        Part(self.problems.len())
    }

    /// Ends a part. Errors in it that the options tolerate become warnings: `{consequence}: {error}`. Returns whether
    /// there were any, so that the caller has to leave the part out.
    pub fn end(&mut self, part: Part, consequence: impl FnOnce() -> String) -> bool {
        let Tolerance { mistakes, unsupported } = self.tolerance;
        let is_tolerated = |problem: &Problem| if problem.is_unsupported { unsupported } else { mistakes };
        let (excused, others): (Vec<_>, Vec<_>) = self.take(part).into_iter().partition(is_tolerated);
        self.problems.extend(others.into_iter().map(|problem| Problem { is_dispensable: true, ..problem }));
        if excused.is_empty() {
            return false;
        }
        let consequence = consequence();
        self.warnings.extend(excused.into_iter().map(|problem| problem.because(&consequence)));
        true
    }

    /// Adds an error about something that the client can do without. If the options tolerate it, it becomes a warning,
    /// and `true` is returned.
    pub fn spare(&mut self, problem: Problem, consequence: &str) -> bool {
        let part = self.part();
        self.push(problem);
        self.end(part, || consequence.to_owned())
    }

    /// Removes and returns the errors of a part.
    pub fn take(&mut self, part: Part) -> Vec<Problem> {
        self.problems.split_off(part.0.min(self.problems.len()))
    }

    /// Removes the errors of a part that are about unsupported features.
    pub fn forget_unsupported(&mut self, part: Part) {
        let problems = self.take(part);
        self.problems.extend(problems.into_iter().filter(|problem| !problem.is_unsupported));
    }

    /// Returns the first error of a part.
    pub fn first(&self, part: Part) -> Option<&Problem> {
        self.problems.get(part.0)
    }

    /// Returns whether there is an error or a warning about the value at `place`.
    pub fn has_told(&self, place: &Place) -> bool {
        let is_there = |problem: &Problem| matches!(&problem.at, At::Value(at) if at == place);
        self.problems.iter().chain(&self.warnings).any(is_there)
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

    /// Returns the options with which a client could be generated in spite of some of the errors.
    pub fn remedies(&self) -> Vec<&'static str> {
        let has = |is_unsupported| {
            self.problems.iter().any(|problem| problem.is_dispensable && problem.is_unsupported == is_unsupported)
        };
        let options = [(has(false), "mistakes = warn"), (has(true), "unsupported = skip")];
        options.into_iter().filter(|(helps, _)| *helps).map(|(_, option)| option).collect()
    }

    /// Returns the errors and the warnings.
    pub fn into_parts(self) -> (Vec<Problem>, Vec<Problem>) {
        (self.problems, self.warnings)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mistake(message: &str) -> Problem {
        Problem::value(&Place::root(0), message)
    }

    fn messages(problems: &[Problem]) -> Vec<&str> {
        problems.iter().map(|problem| problem.message.as_str()).collect()
    }

    #[test]
    fn only_the_innermost_part_is_left_out() {
        let mut errors = Errors::new(Tolerance { mistakes: true, unsupported: false });
        let outer = errors.part();
        let inner = errors.part();
        errors.push(mistake("a"));
        assert!(errors.end(inner, || "without the property".into()));
        assert!(!errors.end(outer, || "without the operation".into()));
        let (problems, warnings) = errors.into_parts();
        assert!(problems.is_empty());
        assert_eq!(messages(&warnings), ["without the property: a"]);
    }

    #[test]
    fn each_option_tolerates_its_own_kind() {
        let mut errors = Errors::new(Tolerance { mistakes: false, unsupported: true });
        let part = errors.part();
        errors.push(mistake("a"));
        errors.push(mistake("b").unsupported());
        assert!(errors.end(part, || "left out".into()));
        assert_eq!(errors.remedies(), ["mistakes = warn"]);
        let (problems, warnings) = errors.into_parts();
        assert_eq!((messages(&problems), messages(&warnings)), (vec!["a"], vec!["left out: b"]));
    }

    #[test]
    fn errors_outside_of_parts_are_never_tolerated() {
        let mut errors = Errors::new(Tolerance { mistakes: true, unsupported: true });
        errors.push(mistake("a"));
        let part = errors.part();
        assert!(!errors.end(part, || unreachable!()));
        assert!(errors.has_errors());
        assert!(errors.remedies().is_empty());
    }
}
