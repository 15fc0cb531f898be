//! Mistakes that are put into a document, one at a time: each is told at its place, and nothing else is.
//!
//! A row is an edit of `base.yaml` and the message. An error that names options of the macro has to become a warning with
//! them. To see everything that is told, with the document's lines:
//! `FRONTLINE_SHOW=1 cargo test --workspace --test mistakes -- --nocapture`.

mod contents;
mod extensions;
mod many;
mod newer;
mod operations;
mod references;
mod schemas;
mod syntax;
mod values;

use std::path::Path;
use std::{env, fs};

use frontline_tests::pipeline::{self, Told};
use proc_macro2::TokenStream;
use quote::quote;

/// What the help about the options of the macro begins with.
const REMEDY: &str = "= help: if you cannot change the document, set ";

const BASE: &str = include_str!("base.yaml");

/// A mistake, and what is told about it.
#[derive(Clone, Copy)]
struct Row {
    /// A text of the base that occurs once, and its replacement. The mark `⟦` is at the place of the message.
    edit: (&'static str, &'static str),
    level: Level,
    /// The first line of the message, with `FOLDER` for the document's folder.
    message: &'static str,
    /// A part of the help, or nothing if there is no help.
    help: &'static str,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Level {
    Error,
    Warning,
}

/// Describes a mistake that is an error: it loses something that the author wrote.
const fn error(edit: (&'static str, &'static str), message: &'static str, help: &'static str) -> Row {
    Row { edit, level: Level::Error, message, help }
}

/// Describes a mistake that is only odd.
const fn warning(edit: (&'static str, &'static str), message: &'static str, help: &'static str) -> Row {
    Row { edit, level: Level::Warning, message, help }
}

/// Runs the macro with the text as its document.
fn tell(name: &str, text: &str) -> Told {
    tell_with(name, text, &TokenStream::new())
}

fn tell_with(name: &str, text: &str, options: &TokenStream) -> Told {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("mistakes");
    fs::create_dir_all(&folder).unwrap();
    let path = folder.join(format!("{name}.yaml"));
    fs::write(&path, text).unwrap();
    pipeline::tell(&path, options).unwrap()
}

/// Tries each row, and fails with a list of the rows whose mistake is not told as they say.
fn check(name: &str, rows: &[Row]) {
    let failures: Vec<String> = rows.iter().filter_map(|row| examine(name, row).err()).collect();
    assert!(failures.is_empty(), "{} of {} rows:\n{}", failures.len(), rows.len(), failures.join("\n"));
}

fn examine(name: &str, row: &Row) -> Result<(), String> {
    let (old, new) = row.edit;
    let base = if name == "newer" { BASE.replacen("openapi: 3.0.3", "openapi: 3.1.0", 1) } else { BASE.to_owned() };
    assert_eq!(base.matches(old).count(), 1, "{old:?} is in the base once");
    let marked = base.replacen(old, new, 1);
    let (before, _) = marked.split_once('⟦').expect("a mark");
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    let document = marked.replacen('⟦', "", 1);
    let told = tell(name, &document);
    if env::var_os("FRONTLINE_SHOW").is_some() {
        println!("{}\n", [told.errors.clone(), told.warnings.clone()].concat().join("\n"));
    }
    let all = told.errors.iter().map(|text| (Level::Error, text));
    let all: Vec<_> = all.chain(told.warnings.iter().map(|text| (Level::Warning, text))).collect();
    let [(level, text)] = all.as_slice() else { return Err(format!("{new:?}: {} messages: {all:#?}", all.len())) };
    let place = format!("{name}.yaml:{line}:{column}\n");
    let (told, is_tolerable) = text.split_once(REMEDY).map_or((text.as_str(), false), |(told, _)| (told, true));
    let help = told.split_once("= help: ").map_or("", |(_, help)| help);
    let is_right = *level == row.level
        && first_line(text) == row.message
        && text.contains(&place)
        && help.is_empty() == row.help.is_empty()
        && help.contains(row.help);
    if !is_right {
        return Err(format!("{new:?}: expected {:?} at {place}{level:?}: {text}", row.level));
    }
    // Nothing can be made of a document that cannot be parsed.
    if row.level == Level::Error && name != "syntax" && !is_tolerable {
        return Err(format!("{new:?}: no option tolerates {text}"));
    }
    if is_tolerable { tolerate(name, &document, row, &place) } else { Ok(()) }
}

/// Checks that the option that the error names turns it into a warning with its consequence.
fn tolerate(name: &str, document: &str, row: &Row, place: &str) -> Result<(), String> {
    let told = tell_with(name, document, &quote! { mistakes = warn, unsupported = skip, warnings = all });
    let consequence = format!(": {}", row.message);
    let is_told = |text: &String| text.contains(place) && first_line(text).ends_with(&consequence);
    let is_right = told.errors.is_empty() && told.warnings.iter().any(is_told);
    if is_right { Ok(()) } else { Err(format!("{:?}: expected a consequence at {place}{told:#?}", row.edit.1)) }
}

fn first_line(text: &str) -> String {
    let folder = format!("{}/mistakes", env!("CARGO_TARGET_TMPDIR"));
    text.lines().next().unwrap_or_default().replace(&folder, "FOLDER")
}

#[test]
fn nothing_is_told_about_the_base() {
    let told = tell("base", BASE);
    assert!(told.errors.is_empty() && told.warnings.is_empty(), "{told:#?}");
}

#[test]
fn each_rule_has_a_row() {
    let rules = include_str!("../../../frontline-macros/src/generator/lint/rules.rs");
    let rows = || {
        [contents::ROWS, extensions::ROWS, newer::ROWS, operations::ROWS, references::ROWS, schemas::ROWS, values::ROWS]
            .concat()
    };
    let says = |message: &str, parts: &[&str]| {
        // The words between the parts are those of the document.
        let rest = parts.iter().try_fold(message, |rest, part| rest.split_once(part).map(|(_, rest)| rest));
        rest.is_some()
    };
    let mut rules = rules.split("pub const ").filter_map(|rule| rule.split_once(": Rule =")).peekable();
    assert!(rules.peek().is_some());
    for (name, rule) in rules {
        let message = rule.split('"').nth(1).unwrap();
        let parts: Vec<&str> = message.split("{}").collect();
        assert!(rows().iter().any(|row| says(row.message, &parts)), "{name}: {message}");
    }
}
