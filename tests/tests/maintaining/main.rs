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

/// The page with the mistakes.
const PAGE: &str = "docs/maintaining.md";

/// The file that invokes the macro, and its line.
const CALLER: &str = "frontline/src/lib.rs";
const CALL: &str = "frontline_macros::frontline_api!(\"spec/frontline.yaml\");";

#[test]
fn the_pages_show_the_real_messages() {
    let outputs = outputs("maintaining", &read(DOCUMENT), &read(PAGE)).unwrap_or_else(|message| panic!("{message}"));
    assert_eq!(outputs.len(), 10);
    for (page, outputs) in [(PAGE, outputs.as_slice()), ("README.md", &[without_summary(&outputs[0])])] {
        let text = read(page);
        let expected = shown(&text, outputs);
        if env::var_os("FRONTLINE_OVERWRITE").is_some() {
            fs::write(Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(page), &expected).unwrap();
        } else if let Err(message) = compare(page, &text, &expected) {
            panic!("{message}");
        }
    }
}

/// What a test of this file says after an edit of the document.
#[derive(Debug, PartialEq, Eq)]
enum Outcome {
    Nothing,
    /// The page can be written again.
    Overwrite,
    /// The edit removes lines that the page changes.
    NewDiff,
}

/// A maintainer who edits the document gets pages that still fit, or learns what to do.
///
/// The document and the page are those of this folder. With the real ones, the edits would not fit any more after one
/// of them is really made.
#[test]
fn edits_of_the_document_say_what_to_do() {
    use Outcome::{NewDiff, Nothing, Overwrite};
    let property = "        sid:\n";
    let nickname = format!("        nickname: {{type: string}}\n{property}");
    let schema = "  securitySchemes:\n";
    let office = format!("    office: {{type: object, properties: {{city: {{type: string}}}}}}\n{schema}");
    let path = "paths:\n";
    let offices = format!(
        "{path}  /v1/Offices:\n    get: {{operationId: ListOffices, responses: {{'204': {{description: None}}}}}}\n"
    );
    let last = "      with caution.\n";
    let extension = format!("{last}x-owner: maintainers\n");
    for (from, to, outcome) in [
        // Added
        (property, nickname.as_str(), Overwrite),
        (schema, &office, Overwrite),
        (path, &offices, Overwrite),
        // What comes after all mistakes of the page changes nothing in it.
        (last, &extension, Nothing),
        // Renamed
        ("user_enum_state_type", "user_state", NewDiff),
        ("frontline.v1.user", "person", NewDiff),
        ("operationId: UpdateUser", "operationId: ChangeUser", Nothing),
        ("version: 1.52.0", "version: 1.53.0", Nothing),
        // Removed
        ("          minLength: 34\n", "", Overwrite),
        (
            "          nullable: true\n          description: The avatar URL",
            "          description: The avatar URL",
            NewDiff,
        ),
        ("      summary: Update User\n", "", Nothing),
    ] {
        assert_eq!(outcome_of(from, to), outcome, "{from:?} becomes {to:?}");
    }
}

/// Returns what the test of the page says after an edit, and checks that following it mends the page.
fn outcome_of(from: &str, to: &str) -> Outcome {
    let document = include_str!("document.yaml");
    let edited = document.replace(from, to);
    assert_ne!(edited, document, "{from}");
    let page = include_str!("page.md");
    let page = shown(page, &outputs("unedited", document, page).unwrap());
    let message = match outputs("edited", &edited, &page) {
        Ok(outputs) => {
            let expected = shown(&page, &outputs);
            let Err(message) = compare(PAGE, &page, &expected) else { return Outcome::Nothing };
            // This is what `FRONTLINE_OVERWRITE=1` writes.
            assert_eq!(compare(PAGE, &expected, &shown(&expected, &outputs)), Ok(()));
            message
        }
        Err(message) => {
            assert!(message.contains("change the lines of the diff in docs/maintaining.md"), "{message}");
            return Outcome::NewDiff;
        }
    };
    assert!(message.contains("FRONTLINE_OVERWRITE=1 cargo test --workspace --test maintaining"), "{message}");
    Outcome::Overwrite
}

/// Returns what cargo prints for each mistake of a page, if it is made in `document`. `name` is that of a copy.
fn outputs(name: &str, document: &str, page: &str) -> Result<Vec<String>, String> {
    let line = read(CALLER).lines().position(|line| line == CALL).unwrap() + 1;
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}.yaml"));
    let edits = page.split("```diff\n").skip(1).map(|mistake| mistake.split_once("\n```\n").unwrap().0);
    let output = |edit| {
        fs::write(&path, edited(document, edit)?).unwrap();
        let told = pipeline::tell(&path, &TokenStream::new()).unwrap();
        Ok(output_of_cargo(&told, line).replace(&*path.to_string_lossy(), DOCUMENT))
    };
    edits.map(output).collect()
}

/// README leaves out the last line of cargo's output.
fn without_summary(output: &str) -> String {
    let (messages, _) = output.split_once("\nerror: could not compile").unwrap();
    messages.to_owned()
}

fn read(file: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(file)).unwrap()
}

/// Returns the text of a page with the real outputs in its text blocks.
fn shown(text: &str, outputs: &[String]) -> String {
    let (start, blocks) = text.split_once("```text\n").unwrap();
    let mut expected = start.to_owned();
    for (block, output) in blocks.split("```text\n").zip(outputs) {
        let (_, after) = block.split_once("```\n").unwrap();
        expected.extend(["```text\n", output, "```\n", after]);
    }
    expected
}

fn compare(page: &str, text: &str, expected: &str) -> Result<(), String> {
    if text == expected {
        return Ok(());
    }
    let differs = text.lines().zip(expected.lines()).find(|(shown, real)| shown != real);
    Err(format!(
        "{page} differs from the real messages, first in {differs:?}; to rewrite it, run\n\
         FRONTLINE_OVERWRITE=1 cargo test --workspace --test maintaining"
    ))
}

/// The document with the lines that begin with `-` replaced by those that begin with `+`.
fn edited(document: &str, edit: &str) -> Result<String, String> {
    let lines = |sign: char| -> String {
        let lines = edit.lines().filter_map(|line| line.strip_prefix([' ', sign]));
        lines.flat_map(|line| [line, "\n"]).collect()
    };
    let before = lines('-');
    if !document.contains(&before) {
        return Err(format!(
            "{DOCUMENT} does not contain these lines any more:\n{before}\n\
             change the lines of the diff in {PAGE} to others that the document has"
        ));
    }
    Ok(document.replacen(&before, &lines('+'), 1))
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
