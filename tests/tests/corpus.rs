//! Real documents, where they are at hand: beside the workspace, never in it.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use frontline_tests::corpus::{self, Compiler, Outcome};

/// Examples that contradict their own schema: `document<TAB>pointer<TAB>the reason, for people`.
const EXAMPLES: &str = include_str!("corpus_examples.tsv");
/// Documents that are refused: `document<TAB>why that is right`.
const REFUSED: &str = include_str!("corpus_refused.tsv");

/// The folders one after the other: each keeps all processors busy.
static TURN: Mutex<()> = Mutex::new(());

#[test]
fn twilios_documents() {
    run("twilio", |compiler| compiler);
}

#[test]
#[ignore = "it takes minutes; .ci/run has it"]
fn vendors_documents() {
    run("vendor", |compiler| compiler);
}

#[test]
#[ignore = "it takes minutes; .ci/run has it"]
fn documents_of_many_files() {
    // One of them refers to the network for one of its operations.
    run("split", |compiler| compiler.option("unsupported = skip"));
}

#[test]
#[ignore = "it takes minutes; .ci/run has it"]
fn other_generators_test_suites() {
    run("suites", |compiler| compiler);
}

/// Each document of the folder compiles, and its examples pass, but for those that are listed.
fn run(name: &str, set: fn(Compiler) -> Compiler) {
    let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/specs").join(name);
    if !folder.is_dir() {
        println!("skipped: there is no {}", folder.display());
        return;
    }
    let documents = corpus::documents(&folder).expect("the folder is read");
    let compiler = Compiler::new(&Path::new(env!("CARGO_TARGET_TMPDIR")).join("corpus")).expect("frontline is built");
    let compiler = set(compiler);
    let outcomes = corpus::run(&compiler, &documents, |outcome| println!("{outcome}"));
    println!("{}", corpus::summary(&outcomes));
    let path = |outcome: &Outcome| {
        let below = outcome.document.strip_prefix(&folder).unwrap_or(&outcome.document);
        format!("{name}/{}", below.display())
    };

    let refused = outcomes.iter().filter(|outcome| outcome.error.is_some());
    compare(name, "refused", &refused.map(|outcome| vec![path(outcome)]).collect(), REFUSED);
    for outcome in &outcomes {
        assert!(outcome.error.iter().all(|error| is_placed(error)), "not told as an error of the document: {outcome}");
    }

    let failed =
        outcomes.iter().flat_map(|outcome| outcome.failed.iter().map(|failure| vec![path(outcome), pointer(failure)]));
    compare(name, "failing", &failed.collect(), EXAMPLES);
}

/// Whether an error is about a line of a document, and not of what the macro made of it.
fn is_placed(error: &str) -> bool {
    let mut places = error.lines().filter_map(|line| line.trim().strip_prefix("--> "));
    places.any(|place| !place.contains(".rs:")) && !error.contains("error[")
}

/// Whether what was found is what is listed, each line with a reason behind it.
fn compare(folder: &str, what: &str, found: &BTreeSet<Vec<String>>, list: &str) {
    let listed = list.lines().map(|line| {
        let mut columns: Vec<String> = line.split('\t').map(ToOwned::to_owned).collect();
        let reason = columns.pop().unwrap_or_default();
        assert!(!reason.is_empty() && !columns.is_empty(), "no reason: {line}");
        columns
    });
    let listed: BTreeSet<Vec<String>> = listed.filter(|columns| columns[0].starts_with(folder)).collect();
    let new: Vec<_> = found.difference(&listed).collect();
    let mended: Vec<_> = listed.difference(found).collect();
    assert!(new.is_empty() && mended.is_empty(), "{what} and not listed: {new:#?}\nlisted and not {what}: {mended:#?}");
}

/// The pointer between the first backticks of a failure.
fn pointer(failure: &str) -> String {
    failure.split('`').nth(1).unwrap_or_default().to_owned()
}
