//! Expands the documents of other projects' test suites. They are next to the workspace, not in it.

use std::path::Path;

use frontline_tests::{corpus, pipeline};
use quote::quote;

#[test]
fn documents_of_test_suites_expand_or_their_mistakes_are_located() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/specs/suites");
    if !folder.is_dir() {
        println!("skipped: there is no {}", folder.display());
        return;
    }
    let documents = corpus::documents(&folder).expect("the folder is read");
    let mut failures = Vec::new();
    let mut refused = 0;
    for document in &documents {
        for options in [quote! { test_examples = true }, quote! { unsupported = skip, warnings = deny }] {
            match pipeline::tell(document, &options) {
                Ok(told) => refused += usize::from(!told.errors.is_empty()),
                Err(failure) => failures.push(format!("{}: {failure}", document.display())),
            }
        }
    }
    println!("{} documents, each with two sets of options; {refused} refusals", documents.len());
    assert!(!documents.is_empty() && failures.is_empty(), "{}", failures.join("\n"));
}
