//! Twilio's documents, where they are at hand: beside the workspace, never in it.

use std::collections::BTreeSet;
use std::path::Path;

use frontline_tests::corpus::{self, Compiler};

/// Examples that contradict their own schema: `document<TAB>pointer<TAB>the reason, for people`.
const KNOWN: &str = include_str!("corpus_examples.tsv");

#[test]
fn twilios_documents_compile_and_their_examples_pass() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/specs/twilio");
    if !folder.is_dir() {
        println!("skipped: there is no {}", folder.display());
        return;
    }
    let documents = corpus::documents(&folder).expect("the folder is read");
    let compiler = Compiler::new(&Path::new(env!("CARGO_TARGET_TMPDIR")).join("corpus")).expect("frontline is built");
    let outcomes = corpus::run(&compiler, &documents, |outcome| println!("{outcome}"));
    println!("{}", corpus::summary(&outcomes));
    let refused: Vec<String> =
        outcomes.iter().filter(|outcome| outcome.error.is_some()).map(ToString::to_string).collect();
    assert!(refused.is_empty(), "{}", refused.join("\n"));
    let failed: BTreeSet<(String, String)> = outcomes
        .iter()
        .flat_map(|outcome| outcome.failed.iter().map(move |failure| (name(&outcome.document), pointer(failure))))
        .collect();
    let known = KNOWN.lines().map(|line| match line.split('\t').collect::<Vec<_>>()[..] {
        [document, pointer, reason] if !reason.is_empty() => (document.to_owned(), pointer.to_owned()),
        _ => panic!("no document, pointer and reason: {line}"),
    });
    let known: BTreeSet<(String, String)> = known.collect();
    let new: Vec<_> = failed.difference(&known).collect();
    let mended: Vec<_> = known.difference(&failed).collect();
    assert!(
        new.is_empty() && mended.is_empty(),
        "failing and not listed: {new:#?}\nlisted and not failing: {mended:#?}"
    );
}

fn name(document: &Path) -> String {
    document.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// The pointer between the first backticks of a failure.
fn pointer(failure: &str) -> String {
    failure.split('`').nth(1).unwrap_or_default().to_owned()
}
