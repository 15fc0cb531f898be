//! Many problems of the same kind.

use std::collections::HashMap;

use super::located::{Located, sentence};
use crate::generator::document::Document;

/// The maximum number of problems of the same kind that are shown separately.
const FEW: usize = 3;

/// Keeps only the first of many problems of the same kind, with a note about the others, which are called `what`.
pub fn grouped(
    problems: Vec<Located>,
    document: &Document,
    what: &str,
    key: impl Fn(&Located) -> String,
) -> Vec<Located> {
    let mut kinds: HashMap<String, Vec<(Option<usize>, usize)>> = HashMap::new();
    for problem in &problems {
        let line = problem.range.map_or(1, |range| range.line);
        kinds.entry(key(problem)).or_default().push((problem.file, line));
    }
    let mut kept = Vec::new();
    for mut problem in problems {
        match kinds.get_mut(&key(&problem)) {
            Some(places) if places.len() > FEW => {
                let others: Vec<_> = places.drain(..).skip(1).collect();
                problem.note = Some(also(&others, &problem, document, what));
                kept.push(problem);
            }
            // The first one has told it.
            Some(places) if places.is_empty() => {}
            _ => kept.push(problem),
        }
    }
    kept
}

/// Returns a message without the names in it.
pub fn kind(problem: &Located) -> String {
    problem.message.split('`').step_by(2).collect::<Vec<_>>().join("`")
}

/// Returns the kind of a message together with its place.
pub fn kind_here(problem: &Located) -> String {
    match problem.range {
        Some(range) => format!("{:?} {} {} {}", problem.file, range.line, range.column, kind(problem)),
        None => problem.message.clone(),
    }
}

/// Tells how many problems there are besides `first`, and where the first of them are.
fn also(others: &[(Option<usize>, usize)], first: &Located, document: &Document, what: &str) -> String {
    let place = |(file, line): &(Option<usize>, usize)| {
        let other = file.filter(|_| *file != first.file).and_then(|other| document.files().get(other));
        other.map_or_else(|| line.to_string(), |other| format!("{}:{line}", sentence(&other.shown)))
    };
    let mut places: Vec<String> = others.iter().map(place).collect();
    places.dedup();
    let own = first.range.map(|range| range.line.to_string());
    let more = if places.len() > FEW { ", …" } else { "" };
    let lines = match places.as_slice() {
        // JSON is often a single line.
        [only] if Some(only) == own.as_ref() => "in the same line".to_owned(),
        places => format!("in lines {}{more}", places.iter().take(FEW).cloned().collect::<Vec<_>>().join(", ")),
    };
    format!("{} more {what} like this, {lines}; `warnings = all` shows them", others.len())
}
