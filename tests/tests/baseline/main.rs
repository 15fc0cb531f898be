//! Changes of a document that break users of its client, and additions that do not.
//!
//! `changes.txt` is a table: each case edits a copy of `released.yaml`, and lists what the macro says about the copy.

mod programs;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use frontline_tests::corpus;
use frontline_tests::pipeline::{self, Told};
use proc_macro2::TokenStream;
use quote::quote;

const RELEASED: &str = include_str!("released.yaml");
const TABLE: &str = include_str!("changes.txt");

/// The version of the crate that invokes the macro. Cargo sets the variable to the version of these tests.
const VERSION: (&str, &str) = ("CARGO_PKG_VERSION", "0.1.0");

/// The test cannot change its own environment, so it runs itself again.
#[test]
fn changes_are_told_at_their_lines_with_the_next_version() {
    if env::var(VERSION.0).is_ok_and(|version| version == VERSION.1) {
        return check();
    }
    let status = Command::new(env::current_exe().expect("a test has a path"))
        .args(["changes_are_told_at_their_lines_with_the_next_version", "--exact", "--nocapture"])
        .env(VERSION.0, VERSION.1)
        .status()
        .expect("the test runs again");
    assert!(status.success());
}

fn check() {
    let (head, cases) = TABLE.split_once("\n# ").expect("there are cases");
    let mut real = format!("{head}\n");
    let mut breaking = 0;
    for (number, case) in cases.split("\n# ").enumerate() {
        let (name, edit) = parts(case);
        let document = edited(&edit);
        let said = said(&tell(&format!("case {number}"), &document, &quote! { warnings = false }), &document);
        breaking += usize::from(said.contains("\n  users "));
        write!(real, "# {name}\n{}\n{said}\n", edit.join("\n")).expect("a string grows");
    }
    if env::var_os("FRONTLINE_OVERWRITE").is_some() {
        return fs::write(folder().join("changes.txt"), real).expect("the table is written");
    }
    let differs = TABLE.lines().zip(real.lines()).find(|(listed, real)| listed != real);
    assert!(
        TABLE == real,
        "the table differs from what the macro says, first in {differs:#?}; to rewrite it, run\n\
         FRONTLINE_OVERWRITE=1 cargo test --workspace --test baseline"
    );
    assert!(breaking >= 30, "{breaking} cases break users");
}

/// Returns the name of a case, and the lines of its edit.
fn parts(case: &str) -> (&str, Vec<&str>) {
    let (name, lines) = case.split_once('\n').expect("a case has lines");
    (name, lines.lines().take_while(|line| line.starts_with([' ', '-', '+', '.'])).collect())
}

/// Returns the released document with the lines that begin with `-` replaced by those that begin with `+`.
fn edited(edit: &[&str]) -> String {
    edit.split(|line| *line == "...").fold(RELEASED.to_owned(), |document, hunk| {
        let lines = |sign: char| -> String {
            let lines = hunk.iter().filter_map(|line| line.strip_prefix([' ', sign]));
            lines.flat_map(|line| [line, "\n"]).collect()
        };
        let (from, to) = (lines('-'), lines('+'));
        assert!(document.contains(&from), "the document has no\n{from}");
        document.replacen(&from, &to, 1)
    })
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/baseline")
}

/// Expands a document, compared with the released one.
fn tell(name: &str, document: &str, options: &TokenStream) -> Told {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("baseline {name}.yaml"));
    fs::write(&path, document).expect("the document is written");
    let released = folder().join("released.yaml");
    let released = released.to_string_lossy();
    let told = pipeline::tell(&path, &quote! { baseline = #released, #options });
    told.unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// Returns all messages, each with the line of the document that it is about.
fn said(told: &Told, document: &str) -> String {
    assert_eq!(told.errors, [""; 0]);
    let mut said = String::new();
    for message in &told.warnings {
        let after = |prefix| message.lines().find_map(|line| line.trim_start().strip_prefix(prefix));
        let first = message.lines().next().unwrap_or_default();
        let Some(place) = after("--> ") else {
            writeln!(said, "= {first}").expect("a string grows");
            continue;
        };
        let number: usize = place.rsplit(':').nth(1).and_then(|line| line.parse().ok()).expect("a line");
        let line = document.lines().nth(number - 1).expect("the line exists").trim();
        let help = after("= help: ").expect("a help");
        writeln!(said, "> {line}\n  {first}\n  {help}").expect("a string grows");
    }
    said
}

#[test]
fn a_document_that_did_not_change_is_not_told() {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    for folder in ["spec", "tests/specs", "tests/tests/baseline"] {
        let documents = corpus::documents(&workspace.join(folder)).expect("the folder is read");
        assert!(!documents.is_empty(), "{folder}");
        for document in documents {
            // The macro refuses the document itself.
            let same = document.parent().unwrap().join(".").join(document.file_name().unwrap());
            let same = same.to_string_lossy();
            let told = pipeline::tell(
                &document,
                &quote! { warnings = false, mistakes = warn, unsupported = skip, baseline = #same },
            );
            let told = told.unwrap_or_else(|error| panic!("{}: {error}", document.display()));
            assert!(told.errors.is_empty() && told.warnings.is_empty(), "{}: {told:#?}", document.display());
        }
    }
}

/// Returns the document of a case in the table.
fn document(name: &str) -> String {
    let mut cases = TABLE.split("\n# ").skip(1).map(parts);
    let (_, edit) = cases.find(|(case, _)| *case == name).unwrap_or_else(|| panic!("there is no case {name:?}"));
    edited(&edit)
}

#[test]
fn options_can_name_what_only_the_new_document_has() {
    let options = quote! { operations = ["fetchStatus", "listItems"], rename = { "Cheque" = Check }, warnings = false };
    let told = tell("options", &document("additions"), &options);
    assert_eq!(told.errors, [""; 0]);
    let [summary] = told.warnings.as_slice() else { panic!("{told:?}") };
    assert!(
        summary.ends_with("there are only additions; added: the method `fetch_status`, `State::Gone`"),
        "{summary}"
    );
}

#[test]
fn only_the_option_breaking_denies_changes() {
    let document = document("another server");
    let told = tell("warnings", &document, &quote! { warnings = deny });
    assert_eq!((told.errors.len(), told.warnings.len()), (0, 2), "{told:?}");
    let told = tell("breaking", &document, &quote! { warnings = false, breaking = deny });
    assert_eq!((told.errors.len(), told.warnings.len()), (2, 0), "{told:?}");
    let told = tell("allowed", &self::document("additions"), &quote! { breaking = deny });
    assert_eq!((told.errors.len(), told.warnings.len()), (0, 1), "{told:?}");
}

#[test]
fn unrelated_documents_can_be_compared() {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let documents = corpus::documents(&workspace.join("tests/specs")).expect("the folder is read");
    for (document, other) in documents.iter().zip(documents.iter().skip(1)) {
        let other = other.to_string_lossy();
        let told = pipeline::tell(
            document,
            &quote! { warnings = false, mistakes = warn, unsupported = skip, baseline = #other },
        );
        let told = told.unwrap_or_else(|error| panic!("{}: {error}", document.display()));
        let last = told.warnings.last().is_some_and(|last| last.starts_with("next version: "));
        assert!(told.errors.is_empty() && last, "{}: {told:#?}", document.display());
    }
}
