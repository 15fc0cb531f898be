//! Broken documents: the macro reports each mistake with its place, within limits of time and memory.

mod edits;

use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::{env, fs, thread};

use frontline_tests::pipeline;
use proc_macro2::TokenStream;
use quote::quote;

/// A document with one mistake.
struct Case {
    /// The name of the fixture and the edit.
    name: String,
    extension: &'static str,
    /// Makes the text of the document. Most cases are never tried, so their texts are never made.
    text: Box<dyn FnOnce() -> Vec<u8> + Send>,
}

/// The number of errors that the macro shows.
const SHOWN: usize = 20;

/// The number of cases per fixture, spread over the document. `FRONTLINE_MUTATIONS=all` runs all of them.
const TRIED: usize = 32;

#[test]
fn mistakes_in_broken_documents_are_reported_with_their_place() {
    let tries_all = env::var("FRONTLINE_MUTATIONS").is_ok_and(|which| which == "all");
    let edits = fixtures().into_iter().flat_map(|fixture| {
        let edits = edits::of(&fixture);
        // The step has no common divisor with the numbers of edits, so each kind of edit is selected.
        let least = edits.len().div_ceil(TRIED);
        let step = (least..least + 21).find(|step| step % 3 != 0 && step % 7 != 0).unwrap_or(1);
        edits.into_iter().step_by(if tries_all { 1 } else { step })
    });
    let cases = Mutex::new(edits.chain(edits::bombs()));
    let count = AtomicUsize::new(0);
    let failures = Mutex::new(Vec::new());
    thread::scope(|scope| {
        for worker in 0..thread::available_parallelism().map_or(1, usize::from) {
            let (cases, count, failures) = (&cases, &count, &failures);
            scope.spawn(move || {
                loop {
                    let case = cases.lock().unwrap().next();
                    let Some(case) = case else { break };
                    count.fetch_add(1, Ordering::Relaxed);
                    if let Err(failure) = examine(case, worker) {
                        failures.lock().unwrap().push(failure);
                    }
                }
            });
        }
    });
    let failures = failures.into_inner().unwrap();
    println!("{} documents", count.into_inner());
    assert!(failures.is_empty(), "{} failures\n{}", failures.len(), failures.join("\n\n"));
    #[cfg(target_os = "linux")]
    assert!(high_water() < 1 << 20, "{} KiB of memory", high_water());
}

/// Returns the peak memory use of the process in KiB.
#[cfg(target_os = "linux")]
fn high_water() -> usize {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with("VmHWM:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}

fn examine(case: Case, worker: usize) -> Result<(), String> {
    let directory = Path::new(env!("CARGO_TARGET_TMPDIR")).join("mutations");
    fs::create_dir_all(&directory).unwrap();
    let path = directory.join(format!("{worker}.{}", case.extension));
    let text = (case.text)();
    fs::write(&path, &text).unwrap();
    let told = pipeline::tell(&path, &TokenStream::new()).and_then(|told| tolerate(&path, &told.errors));
    told.map_err(|failure| {
        let text = String::from_utf8_lossy(&text);
        let text: String = text.chars().take(1500).collect();
        format!("{}: {failure}\n{text}", case.name)
    })
}

/// Checks that options that tolerate mistakes bring no further errors.
fn tolerate(path: &Path, errors: &[String]) -> Result<(), String> {
    let tolerated = pipeline::tell(path, &quote! { mistakes = warn, unsupported = skip, warnings = all })?;
    let first_line = |error: &String| error.lines().next().unwrap_or_default().to_owned();
    let known: Vec<String> = errors.iter().map(first_line).collect();
    match tolerated.errors.iter().find(|error| !known.contains(&first_line(error))) {
        Some(_) if known.len() > SHOWN => Ok(()),
        Some(new) => Err(format!("an error only if mistakes are tolerated: {new}")),
        None => Ok(()),
    }
}

/// Returns the paths of all documents in this workspace.
fn fixtures() -> Vec<PathBuf> {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut fixtures = vec![tests.join("../spec/frontline.yaml")];
    let mut folders = vec![tests.join("specs"), tests.join("errors")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "yaml" || extension == "json") {
                fixtures.push(path);
            }
        }
    }
    fixtures.sort();
    fixtures
}
