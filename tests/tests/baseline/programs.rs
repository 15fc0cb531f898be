//! Programs of users. What is told as a break of code does not compile with the new document, and additions change nothing.

use std::fs;
use std::path::Path;
use std::process::Command;

use frontline_tests::library::Library;

use super::{RELEASED, document};

/// Names of cases in `changes.txt`, each with code that it breaks, and the code of rustc's error.
const BREAKING: [(&str, &str, &str); 8] = [
    ("an operation has another id", "let _ = client.fetch_version(\"a\", 1);", "E0599"),
    ("a parameter of the path is added", "let _ = client.delete_item(\"a\");", "E0061"),
    ("the first required parameter outside of the path", "let _ = client.read_log();", "E0061"),
    ("a property becomes required in a request", "let _ = types::NewItem::new(\"a\", \"b\").note(\"c\");", "E0061"),
    (
        "a property becomes optional in a response",
        "let _: fn(types::Item) -> types::State = |item| item.state;",
        "E0308",
    ),
    ("a value of an enum is removed", "let _ = types::State::Asleep;", "E0599"),
    ("a struct has no default any more", "let _ = types::Conflict::default();", "E0599"),
    ("a schema is renamed", "let _: Option<types::Conflict> = None;", "E0425"),
];

/// Cases that change nothing for the code above.
const HARMLESS: [&str; 5] = [
    "additions",
    "the first parameter outside of the path",
    "an optional parameter is added",
    "less is required",
    "a parameter of the path has another name",
];

#[test]
fn programs_break_as_told() {
    let library = Library::new().expect("frontline is built");
    let all = BREAKING.map(|(_, code, _)| code).join("\n    ");
    compile(&library, "released", RELEASED, &all).expect("the program compiles with the released document");
    for name in HARMLESS {
        compile(&library, name, &document(name), &all).unwrap_or_else(|error| panic!("{name}: {error}"));
    }
    for (name, code, expected) in BREAKING {
        let error = compile(&library, name, &document(name), code).expect_err(name);
        assert!(error.contains(&format!("error[{expected}]")), "{name}: {error}");
    }
}

/// Compiles a user's function. Returns the output of rustc if it fails.
fn compile(library: &Library, name: &str, document: &str, code: &str) -> Result<(), String> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("baseline");
    fs::create_dir_all(&folder).expect("the folder is made");
    let (source, path) = (folder.join("program.rs"), folder.join(format!("{name}.yaml")));
    fs::write(&path, document).expect("the document is written");
    let path = path.to_string_lossy();
    let program = format!(
        "#![allow(deprecated)]\nfrontline::frontline_api!({path:?}, warnings = false);\n\n\
         pub fn uses(client: &Client) {{\n    {code}\n}}\n"
    );
    fs::write(&source, program).expect("the program is written");
    let output = Command::new("rustc")
        .args(["--edition", "2024", "--crate-type", "lib", "--emit", "metadata", "-o"])
        .args([&folder.join("program.rmeta"), &source])
        .args(library.arguments())
        .env("CARGO_MANIFEST_DIR", &folder)
        .output()
        .expect("rustc runs");
    if output.status.success() { Ok(()) } else { Err(String::from_utf8_lossy(&output.stderr).into_owned()) }
}
