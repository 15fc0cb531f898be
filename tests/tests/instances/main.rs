//! Sends instances of schemas through the generated types. See `tests/src/corpus/instances`.

mod making;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use frontline_tests::corpus::instances::{self, Options};
use frontline_tests::corpus::{self, Compiler};

/// The schemas whose values are lost, changed or refused: `document<TAB>schema<TAB>reason`.
const FAILING: &str = include_str!("../corpus_instances.tsv");

/// A lock that runs the folders one after the other: each one keeps all processors busy.
static TURN: Mutex<()> = Mutex::new(());

#[test]
fn values_of_the_workspaces_documents_survive() {
    run("specs", Path::new("specs"), 6);
    run("spec", Path::new("../spec"), 6);
}

#[test]
#[ignore = "it takes minutes; .ci/run has it"]
fn values_of_twilios_documents_survive() {
    run("twilio", Path::new("../../shared/specs/twilio"), 12);
}

#[test]
#[ignore = "it takes minutes; .ci/run has it"]
fn values_of_vendors_documents_survive() {
    run("vendor", Path::new("../../shared/specs/vendor"), 12);
}

#[test]
#[ignore = "it takes minutes; .ci/run has it"]
fn values_of_documents_of_many_files_survive() {
    run("split", Path::new("../../shared/specs/split"), 12);
}

#[test]
#[ignore = "it takes minutes; .ci/run has it"]
fn values_of_other_generators_test_suites_survive() {
    run("suites", Path::new("../../shared/specs/suites"), 12);
}

/// Asserts that the instances of each document in the folder survive, except those of the listed schemas.
fn run(name: &str, folder: &Path, count: usize) {
    let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    if !folder.is_dir() {
        println!("skipped: there is no {}", folder.display());
        return;
    }
    let documents: Vec<PathBuf> = corpus::documents(&folder).expect("the folder is read");
    let compiler =
        Compiler::new(&Path::new(env!("CARGO_TARGET_TMPDIR")).join("instances")).expect("frontline is built");
    let compiler = compiler.option("unsupported = skip");
    let outcomes = instances::run(&compiler, &documents, Options { count, seed: 1 });
    println!("{}", instances::summary(&outcomes));
    let mut failing = BTreeSet::new();
    for outcome in &outcomes {
        let below = outcome.document.strip_prefix(&folder).unwrap_or(&outcome.document).display();
        // A document that does not compile is the corpus test's.
        for failure in outcome.result.iter().flat_map(|result| &result.failures) {
            failing.insert(vec![format!("{name}/{below}"), failure.at.clone()]);
        }
    }
    corpus::assert_listed(&format!("{name}/"), "failing", &failing, FAILING);
}
