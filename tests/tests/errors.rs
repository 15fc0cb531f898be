//! What a wrong document or a wrong option looks like to the one who wrote it.

use std::env;
use std::process::Command;

/// Where the macro looks for documents first.
const DIRECTORY: &str = "FRONTLINE_SPEC_DIR";

/// trybuild compiles the cases in a directory of its own, so that the macro has to be told where the documents are. The
/// variable is set for a child, which is this test again: a process cannot safely change its own environment.
#[test]
fn wrong_documents_are_told_where_they_are_wrong() {
    if env::var_os(DIRECTORY).is_some() {
        trybuild::TestCases::new().compile_fail("errors/*/*.rs");
        return;
    }
    let status = Command::new(env::current_exe().expect("a test has a path"))
        .args(["wrong_documents_are_told_where_they_are_wrong", "--exact", "--nocapture"])
        .env(DIRECTORY, env!("CARGO_MANIFEST_DIR"))
        .status()
        .expect("the test runs again");
    assert!(status.success());
}
