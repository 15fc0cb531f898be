//! `docs/maintaining.md` shows mistakes in the document with the output of `cargo build`, and README shows the first of
//! them. This test compares both with the real messages.
//!
//! To rewrite the pages: `FRONTLINE_OVERWRITE=1 cargo test --workspace --test maintaining`.

use std::path::Path;
use std::{env, fs};

use frontline_tests::pipeline::{self, Told};
use proc_macro2::TokenStream;

/// The name of the document on the page.
const DOCUMENT: &str = "spec/frontline.yaml";

/// The file that invokes the macro, and its line.
const CALLER: &str = "frontline/src/lib.rs";
const CALL: &str = "frontline_macros::frontline_api!(\"spec/frontline.yaml\");";

#[test]
fn the_pages_show_the_real_messages() {
    let document = read(DOCUMENT);
    let line = read(CALLER).lines().position(|line| line == CALL).unwrap() + 1;
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("maintaining.yaml");
    let outputs = |page: &str| -> Vec<String> {
        let edits = page.split("```diff\n").skip(1).map(|mistake| mistake.split_once("\n```\n").unwrap().0);
        let output = |edit| {
            fs::write(&path, edited(&document, edit)).unwrap();
            let told = pipeline::tell(&path, &TokenStream::new()).unwrap();
            output_of_cargo(&told, line).replace(&*path.to_string_lossy(), DOCUMENT)
        };
        edits.map(output).collect()
    };
    let outputs = outputs(&read("docs/maintaining.md"));
    assert_eq!(outputs.len(), 10);
    check("docs/maintaining.md", &outputs);
    // README leaves out the last line.
    let (first, _) = outputs[0].split_once("\nerror: could not compile").unwrap();
    check("README.md", &[first.to_owned()]);
}

fn read(file: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(file)).unwrap()
}

/// Compares the text blocks of a page with the real outputs, or replaces them.
fn check(page: &str, outputs: &[String]) {
    let text = read(page);
    let (start, blocks) = text.split_once("```text\n").unwrap();
    let mut expected = start.to_owned();
    for (block, output) in blocks.split("```text\n").zip(outputs) {
        let (_, after) = block.split_once("```\n").unwrap();
        expected.extend(["```text\n", output, "```\n", after]);
    }
    if env::var_os("FRONTLINE_OVERWRITE").is_some() {
        return fs::write(Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(page), &expected).unwrap();
    }
    let differs = text.lines().zip(expected.lines()).find(|(shown, real)| shown != real);
    assert!(
        text == expected,
        "{page} differs from the real messages, first in {differs:?}; to rewrite it, run\n\
         FRONTLINE_OVERWRITE=1 cargo test --workspace --test maintaining"
    );
}

/// The document with the lines that begin with `-` replaced by those that begin with `+`.
fn edited(document: &str, edit: &str) -> String {
    let lines = |sign: char| -> String {
        let lines = edit.lines().filter_map(|line| line.strip_prefix([' ', sign]));
        lines.flat_map(|line| [line, "\n"]).collect()
    };
    assert!(document.contains(&lines('-')), "{edit}");
    document.replacen(&lines('-'), &lines('+'), 1)
}

/// What cargo prints if the macro, invoked in `line`, reports these messages.
fn output_of_cargo(told: &Told, line: usize) -> String {
    let (level, messages, prefix) = if told.errors.is_empty() {
        ("warning", &told.warnings, "use of deprecated constant `_::DOCUMENT`: ")
    } else {
        ("error", &told.errors, "")
    };
    let margin = " ".repeat(line.to_string().len());
    let column = CALL.find('"').unwrap() + 1;
    let underline = " ".repeat(column - 1) + &"^".repeat(CALL.len() - column - 1);
    let place = format!("{margin}--> {CALLER}:{line}:{column}\n{margin} |\n{line} | {CALL}\n{margin} | {underline}\n");
    let mut output = String::new();
    for (index, message) in messages.iter().enumerate() {
        // rustc indents all but the first line of a message by the width of its level.
        let indentation = format!("\n{}", " ".repeat(level.len() + 2));
        output.extend([level, ": ", prefix, &message.replace('\n', &indentation), "\n", &place]);
        if level == "warning" && index == 0 {
            output.extend([&margin, " |\n", &margin, " = note: `#[warn(deprecated)]` on by default\n"]);
        }
        output.push('\n');
    }
    output + &summary(level, messages.len())
}

/// The last line of cargo's output.
fn summary(level: &str, count: usize) -> String {
    match (level, count) {
        ("warning", 1) => "warning: `frontline` (lib) generated 1 warning\n".to_owned(),
        ("warning", _) => format!("warning: `frontline` (lib) generated {count} warnings\n"),
        (_, 1) => "error: could not compile `frontline` (lib) due to 1 previous error\n".to_owned(),
        (_, _) => format!("error: could not compile `frontline` (lib) due to {count} previous errors\n"),
    }
}
