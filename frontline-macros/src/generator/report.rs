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
/// The maximum number of warnings of the same kind that are shown separately.
const FEW: usize = 3;
/// The number of characters that are shown of a long line. JSON is often a single line.
const LINE_WIDTH: usize = 120;

/// Returns the errors as `compile_error!`s, which can be items or expressions. If there are none, returns the warnings as uses
/// of deprecated constants, because a macro cannot emit a warning in any other way. `literal` is the span of the
/// document's path.
pub fn tokens(errors: Errors, document: &Document, literal: Span) -> Vec<TokenStream> {
    let shows_all = errors.shows_all();
    let most = if shows_all { usize::MAX } else { SHOWN };
    let conclusion = errors.conclusion().map(sentence);
    let remedies = errors.remedies();
    let (problems, warnings) = errors.into_parts();
    if problems.is_empty() {
        let warnings = located(warnings, document, literal);
        // Users have to change something else for each change that breaks them.
        let is_each_told = shows_all || conclusion.is_some();
        let warnings = if is_each_told { warnings } else { grouped(warnings, document) };
        return all(&warnings, document, literal, most, "warnings", (None, conclusion), |span, text| {
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
    let problems = located(problems, document, literal);
    all(&problems, document, literal, most, "errors", (remedy, conclusion), |span, text| {
        quote_spanned! {span=> ::core::compile_error! { #text } }
    })
}

fn all(
    problems: &[Located],
    document: &Document,
    literal: Span,
    most: usize,
    what: &str,
    (remedy, conclusion): (Option<String>, Option<String>),
    emit: impl Fn(Span, &str) -> TokenStream,
) -> Vec<TokenStream> {
    let rest = problems.len().saturating_sub(most);
    let shown = problems.iter().take(most);
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
    texts.extend(conclusion.map(|text| (literal, text)));
    texts.into_iter().map(|(span, text)| emit(span, &text)).collect()
}

/// Returns the problems in the order of the document, each once.
fn located(problems: Vec<Problem>, document: &Document, literal: Span) -> Vec<Located> {
    // Only files with problems are parsed again.
    let mut marks = HashMap::new();
    let mut located: Vec<_> =
        problems.into_iter().map(|problem| Located::of(problem, document, &mut marks, literal)).collect();
    // A value comes before its copies, which have the same mistakes.
    let order = |located: &Located| (located.file, located.range, located.message.clone(), located.copied);
    located.sort_by_cached_key(order);
    located.dedup_by(|a, b| (a.file, a.range, &a.message) == (b.file, b.range, &b.message));
    located
}

/// Keeps only the first of many warnings that differ only in names, with a note about the others.
fn grouped(warnings: Vec<Located>, document: &Document) -> Vec<Located> {
    let mut kinds: HashMap<String, Vec<(Option<usize>, usize)>> = HashMap::new();
    for warning in &warnings {
        let line = warning.range.map_or(1, |range| range.line);
        kinds.entry(kind(&warning.message)).or_default().push((warning.file, line));
    }
    let mut kept = Vec::new();
    for mut warning in warnings {
        match kinds.get_mut(&kind(&warning.message)) {
            Some(places) if places.len() > FEW => {
                let others: Vec<_> = places.drain(..).skip(1).collect();
                warning.note = Some(also(&others, &warning, document));
                kept.push(warning);
            }
            // The first one has told it.
            Some(places) if places.is_empty() => {}
            _ => kept.push(warning),
        }
    }
    kept
}

/// Returns a message without the names in it.
fn kind(message: &str) -> String {
    message.split('`').step_by(2).collect::<Vec<_>>().join("`")
}

/// Tells how many warnings there are besides `first`, and where the first of them are.
fn also(others: &[(Option<usize>, usize)], first: &Located, document: &Document) -> String {
    let place = |(file, line): &(Option<usize>, usize)| {
        let other = file.filter(|_| *file != first.file).and_then(|other| document.files().get(other));
        other.map_or_else(|| line.to_string(), |other| format!("{}:{line}", sentence(&other.shown)))
    };
    let mut places: Vec<String> = others.iter().map(place).collect();
    places.dedup();
    let own = first.range.map(|range| range.line.to_string());
    let more = if places.len() > FEW { ", …" } else { "" };
    let lines = match places.as_slice() {
        // JSON is often a single line.
        [only] if Some(only) == own.as_ref() => "in the same line".to_owned(),
        places => format!("in lines {}{more}", places.iter().take(FEW).cloned().collect::<Vec<_>>().join(", ")),
    };
    format!("{} more warnings like this, {lines}; `warnings = all` shows them", others.len())
}

/// A problem with its line and column.
struct Located {
    file: Option<usize>,
    range: Option<Range>,
    message: String,
    help: Option<String>,
    /// The file, line and column of the `copy` of an overlay that put the value where it is.
    copied: Option<(usize, Range)>,
    note: Option<String>,
    span: Span,
}

impl Located {
    fn of(problem: Problem, document: &Document, marks: &mut HashMap<usize, Marks>, literal: Span) -> Self {
        let mut range = |place: &Place, of_key| {
            let text = document.files().get(place.file).map_or("", |file| &file.text);
            marks.entry(place.file).or_insert_with(|| Marks::read(text)).find(place.keys(), of_key)
        };
        let mut find = |place: &Place, of_key| {
            let origin = document.origin(place);
            let copied = origin.copied.and_then(|copy| Some((copy.file, range(&copy, true)?)));
            (Some(origin.place.file), range(&origin.place, of_key), copied, literal)
        };
        let (file, range, copied, span) = match &problem.at {
            At::Input(span) => (None, None, None, *span),
            At::File(file, (line, column)) => (Some(*file), Some(Range::point(*line, *column)), None, literal),
            At::Value(place) => find(place, false),
            At::Key(place) => find(place, true),
        };
        Self { file, range, message: problem.message, help: problem.help, copied, note: None, span }
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
        let look_alike = look_alike(source, range);
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
        let overlay = |(file, range): (usize, Range)| Some((document.files().get(file)?, range));
        let copied = self.copied.and_then(overlay).map(|(overlay, Range { line, column, .. })| {
            format!("= note: this is about the copy that is made at {}:{line}:{column}", sentence(&overlay.shown))
        });
        let note = self.note.as_ref().map(|note| format!("= note: {note}"));
        for remark in copied.into_iter().chain(help).chain(look_alike).chain(note) {
            text.extend(["\n", &pad, " ", &remark]);
        }
        text
    }
}

/// Returns a text that contains names of the document, in which hidden characters are visible.
fn sentence(text: &str) -> String {
    text.chars().map(|c| if c == '\n' { c } else { visible(c) }).collect()
}

/// Returns a help if a key or value contains a character that looks like one of YAML's, but is only a letter to it.
fn look_alike(source: &str, range: Range) -> Option<String> {
    let mut characters = source.chars().skip(range.column.saturating_sub(1)).take(range.width);
    let first = characters.clone().next()?;
    if matches!(first, '‘' | '’' | '“' | '”') {
        return Some(format!("= help: `{first}` is a curly quote, which is only a letter here; write `'`"));
    }
    let is_quoted = matches!(first, '"' | '\'');
    let has_space = !is_quoted && characters.any(|character| character == '\u{a0}');
    has_space.then(|| {
        "= help: this contains a non-breaking space, which is only a letter here; write a usual one".to_owned()
    })
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
