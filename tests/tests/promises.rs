//! Checks that the tests that `docs/promises.md` names exist.

use std::fs;
use std::path::Path;

/// Returns the texts of all Rust files in a folder.
fn sources(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let texts = entries.flat_map(|path| match path.extension().and_then(|extension| extension.to_str()) {
        _ if path.is_dir() => sources(&path),
        Some("rs") => vec![fs::read_to_string(path).unwrap()],
        _ => Vec::new(),
    });
    texts.collect()
}

#[test]
fn the_tests_that_keep_promises_exist() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let folders = ["frontline/src", "frontline-macros/src", "tests/tests"];
    let sources = folders.map(|folder| sources(&root.join(folder)).concat()).concat();
    let page = fs::read_to_string(root.join("docs/promises.md")).unwrap();
    let rows = page.lines().filter(|line| line.starts_with("| ") && !line.starts_with("| promise"));
    let mut names = 0;
    for row in rows {
        let tests = row.trim_end_matches(" |").rsplit(" | ").next().unwrap();
        for name in tests.split('`').skip(1).step_by(2) {
            names += 1;
            assert!(sources.contains(&format!("fn {name}(")), "no test is called `{name}`: {row}");
        }
        assert!(tests.starts_with('`'), "no test keeps this promise: {row}");
    }
    assert!(names > 40, "{names}");
}
