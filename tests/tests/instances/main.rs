//! Sends instances of schemas through the generated types. See `tests/src/corpus/instances`.

mod making;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use frontline_tests::corpus::instances::{self, Options};
use frontline_tests::corpus::{self, Compiler};

/// The schemas whose values are lost, changed or refused: `document<TAB>schema<TAB>reason`.
const FAILING: &str = include_str!("../corpus_instances.tsv");

/// The schemas of the small documents that have no instances: `document<TAB>schema<TAB>reason`.
const WITHOUT: &str = include_str!("../corpus_without_instances.tsv");

/// A lock that runs the folders one after the other: each one keeps all processors busy.
static TURN: Mutex<()> = Mutex::new(());

#[test]
fn values_of_the_workspaces_documents_survive() {
    for (name, folder) in [("specs", "specs"), ("spec", "../spec")] {
        assert_all_have_instances(name, run(name, Path::new(folder), 6).as_ref());
    }
}

#[test]
fn values_of_reported_documents_survive() {
    assert_all_have_instances("cases", run("cases", Path::new("../../shared/cases"), 12).as_ref());
}

#[test]
#[ignore = "it takes minutes; .ci/run has it"]
fn values_of_twilios_documents_survive() {
    run("twilio", Path::new("../../shared/specs/twilio"), 12);
}

#[test]
#[ignore = "it takes too long for .ci/run"]
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
    assert_all_have_instances("suites", run("suites", Path::new("../../shared/specs/suites"), 12).as_ref());
}

/// Asserts that the instances of each document in the folder survive, except those of the listed schemas. Returns the
/// documents and schemas without instances, or `None` if there is no such folder.
fn run(name: &str, folder: &Path, count: usize) -> Option<BTreeSet<Vec<String>>> {
    let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    if !folder.is_dir() {
        println!("skipped: there is no {}", folder.display());
        return None;
    }
    let documents: Vec<PathBuf> = corpus::documents(&folder).expect("the folder is read");
    let compiler =
        Compiler::new(&Path::new(env!("CARGO_TARGET_TMPDIR")).join("instances")).expect("frontline is built");
    let compiler = compiler.option("unsupported = skip");
    let outcomes = instances::run(&compiler, &documents, Options { count, seed: 1 });
    println!("{}", instances::summary(&outcomes));
    let (mut failing, mut without) = (BTreeSet::new(), BTreeSet::new());
    for outcome in &outcomes {
        let document =
            format!("{name}/{}", outcome.document.strip_prefix(&folder).unwrap_or(&outcome.document).display());
        // A document that does not compile is the corpus test's.
        let Ok(instances) = &outcome.result else { continue };
        failing.extend(instances.failures.iter().map(|failure| vec![document.clone(), failure.at.clone()]));
        without.extend(instances.without().map(|schema| vec![document.clone(), schema.clone()]));
    }
    corpus::assert_listed(&format!("{name}/"), "failing", &failing, FAILING);
    Some(without)
}

/// Asserts that each schema has instances, except the listed ones.
fn assert_all_have_instances(name: &str, without: Option<&BTreeSet<Vec<String>>>) {
    if let Some(without) = without {
        corpus::assert_listed(&format!("{name}/"), "without instances", without, WITHOUT);
    }
}
