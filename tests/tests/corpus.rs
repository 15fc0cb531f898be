//! Compiles real documents. They are next to the workspace, not in it; without them the tests do nothing.

use std::path::Path;
use std::sync::{Mutex, PoisonError};

use frontline_tests::corpus::{self, Compiler, Outcome};

/// The examples that contradict their own schema: `document<TAB>pointer<TAB>reason`.
const EXAMPLES: &str = include_str!("corpus_examples.tsv");
/// The documents that are refused: `document<TAB>reason`.
const REFUSED: &str = include_str!("corpus_refused.tsv");
/// Those of them that are refused even if mistakes are tolerated: `document<TAB>reason`.
const UNREADABLE: &str = include_str!("corpus_unreadable.tsv");

/// A lock that runs the folders one after the other: each one keeps all processors busy.
static TURN: Mutex<()> = Mutex::new(());

/// Servers for tests make a check of large documents longer. The other folders have them.
fn without_servers(compiler: Compiler) -> Compiler {
    compiler.option("testing = false")
}

#[test]
fn twilios_documents_compile() {
    run("twilio", without_servers);
}

#[test]
#[ignore = "it takes minutes; .ci/run has it"]
fn vendors_documents_compile() {
    run("vendor", without_servers);
}

#[test]
#[ignore = "it takes minutes; .ci/run has it"]
fn documents_of_many_files_compile() {
    // One operation of one document refers to the network.
    run("split", |compiler| compiler.option("unsupported = skip"));
}

#[test]
#[ignore = "it takes minutes; .ci/run has it"]
fn test_suites_of_other_generators_compile() {
    run("suites", |compiler| compiler);
}

/// Asserts that each document of the folder compiles and its examples pass, except the listed ones. The refused ones
/// have to compile if mistakes are tolerated.
fn run(name: &str, set: fn(Compiler) -> Compiler) {
    let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/specs").join(name);
    if !folder.is_dir() {
        println!("skipped: there is no {}", folder.display());
        return;
    }
    let documents = corpus::documents(&folder).expect("the folder is read");
    let new = || Compiler::new(&Path::new(env!("CARGO_TARGET_TMPDIR")).join("corpus")).expect("frontline is built");
    let compiler = set(new());
    let outcomes = corpus::run(&compiler, &documents, |outcome| println!("{outcome}"));
    println!("{}", corpus::summary(&outcomes));
    let path = |outcome: &Outcome| {
        let below = outcome.document.strip_prefix(&folder).unwrap_or(&outcome.document);
        format!("{name}/{}", below.display())
    };

    let refused = outcomes.iter().filter(|outcome| outcome.error.is_some());
    corpus::assert_listed(name, "refused", &refused.map(|outcome| vec![path(outcome)]).collect(), REFUSED);
    for outcome in &outcomes {
        assert!(outcome.error.iter().all(|error| is_placed(error)), "not told as an error of the document: {outcome}");
    }

    let refused = outcomes.iter().filter(|outcome| outcome.error.is_some());
    let refused: Vec<_> = refused.map(|outcome| outcome.document.clone()).collect();
    let tolerant = new().option("mistakes = warn").option("unsupported = skip").option("testing = false");
    let tolerated = corpus::run(&tolerant, &refused, |outcome| println!("{outcome}"));
    let unreadable = tolerated.iter().filter(|outcome| outcome.error.is_some());
    corpus::assert_listed(name, "unreadable", &unreadable.map(|outcome| vec![path(outcome)]).collect(), UNREADABLE);

    let failed =
        outcomes.iter().flat_map(|outcome| outcome.failed.iter().map(|failure| vec![path(outcome), pointer(failure)]));
    corpus::assert_listed(name, "failing", &failed.collect(), EXAMPLES);
}

/// Returns whether an error is about a line of the document, and not about the expansion.
fn is_placed(error: &str) -> bool {
    let mut places = error.lines().filter_map(|line| line.trim().strip_prefix("--> "));
    places.any(|place| !place.contains(".rs:")) && !error.contains("error[")
}

/// Returns the pointer between the first backticks of a failure.
fn pointer(failure: &str) -> String {
    failure.split('`').nth(1).unwrap_or_default().to_owned()
}
