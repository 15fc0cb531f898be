//! The messages in `docs/maintaining.md` are the actual messages.

use std::fs;
use std::path::Path;

use frontline_tests::pipeline;
use proc_macro2::TokenStream;

/// The path of the document in the messages of the page.
const DOCUMENT: &str = "spec/frontline.yaml";

#[test]
fn each_mistake_is_reported_as_documented() {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let document = fs::read_to_string(workspace.join(DOCUMENT)).unwrap();
    let page = fs::read_to_string(workspace.join("docs/maintaining.md")).unwrap();
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("maintaining.yaml");
    let mistakes: Vec<&str> = page.split("```diff\n").skip(1).collect();
    assert_eq!(mistakes.len(), 10);
    for mistake in mistakes {
        let (edit, rest) = mistake.split_once("\n```\n").unwrap();
        let said = rest.split("```text\n").nth(1).unwrap();
        fs::write(&path, edited(&document, edit)).unwrap();
        let told = pipeline::tell(&path, &TokenStream::new()).unwrap();
        let errors = told.errors.iter().map(|error| in_rustc("error: ", error));
        let warnings = told.warnings.iter();
        let warnings = warnings.map(|text| in_rustc("warning: use of deprecated constant `_::DOCUMENT`: ", text));
        let told: Vec<String> =
            errors.chain(warnings).map(|told| told.replace(&*path.to_string_lossy(), DOCUMENT)).collect();
        let counted = ["error: ", "warning: "].map(|level| said.matches(&format!("\n{level}")).count());
        // The last line that begins like this is cargo's count of errors.
        assert_eq!(counted.iter().sum::<usize>(), told.len(), "{said}");
        for each in &told {
            assert!(said.contains(each), "the page says\n{said}\nand not\n{each}");
        }
    }
}

/// Returns the document with the `-` lines of the diff replaced by the `+` lines.
fn edited(document: &str, edit: &str) -> String {
    let lines = |sign: char| -> String {
        let lines = edit.lines().filter_map(|line| line.strip_prefix([' ', sign]));
        lines.flat_map(|line| [line, "\n"]).collect()
    };
    assert!(document.contains(&lines('-')), "{edit}");
    document.replacen(&lines('-'), &lines('+'), 1)
}

/// Formats a message as rustc does: the lines after the first one are indented.
fn in_rustc(level: &str, message: &str) -> String {
    let indentation = level.split(' ').next().map_or(0, str::len) + 1;
    let lines: Vec<&str> = message.lines().collect();
    format!("{level}{}\n", lines.join(&format!("\n{}", " ".repeat(indentation))))
}
