//! Shows problems in the order of the document, each with its line.
//!
//! Uses `problems`, `document`, `text` and `docs`.

use std::collections::HashMap;

use proc_macro2::{Span, TokenStream};
use quote::quote_spanned;

use super::docs::visible;
use super::document::Document;
use super::problems::{At, Errors, Place, Problem};
use super::text::{Marks, Range};

/// The maximum number of errors or warnings that are shown by default.
const SHOWN: usize = 20;
/// The number of characters that are shown of a long line. JSON is often a single line.
const LINE_WIDTH: usize = 120;

/// Returns the errors as `compile_error!`s, which can be items or expressions. If there are none, returns the warnings as uses
/// of deprecated constants, because a macro cannot emit a warning in any other way. `literal` is the span of the
/// document's path.
pub fn tokens(errors: Errors, document: &Document, literal: Span) -> Vec<TokenStream> {
    let most = if errors.shows_all() { usize::MAX } else { SHOWN };
    let remedies = errors.remedies();
    let (problems, warnings) = errors.into_parts();
    if problems.is_empty() {
        return all(warnings, document, literal, most, "warnings", None, |span, text| {
            quote_spanned! {span=>
                const _: () = {
                    #[deprecated(note = #text)]
                    const DOCUMENT: () = ();
                    DOCUMENT
                };
            }
        });
    }
    let remedy = (!remedies.is_empty()).then(|| {
        let options = remedies.iter().map(|option| format!("`{option}`")).collect::<Vec<_>>().join(" and ");
        format!("= help: if you cannot change the document, set {options} to do without these parts")
    });
    all(problems, document, literal, most, "errors", remedy, |span, text| {
        quote_spanned! {span=> ::core::compile_error! { #text } }
    })
}

fn all(
    problems: Vec<Problem>,
    document: &Document,
    literal: Span,
    most: usize,
    what: &str,
    remedy: Option<String>,
    emit: impl Fn(Span, &str) -> TokenStream,
) -> Vec<TokenStream> {
    // Only files with problems are parsed again.
    let mut marks = HashMap::new();
    let mut shown: Vec<_> =
        problems.into_iter().map(|problem| Located::of(problem, document, &mut marks, literal)).collect();
    shown.sort_by(|a, b| (a.file, a.range, &a.message).cmp(&(b.file, b.range, &b.message)));
    shown.dedup_by(|a, b| (a.file, a.range, &a.message) == (b.file, b.range, &b.message));
    let rest = shown.len().saturating_sub(most);
    let shown = shown.iter().take(most);
    let mut texts: Vec<(Span, String)> = shown.map(|located| (located.span, located.text(document))).collect();
    if rest > 0 {
        let message = format!("{rest} more {what} in this document are not shown; `warnings = all` shows them");
        texts.push((literal, message));
    }
    if let Some(((_, last), remedy)) = texts.last_mut().zip(remedy) {
        // It is about all errors, so it follows the last one, below its excerpt.
        let pad = last.lines().last().unwrap_or_default().chars().take_while(|c| *c == ' ').count();
        last.extend(["\n", &" ".repeat(pad), &remedy]);
    }
    texts.into_iter().map(|(span, text)| emit(span, &text)).collect()
}

/// A problem with its line and column.
struct Located {
    file: Option<usize>,
    range: Option<Range>,
    message: String,
    help: Option<String>,
    span: Span,
}

impl Located {
    fn of(problem: Problem, document: &Document, marks: &mut HashMap<usize, Marks>, literal: Span) -> Self {
        let mut find = |place: &Place, of_key| {
            let text = document.files().get(place.file).map_or("", |file| &file.text);
            let marks = marks.entry(place.file).or_insert_with(|| Marks::read(text));
            (Some(place.file), marks.find(place.keys(), of_key), literal)
        };
        let (file, range, span) = match &problem.at {
            At::Input(span) => (None, None, *span),
            At::File(file, (line, column)) => (Some(*file), Some(Range::point(*line, *column)), literal),
            At::Value(place) => find(place, false),
            At::Key(place) => find(place, true),
        };
        Self { file, range, message: problem.message, help: problem.help, span }
    }

    /// Returns the message and an excerpt of the document, in the format of rustc.
    fn text(&self, document: &Document) -> String {
        let file = self.file.and_then(|file| document.files().get(file));
        let message = sentence(&self.message);
        let help = self.help.as_ref().map(|help| format!("= help: {}", sentence(help)));
        let Some(file) = file else {
            return [Some(message), help].into_iter().flatten().collect::<Vec<_>>().join("\n");
        };
        let range = self.range.unwrap_or(Range::point(1, 1));
        let source =
            file.text.trim_start_matches('\u{feff}').lines().nth(range.line.saturating_sub(1)).unwrap_or_default();
        let (source, underline) = excerpt(source, range);
        let pad = " ".repeat(range.line.to_string().len());
        let mut text = format!(
            "{}\n{pad}--> {}:{}:{}\n{pad} |\n{} | {source}\n{pad} | {underline}",
            message,
            sentence(&file.shown),
            range.line,
            range.column,
            range.line
        );
        if let Some(help) = help {
            text.extend(["\n", &pad, " ", &help]);
        }
        text
    }
}

/// Returns a text that contains names of the document, in which hidden characters are visible.
fn sentence(text: &str) -> String {
    text.chars().map(|c| if c == '\n' { c } else { visible(c) }).collect()
}

/// Returns the part of a line to show, and the carets for the next line.
///
/// Tabs become spaces, so that the carets are aligned. Characters that a terminal acts on (control characters, and
/// changes of text direction) become U+FFFD.
fn excerpt(source: &str, range: Range) -> (String, String) {
    let length = source.chars().count();
    let start = range.column.saturating_sub(1).min(length);
    let width = range.width.min(length - start).clamp(1, LINE_WIDTH);
    let is_long = length > LINE_WIDTH + LINE_WIDTH / 2;
    let from = if is_long { start.saturating_sub(LINE_WIDTH / 4) } else { 0 };
    let to = if is_long { (from + LINE_WIDTH).max(start + width).min(length) } else { length };
    let shown = |range: std::ops::Range<usize>| -> String {
        let characters = source.chars().skip(range.start).take(range.len());
        characters.map(|c| if c == '\t' { "    ".to_owned() } else { visible(c).to_string() }).collect()
    };
    let left = if from > 0 { "... " } else { "" };
    let right = if to < length { " ..." } else { "" };
    let before = format!("{left}{}", shown(from..start));
    let underline = format!(
        "{}{}",
        " ".repeat(before.chars().count()),
        "^".repeat(shown(start..start + width).chars().count().max(width))
    );
    (format!("{before}{}{right}", shown(start..to)), underline)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn carets_are_aligned_after_tabs() {
        let (source, underline) = excerpt("\ta: word", Range { line: 1, column: 5, width: 4 });
        assert_eq!((source.as_str(), underline.as_str()), ("    a: word", "       ^^^^"));
    }

    #[test]
    fn a_long_line_is_cut_around_the_error() {
        let line = format!("{}WORD{}", "x".repeat(500), "y".repeat(500));
        let (source, underline) = excerpt(&line, Range { line: 1, column: 501, width: 4 });
        assert!(source.len() < 140, "{source}");
        let caret = underline.find('^').unwrap();
        assert_eq!(&source[caret..caret + 4], "WORD");
        assert!(source.starts_with("... ") && source.ends_with(" ..."));
    }

    #[test]
    fn an_empty_line_has_one_caret() {
        assert_eq!(excerpt("", Range::point(1, 1)), (String::new(), "^".into()));
    }

    #[test]
    fn control_and_direction_characters_are_replaced() {
        let (source, _) = excerpt("a\u{1b}[31m\u{202e}b", Range::point(1, 1));
        assert_eq!(source, "a\u{fffd}[31m\u{fffd}b");
        assert_eq!(sentence("`a\u{202e}` is not\ndefined"), "`a\u{fffd}` is not\ndefined");
    }
}
