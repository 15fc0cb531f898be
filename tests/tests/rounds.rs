//! Round trips: arguments and responses of each operation survive the client, sockets and the test server.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use frontline_tests::corpus::{self, Compiler, rounds};

/// The arguments and responses that do not survive today: `document<TAB>operation<TAB>place<TAB>reason`. A document whose
/// program does not compile has the operation `all`.
const FAILING: &str = include_str!("corpus_rounds.tsv");

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
fn calls_of_vendors_documents_survive() {
    run("vendor", "../../shared/specs/vendor");
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
    let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    if !folder.is_dir() {
        println!("skipped: there is no {}", folder.display());
        return;
    }
    let documents: Vec<PathBuf> = corpus::documents(&folder).expect("the folder is read");
    let scratch = Path::new(env!("CARGO_TARGET_TMPDIR")).join("rounds");
    let compiler = Compiler::new(&scratch).expect("frontline is built").option("unsupported = skip");
    let recordings = Path::new(env!("CARGO_TARGET_TMPDIR")).join("recordings").join(name);
    let outcomes = rounds::run(&compiler, &documents, &recordings);
    println!("{}", rounds::summary(&outcomes));
    let mut failing = BTreeSet::new();
    for outcome in &outcomes {
        let document = outcome.document.strip_prefix(&folder).unwrap_or(&outcome.document).display();
        let Ok(rounds) = &outcome.result else {
            failing.insert(vec![format!("{name}/{document}"), "all".to_owned(), "does not compile".to_owned()]);
            continue;
        };
        let failures = rounds.failures.iter();
        failing.extend(
            failures
                .map(|failure| vec![format!("{name}/{document}"), failure.operation.clone(), failure.place.clone()]),
        );
    }
    corpus::assert_listed(&format!("{name}/"), "failing", &failing, FAILING);
}
