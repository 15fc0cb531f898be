//! Problems with their lines and columns.

use std::collections::HashMap;

use proc_macro2::Span;

use crate::generator::docs::visible;
use crate::generator::document::Document;
use crate::generator::problems::{At, Place, Problem};
use crate::generator::text::{Marks, Range};

/// The number of characters that are shown of a long line. JSON is often a single line.
const LINE_WIDTH: usize = 120;
/// The maximum number of consequences of a mistake that are shown.
const MOST_CONSEQUENCES: usize = 3;

/// Returns the problems in the order of the document, each once.
pub fn located(problems: Vec<Problem>, document: &Document, literal: Span) -> Vec<Located> {
    // Only files with problems are parsed again.
    let mut marks = HashMap::new();
    let mut located: Vec<_> =
        problems.into_iter().map(|problem| Located::of(problem, document, &mut marks, literal)).collect();
    // A value comes before its copies, which have the same mistakes.
    let order = |located: &Located| (located.file, located.range, located.message.clone(), located.copied);
    located.sort_by_cached_key(order);
    located.dedup_by(|a, b| (a.file, a.range, &a.message) == (b.file, b.range, &b.message));
    merged(located)
}

/// Joins the consequences of the same mistake.
fn merged(all: Vec<Located>) -> Vec<Located> {
    let mut merged: Vec<(Located, Vec<String>)> = Vec::new();
    for located in all {
        let consequence = located.cause.as_ref().and_then(|cause| located.message.strip_suffix(cause.as_str()));
        let consequence = consequence.map(|text| text.trim_end_matches(": ").to_owned());
        let same =
            merged.iter_mut().rev().take_while(|(other, _)| (other.file, other.range) == (located.file, located.range));
        match same.into_iter().find(|(other, _)| other.cause.is_some() && other.cause == located.cause) {
            Some((_, consequences)) => consequences.extend(consequence),
            None => merged.push((located, consequence.into_iter().collect())),
        }
    }
    let join = |(mut located, consequences): (Located, Vec<String>)| {
        if let (Some(cause), [_, _, ..]) = (&located.cause, consequences.as_slice()) {
            let rest = consequences.len().saturating_sub(MOST_CONSEQUENCES);
            let more = if rest > 0 { format!(", and {rest} more") } else { String::new() };
            let told: Vec<&str> = consequences.iter().take(MOST_CONSEQUENCES).map(String::as_str).collect();
            located.message = format!("{}{more}: {cause}", told.join(", and "));
        }
        located
    };
    merged.into_iter().map(join).collect()
}

/// A problem with its line and column.
pub struct Located {
    pub file: Option<usize>,
    pub range: Option<Range>,
    pub message: String,
    /// The message without its consequence, if it has one.
    cause: Option<String>,
    help: Option<String>,
    /// The file, line and column of the `copy` of an overlay that put the value where it is.
    copied: Option<(usize, Range)>,
    pub note: Option<String>,
    pub span: Span,
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
        Self {
            file,
            range,
            message: problem.message,
            cause: problem.cause,
            help: problem.help,
            copied,
            note: None,
            span,
        }
    }

    /// Returns the message and an excerpt of the document, in the format of rustc.
    pub fn text(&self, document: &Document) -> String {
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
pub fn sentence(text: &str) -> String {
    text.chars().map(|c| if c == '\n' { c } else { visible(c) }).collect()
}

/// Returns a help if a key or value contains a character that looks like one of YAML's, but is only a letter to it.
fn look_alike(source: &str, range: Range) -> Option<String> {
    let mut characters = source.chars().skip(range.column.saturating_sub(1)).take(range.width);
    let first = characters.clone().next()?;
    if matches!(first, '‘' | '’' | '“' | '”') {
        return Some(format!("= help: `{first}` is a curly quote, which is only a letter here; write `'`"));
    }
    if let Some(hidden) = characters.clone().find(|c| matches!(c, '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}')) {
        let code = u32::from(hidden);
        return Some(format!("= help: this contains the character U+{code:04X}, which cannot be seen; remove it"));
    }
    let is_quoted = matches!(first, '"' | '\'');
    // A message about a single space says so itself.
    let has_space = !is_quoted && range.width > 1 && characters.any(|character| character == '\u{a0}');
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
