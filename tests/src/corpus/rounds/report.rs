//! What became of the calls of a document.

use std::fmt;
use std::path::PathBuf;
use std::time::Duration;

/// A call whose arguments or response did not come out equal.
pub struct Failure {
    /// The operation: its method and path.
    pub operation: String,
    /// The argument or the response that differs.
    pub place: String,
    /// The given value, and what came out.
    pub text: String,
    /// The number of calls that fail in this way.
    pub count: usize,
}

/// The result for one document.
pub struct Outcome {
    /// The document.
    pub document: PathBuf,
    /// The time that it took, mostly for its compilation.
    pub time: Duration,
    /// The calls, or nothing if the document is refused, or the reason why its program does not compile.
    pub result: Result<Option<Rounds>, String>,
}

/// The calls of a document.
#[derive(Default)]
pub struct Rounds {
    /// The number of endpoints: methods of the service.
    pub endpoints: usize,
    /// The number of endpoints without calls: no valid instance of an argument was found.
    pub without: usize,
    /// The number of calls.
    pub total: usize,
    /// The number of calls whose arguments and responses came out equal.
    pub passed: usize,
    /// The others, one for each operation and place.
    pub failures: Vec<Failure>,
}

impl Rounds {
    pub(super) fn fail(&mut self, operation: &str, place: String, text: String) {
        let same = |known: &&mut Failure| known.operation == operation && known.place == place;
        match self.failures.iter_mut().find(same) {
            Some(known) => {
                known.count += 1;
                if text.len() < known.text.len() {
                    known.text = text;
                }
            }
            None => self.failures.push(Failure { operation: operation.to_owned(), place, text, count: 1 }),
        }
    }
}

impl Outcome {
    /// Returns whether all calls came out equal.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.result.as_ref().is_ok_and(|rounds| rounds.iter().all(|rounds| rounds.failures.is_empty()))
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (seconds, document) = (self.time.as_secs_f64(), self.document.display());
        match &self.result {
            Ok(None) => write!(f, "refused {seconds:6.1}s {document}"),
            Ok(Some(Rounds { endpoints, total, passed, failures, .. })) => {
                let verdict = if failures.is_empty() { "ok" } else { "FAILED" };
                write!(
                    f,
                    "{verdict:7} {seconds:6.1}s {endpoints:5} methods {passed:6} of {total:6} round trips  {document}"
                )?;
                for Failure { operation, place, text, count } in failures {
                    let text: String = text.chars().take(1_000).collect();
                    write!(f, "\n       {operation}: {place} ({count}): {text}")?;
                }
                Ok(())
            }
            Err(error) => {
                write!(f, "BROKEN  {seconds:6.1}s {document}")?;
                error.lines().try_for_each(|line| write!(f, "\n         {line}"))
            }
        }
    }
}

/// Returns the summary: how many calls came out equal.
#[must_use]
pub fn summary(outcomes: &[Outcome]) -> String {
    let results = || outcomes.iter().filter_map(|outcome| outcome.result.as_ref().ok());
    let all: Vec<&Rounds> = results().flatten().collect();
    let sum = |count: fn(&Rounds) -> usize| all.iter().map(|rounds| count(rounds)).sum::<usize>();
    format!(
        "{} of {} documents compiled, {} are refused; {} methods, {} without calls\nround trips: {} of {}",
        all.len(),
        outcomes.len(),
        results().count() - all.len(),
        sum(|rounds| rounds.endpoints),
        sum(|rounds| rounds.without),
        sum(|rounds| rounds.passed),
        sum(|rounds| rounds.total),
    )
}
