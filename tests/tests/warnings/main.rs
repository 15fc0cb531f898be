//! Lists the warnings about all documents that the tests use, so that a change in them shows.
//!
//! To rewrite the lists: `FRONTLINE_OVERWRITE=1 cargo test --workspace --test warnings -- --include-ignored`.

use std::collections::BTreeMap;
use std::path::Path;
use std::{env, fs};

use frontline_tests::{corpus, pipeline};

#[test]
fn warnings_about_the_workspaces_documents_are_listed() {
    check("workspace.tsv", &["spec", "tests/specs", "tests/errors"]);
}

#[test]
#[ignore = "it takes a minute; .ci/run has it"]
fn warnings_about_other_documents_are_listed() {
    check("shared.tsv", &["../shared/cases", "../shared/specs"]);
}

/// Compares a list with the warnings about the documents in some folders of the workspace.
fn check(list: &str, folders: &[&str]) {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = String::from("document\tcount\twarning\n");
    for folder in folders {
        let path = tests.join("..").join(folder);
        if !path.is_dir() {
            println!("skipped: there is no {}", path.display());
            return;
        }
        let documents = corpus::documents(&path).expect("the folder is read");
        found.extend(corpus::each(&documents, |document| {
            let below = document.strip_prefix(&path).unwrap_or(document).display();
            lines(&format!("{folder}/{below}"), document)
        }));
    }
    let list = tests.join("tests/warnings").join(list);
    if env::var_os("FRONTLINE_OVERWRITE").is_some() {
        return fs::write(list, found).expect("the list is written");
    }
    let listed = fs::read_to_string(list).expect("the list is read");
    let new: Vec<_> = found.lines().filter(|line| !listed.lines().any(|other| other == *line)).collect();
    let gone: Vec<_> = listed.lines().filter(|line| !found.lines().any(|other| other == *line)).collect();
    assert!(found == listed, "warnings that are not listed: {new:#?}\nlisted, but not found: {gone:#?}");
}

/// Returns a line for each kind of warning about a document.
fn lines(name: &str, document: &Path) -> String {
    let mut counts = BTreeMap::<String, usize>::new();
    for warning in pipeline::warnings(document).expect("the expansion is Rust") {
        *counts.entry(kind(&warning)).or_default() += 1;
    }
    let lines: Vec<String> =
        counts.into_iter().map(|(warning, count)| format!("{name}\t{count}\t{warning}\n")).collect();
    lines.concat()
}

/// Replaces the names in backticks.
fn kind(warning: &str) -> String {
    let parts = warning.split('`').enumerate();
    parts.map(|(index, part)| if index % 2 == 0 { part } else { "`…`" }).collect()
}
