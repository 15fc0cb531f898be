//! Expands, compiles, documents, lints and tests whole folders of OpenAPI documents.
//!
//! Each document becomes a crate of one macro call, compiled by rustc itself: cargo would take its lock for each of
//! them, and two can be compiled at once.

mod compiler;
mod count;

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::{Duration, Instant};

pub use compiler::{Compiler, Examined};

/// What became of a document.
pub struct Outcome {
    /// The document.
    pub document: PathBuf,
    /// The first error, if it did not compile without a warning.
    pub error: Option<String>,
    /// From the start of its first compilation to the end of its last.
    pub time: Duration,
    /// Methods of its client.
    pub operations: usize,
    /// Types that it defines.
    pub types: usize,
    /// Examples that passed.
    pub passed: usize,
    /// Examples that failed, each with what was wrong.
    pub failed: Vec<String>,
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let verdict = if self.error.is_some() { "FAILED" } else { "ok" };
        write!(
            f,
            "{verdict:6} {:6.1}s {:5} operations {:5} types {:5} examples passed {:4} failed  {}",
            self.time.as_secs_f64(),
            self.operations,
            self.types,
            self.passed,
            self.failed.len(),
            self.document.display()
        )?;
        for line in self.error.iter().flat_map(|error| error.lines()) {
            write!(f, "\n         {line}")?;
        }
        for failure in &self.failed {
            write!(f, "\n       example {failure}")?;
        }
        Ok(())
    }
}

/// The OpenAPI documents at `path`, or the one that it is, in order of their names. Files in a folder that holds a
/// document spread over several are found by their root: they alone say `openapi:`.
///
/// # Errors
///
/// If the folder cannot be read.
pub fn documents(path: &Path) -> std::io::Result<Vec<PathBuf>> {
    if path.is_file() {
        return Ok(vec![path.to_owned()]);
    }
    let mut found = Vec::new();
    for entry in std::fs::read_dir(path)? {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(documents(&path)?);
        } else if is_document(&path) {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

fn is_document(path: &Path) -> bool {
    let is_text =
        path.extension().is_some_and(|extension| extension == "yaml" || extension == "yml" || extension == "json");
    let begins = |line: &str| line.trim_start_matches('"').starts_with("openapi") || line.contains("\"openapi\"");
    is_text && std::fs::read_to_string(path).is_ok_and(|text| text.lines().any(|line| begins(line.trim_start())))
}

/// Runs all documents, as many at once as there are processors, and hands each outcome to `report` as it comes.
pub fn run(compiler: &Compiler, documents: &[PathBuf], report: impl Fn(&Outcome) + Sync) -> Vec<Outcome> {
    let next = Mutex::new(documents.iter());
    let outcomes = Mutex::new(Vec::new());
    let workers = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| {
                loop {
                    let document = next.lock().ok().and_then(|mut documents| documents.next());
                    let Some(document) = document else { break };
                    let outcome = examine(compiler, document);
                    report(&outcome);
                    if let Ok(mut outcomes) = outcomes.lock() {
                        outcomes.push(outcome);
                    }
                }
            });
        }
    });
    let mut outcomes = outcomes.into_inner().unwrap_or_default();
    outcomes.sort_by(|a, b| a.document.cmp(&b.document));
    outcomes
}

fn examine(compiler: &Compiler, document: &Path) -> Outcome {
    let start = Instant::now();
    let (examined, error) = match compiler.examine(document) {
        Ok(examined) => (examined, None),
        Err(error) => (Examined::default(), Some(error)),
    };
    let Examined { operations, types, passed, failed } = examined;
    Outcome { document: document.to_owned(), error, time: start.elapsed(), operations, types, passed, failed }
}

/// The closing line: how many documents compiled, and how their examples fared.
#[must_use]
pub fn summary(outcomes: &[Outcome]) -> String {
    let compiled = outcomes.iter().filter(|outcome| outcome.error.is_none()).count();
    let passed: usize = outcomes.iter().map(|outcome| outcome.passed).sum();
    let failed: usize = outcomes.iter().map(|outcome| outcome.failed.len()).sum();
    format!("{compiled} of {} documents compiled; {passed} examples passed, {failed} failed", outcomes.len())
}
