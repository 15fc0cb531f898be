//! Escaping of a line outside of code blocks.
//!
//! Every search ends at a character that stops later searches, too, or is limited, so that the time is proportional to
//! the length of the line.

use std::collections::HashMap;

use super::visible::is_hidden;

/// The maximum length of a URL in a link.
const LONGEST_URL: usize = 2_048;

/// Escapes a line outside of code blocks.
///
/// It keeps at most three spaces of indentation, and a single space elsewhere, since more would make the text behind
/// them a code block. rustdoc would run that as a test. In a table, a `|` ends a cell, even within a code span.
pub fn prose(line: &str, is_in_table: bool) -> String {
    let content = line.trim_start();
    let indent = line[..line.len() - content.len()].replace('\t', "    ").len().min(3);
    let line = Line { all: content.trim_end(), runs: runs(content), is_in_table };
    let mut text = " ".repeat(indent);
    let mut rest = line.all;
    while let Some(character) = rest.chars().next() {
        let taken = match character {
            ' ' | '\t' => space(rest, &mut text),
            '\\' => backslash(rest, &mut text),
            '`' => line.code_span(rest, &mut text),
            '!' => exclamation(rest, &mut text),
            '[' => bracket(rest, &mut text),
            '<' => angle(rest, &mut text),
            '&' if is_hidden_reference(rest) => escaped(1, rest, &mut text),
            '~' if rest.starts_with("~~~") => escaped(repeated('~', rest), rest, &mut text),
            _ if is_url(rest) && !text.ends_with(|c: char| c.is_alphanumeric()) => url(rest, &mut text),
            _ => plain(character, &mut text),
        };
        rest = &rest[taken..];
    }
    text
}

struct Line<'a> {
    all: &'a str,
    /// The indices of the runs of backticks, by their length.
    runs: HashMap<usize, Vec<usize>>,
    is_in_table: bool,
}

impl Line<'_> {
    /// Keeps `` `code` ``. Backticks without a counterpart are escaped.
    fn code_span(&self, rest: &str, text: &mut String) -> usize {
        let ticks = repeated('`', rest);
        let start = self.all.len() - rest.len() + ticks;
        let runs = self.runs.get(&ticks).map(Vec::as_slice).unwrap_or_default();
        let end = runs.get(runs.partition_point(|run| *run < start));
        match end.and_then(|end| rest.get(..ticks + end - start + ticks)) {
            Some(span) if !(self.is_in_table && span.contains('|')) => {
                text.push_str(span);
                span.len()
            }
            _ => escaped(ticks, rest, text),
        }
    }
}

/// Returns the indices of the runs of backticks, by their length.
fn runs(line: &str) -> HashMap<usize, Vec<usize>> {
    let mut runs: HashMap<usize, Vec<usize>> = HashMap::new();
    let mut at = 0;
    while let Some(start) = line[at..].find('`').map(|index| at + index) {
        let length = repeated('`', &line[start..]);
        runs.entry(length).or_default().push(start);
        at = start + length;
    }
    runs
}

/// Returns how often an ASCII character is repeated at the start of `text`.
fn repeated(character: char, text: &str) -> usize {
    text.len() - text.trim_start_matches(character).len()
}

fn plain(character: char, text: &mut String) -> usize {
    text.push(character);
    character.len_utf8()
}

/// Escapes the first `count` characters, which must be ASCII.
fn escaped(count: usize, rest: &str, text: &mut String) -> usize {
    for character in rest.chars().take(count) {
        text.extend(['\\', character]);
    }
    count
}

fn space(rest: &str, text: &mut String) -> usize {
    text.push(' ');
    rest.len() - rest.trim_start_matches([' ', '\t']).len()
}

/// Keeps an escaped character, and a line break. Any other backslash is escaped: it would act on the next escape.
fn backslash(rest: &str, text: &mut String) -> usize {
    match rest.as_bytes().get(1) {
        Some(next) if next.is_ascii_punctuation() => {
            text.push_str(&rest[..2]);
            2
        }
        Some(_) => escaped(1, rest, text),
        None => plain('\\', text),
    }
}

/// Makes an image a link, since a browser would load the image.
fn exclamation(rest: &str, text: &mut String) -> usize {
    let count = repeated('!', rest);
    if link(&rest[count..]).is_none() {
        text.push_str(&rest[..count]);
    } else {
        escaped(count - 1, rest, text);
    }
    count
}

/// Keeps `[text](https://…)`. Any other bracket is escaped, since rustdoc would look for a Rust item.
fn bracket(rest: &str, text: &mut String) -> usize {
    let Some((label, url)) = link(rest) else { return escaped(1, rest, text) };
    if label.trim().is_empty() {
        text.extend(["<", url, ">"]);
    } else {
        text.push('[');
        self::label(label, text);
        text.extend(["](", url, ")"]);
    }
    label.len() + url.len() + "[]()".len()
}

/// Returns the label and the URL of the link at the start of `rest`.
fn link(rest: &str) -> Option<(&str, &str)> {
    let inner = rest.strip_prefix('[')?;
    let mut is_escaped = false;
    let end = inner.find(|c: char| {
        let is_end = matches!(c, '[' | ']') && !is_escaped;
        is_escaped = c == '\\' && !is_escaped;
        is_end
    })?;
    let (label, target) = (&inner[..end], inner[end..].strip_prefix("](")?);
    let url = target.get(..url_length(target)?).filter(|url| is_url(url))?;
    target[url.len()..].starts_with(')').then_some((label, url))
}

/// Returns the length of the URL at the start of `target`. It may contain one level of parentheses.
fn url_length(target: &str) -> Option<usize> {
    let mut is_open = false;
    let end = |byte: u8| match byte {
        b'(' if !is_open => {
            is_open = true;
            false
        }
        b')' if is_open => {
            is_open = false;
            false
        }
        byte => byte <= b' ' || matches!(byte, b'(' | b')' | b'<' | b'>' | b'`' | b'\\'),
    };
    target.bytes().take(LONGEST_URL).position(end)
}

fn label(label: &str, text: &mut String) {
    let mut rest = label;
    while let Some(character) = rest.chars().next() {
        let taken = match character {
            ' ' | '\t' => space(rest, text),
            '\\' => backslash(rest, text),
            '`' | '<' => escaped(1, rest, text),
            '&' if is_hidden_reference(rest) => escaped(1, rest, text),
            _ => plain(character, text),
        };
        rest = &rest[taken..];
    }
}

/// Keeps `<https://…>`. Any other angle bracket is escaped, since it may be HTML.
fn angle(rest: &str, text: &mut String) -> usize {
    let inner = &rest[1..];
    let is_end = |byte: u8| byte <= b' ' || matches!(byte, b'<' | b'>' | b'`' | b'\\' | b'|');
    let end = if is_url(inner) { inner.bytes().position(is_end) } else { None };
    match end {
        Some(end) if inner.as_bytes().get(end) == Some(&b'>') => {
            text.push_str(&rest[..end + 2]);
            end + 2
        }
        _ => escaped(1, rest, text),
    }
}

/// Returns whether `rest` begins with a character reference to a hidden character, such as `&#x202e;` or `&rlm;`.
fn is_hidden_reference(rest: &str) -> bool {
    let numeric = rest.strip_prefix("&#").and_then(|number| {
        let (digits, radix) = number.strip_prefix(['x', 'X']).map_or((number, 10), |digits| (digits, 16));
        let digits = digits.get(..digits.bytes().take(8).position(|byte| byte == b';')?)?;
        char::from_u32(u32::from_str_radix(digits, radix).ok()?)
    });
    numeric.is_some_and(is_hidden) || rest.starts_with("&lrm;") || rest.starts_with("&rlm;")
}

fn is_url(text: &str) -> bool {
    text.starts_with("https://") || text.starts_with("http://")
}

/// Turns a bare URL into a link. Punctuation after the URL is not part of it.
fn url(rest: &str, text: &mut String) -> usize {
    let is_end = |c: char| c.is_whitespace() || "<>\"`()[]\\*|".contains(c);
    let url = rest.split(is_end).next().unwrap_or_default();
    let url = url.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '_', '~']);
    if url.len() <= "https://".len() {
        return plain('h', text);
    }
    text.extend(["<", url, ">"]);
    url.len()
}
