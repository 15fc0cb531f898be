//! The compiler's output for mistakes in documents and options.

use std::env;
use std::process::Command;

/// The environment variable with the directory in which the macro first looks for documents.
const DIRECTORY: &str = "FRONTLINE_SPEC_DIR";

/// trybuild compiles the cases in a separate directory, so a variable has to tell the macro where the documents are. A
/// process cannot safely change its own environment, so the test sets the variable for a child process, which runs the
/// test again.
#[test]
fn mistakes_in_documents_and_options_are_reported_with_their_place() {
    if env::var_os(DIRECTORY).is_some() {
        trybuild::TestCases::new().compile_fail("errors/*/*.rs");
        return;
    }
    let status = Command::new(env::current_exe().expect("a test has a path"))
        .args(["mistakes_in_documents_and_options_are_reported_with_their_place", "--exact", "--nocapture"])
        .env(DIRECTORY, env!("CARGO_MANIFEST_DIR"))
        .status()
        .expect("the test runs again");
    assert!(status.success());
}
