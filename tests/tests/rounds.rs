//! Round trips: arguments and responses of each operation survive the client, sockets and the test server.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use frontline_tests::corpus::{self, Compiler, rounds};

/// The arguments and responses that do not survive today: `document<TAB>operation<TAB>place<TAB>reason`. A document whose
/// program does not compile has the operation `all`.
const FAILING: &str = include_str!("corpus_rounds.tsv");

/// The sizes from which documents of vendors have tests of their own, in bytes.
const LARGE: u64 = 256 << 10;
const HUGE: u64 = 1 << 20;

/// A lock that runs the folders one after the other: each one keeps all processors busy.
static TURN: Mutex<()> = Mutex::new(());

#[test]
fn calls_of_the_workspaces_documents_survive() {
    run("specs", "specs");
    run("spec", "../spec");
}

#[test]
fn calls_of_reported_documents_survive() {
    run("cases", "../../shared/cases");
}

#[test]
#[ignore = "it takes minutes"]
fn calls_of_twilios_documents_survive() {
    run("twilio", "../../shared/specs/twilio");
}

#[test]
#[ignore = "it takes minutes"]
fn calls_of_vendors_small_documents_survive() {
    run_some("vendor", "../../shared/specs/vendor", |size| size < LARGE);
}

#[test]
#[ignore = "it takes many minutes"]
fn calls_of_vendors_large_documents_survive() {
    run_some("vendor", "../../shared/specs/vendor", |size| (LARGE..HUGE).contains(&size));
}

#[test]
#[ignore = "it takes half an hour"]
fn calls_of_vendors_huge_documents_survive() {
    run_some("vendor", "../../shared/specs/vendor", |size| size >= HUGE);
}

#[test]
#[ignore = "it takes minutes"]
fn calls_of_documents_of_many_files_survive() {
    run("split", "../../shared/specs/split");
}

#[test]
#[ignore = "it takes minutes"]
fn calls_of_other_generators_test_suites_survive() {
    run("suites", "../../shared/specs/suites");
}

/// Asserts that the calls of each document in the folder survive, except the listed ones.
fn run(name: &str, folder: &str) {
    run_some(name, folder, |_| true);
}

/// Does so for the documents that have the right size, in bytes.
fn run_some(name: &str, folder: &str, has_size: fn(u64) -> bool) {
    let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    if !folder.is_dir() {
        println!("skipped: there is no {}", folder.display());
        return;
    }
    let documents = corpus::documents(&folder).expect("the folder is read");
    let has_size = |path: &PathBuf| has_size(path.metadata().expect("the document is there").len());
    let (documents, others): (Vec<PathBuf>, Vec<PathBuf>) = documents.into_iter().partition(has_size);
    let shown = |path: &Path| format!("{name}/{}", path.strip_prefix(&folder).unwrap_or(path).display());
    let scratch = Path::new(env!("CARGO_TARGET_TMPDIR")).join("rounds");
    let compiler =
        Compiler::new(&scratch).expect("frontline is built").option("mistakes = warn").option("unsupported = skip");
    let recordings = Path::new(env!("CARGO_TARGET_TMPDIR")).join("recordings").join(name);
    let outcomes = rounds::run(&compiler, &documents, &recordings);
    println!("{}", rounds::summary(&outcomes));
    let mut failing = BTreeSet::new();
    for outcome in &outcomes {
        let document = shown(&outcome.document);
        let Ok(rounds) = &outcome.result else {
            failing.insert(vec![document, "all".to_owned(), "does not compile".to_owned()]);
            continue;
        };
        let failures = rounds.iter().flat_map(|rounds| &rounds.failures);
        failing
            .extend(failures.map(|failure| vec![document.clone(), failure.operation.clone(), failure.place.clone()]));
    }
    let others: BTreeSet<String> = others.iter().map(|path| shown(path)).collect();
    let listed = FAILING.lines().filter(|line| !line.split('\t').next().is_some_and(|name| others.contains(name)));
    corpus::assert_listed(&format!("{name}/"), "failing", &failing, &listed.collect::<Vec<_>>().join("\n"));
}
