//! Expands, compiles, documents, lints, and tests the clients of whole folders of OpenAPI documents.
//!
//! Each document becomes a crate with a single macro call. rustc compiles it without cargo, whose lock would prevent
//! parallel compilation.

mod compiler;
mod count;
pub mod instances;
mod list;
pub mod rounds;

use std::cmp::Reverse;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::{Duration, Instant};

pub use compiler::{Compiler, Examined};
pub use list::assert_listed;

/// The result for one document.
pub struct Outcome {
    /// The document.
    pub document: PathBuf,
    /// The first error, if it did not compile without a warning.
    pub error: Option<String>,
    /// The time from the start of the first compilation to the end of the last one.
    pub time: Duration,
    /// The number of methods of its client.
    pub operations: usize,
    /// The number of types that it defines.
    pub types: usize,
    /// The number of examples that passed.
    pub passed: usize,
    /// The examples that failed, each with its error.
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

/// Returns the OpenAPI documents in a folder and its subfolders, sorted by name, or `path` itself if it is a file.
///
/// If a document has several files, only its root file counts: the others have no key `openapi`.
///
/// # Errors
///
/// Returns an error if a folder cannot be read.
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

/// Examines all documents, one per processor at a time, and passes each outcome to `report` as soon as it is known.
pub fn run(compiler: &Compiler, documents: &[PathBuf], report: impl Fn(&Outcome) + Sync) -> Vec<Outcome> {
    each(documents, |document| {
        let outcome = examine(compiler, document);
        report(&outcome);
        outcome
    })
}

/// Calls `work` for all documents, one per processor at a time. Returns the results in the order of the documents.
pub fn each<T: Send>(documents: &[PathBuf], work: impl Fn(&Path) -> T + Sync) -> Vec<T> {
    let mut queue: Vec<(usize, &PathBuf)> = documents.iter().enumerate().collect();
    // If a large document came last, the other processors would have nothing left to do.
    queue.sort_by_key(|(_, document)| Reverse(std::fs::metadata(document).map_or(0, |metadata| metadata.len())));
    let next = Mutex::new(queue.into_iter());
    let results = Mutex::new(Vec::new());
    let workers = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| {
                loop {
                    let document = next.lock().ok().and_then(|mut documents| documents.next());
                    let Some((index, document)) = document else { break };
                    let result = work(document);
                    if let Ok(mut results) = results.lock() {
                        results.push((index, result));
                    }
                }
            });
        }
    });
    let mut results = results.into_inner().unwrap_or_default();
    results.sort_by_key(|(index, _)| *index);
    results.into_iter().map(|(_, result)| result).collect()
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

/// Returns the summary line: how many documents compiled, and how many examples passed and failed.
#[must_use]
pub fn summary(outcomes: &[Outcome]) -> String {
    let compiled = outcomes.iter().filter(|outcome| outcome.error.is_none()).count();
    let passed: usize = outcomes.iter().map(|outcome| outcome.passed).sum();
    let failed: usize = outcomes.iter().map(|outcome| outcome.failed.len()).sum();
    format!("{compiled} of {} documents compiled; {passed} examples passed, {failed} failed", outcomes.len())
}
