//! Explains the errors of the YAML parser to authors of YAML.

use libyaml_safer::{EventData, ScalarStyle};

use super::error::{SyntaxError, position_of};
use super::events::yaml;
use super::limits::{circular_alias, largest_alias};

/// The parser's message, our message, and our help.
const PLAIN: [(&str, &str, &str); 15] = [
    (
        "did not find expected ',' or ']'",
        "`,` or `]` is missing in a list in brackets",
        "separate the items with commas, and put `]` after the last one",
    ),
    (
        "did not find expected ',' or '}'",
        "`,` or `}` is missing in an object in braces",
        "separate the entries with commas, and put `}` after the last one",
    ),
    (
        "did not find expected node content",
        "a value is missing in a list in brackets or an object in braces",
        "add the value, or close the bracket",
    ),
    (
        "did not find expected '-' indicator",
        "expected another item of the list",
        "start the item with `- `, or fix the indentation of this line",
    ),
    (
        "did not find expected key",
        "expected a key",
        "indent the line like the other keys of its object, and check that all quotes above it are closed",
    ),
    (
        "found unknown escape character",
        "unknown escape sequence after a backslash in double quotes",
        "write `\\\\` for a backslash, or use single quotes",
    ),
    (
        "could not find expected ':'",
        "this key is not followed by a colon",
        "write `key: value`, or indent the line if it continues the text above it",
    ),
    (
        "unknown anchor",
        "this alias refers to an anchor that is not defined above it",
        "define the anchor with `&name` before the first such value, or put the text in quotes if it begins with `*`",
    ),
    (
        "did not find expected alphabetic or numeric character",
        "expected the name of an alias or anchor after `*` or `&`",
        "put the text in quotes",
    ),
    (
        "found character that cannot start any token",
        "a value without quotes cannot begin with this character",
        "put the text in quotes",
    ),
    (
        "block sequence entries are not allowed",
        "a list cannot begin on this line",
        "begin the list on the next line, or put the text in quotes",
    ),
    (
        "did not find expected comment or line break",
        "unexpected text after `|` or `>`",
        "begin the text on the next line, with more indentation",
    ),
    (
        "did not find expected <document start>",
        "unexpected content after the end of the document",
        "remove it, or fix its indentation",
    ),
    ("invalid type: map, expected a string", "a key cannot be an object", "put the key in quotes"),
    ("invalid type: sequence, expected a string", "a key cannot be a list", "put the key in quotes"),
];

/// Returns an explanation of the parser's `message` about `text`, or the message itself if it is not known.
pub fn explain(message: String, position: (usize, usize), text: &str) -> SyntaxError {
    let plain = |message: &str, help: &str, position| SyntaxError {
        message: message.into(),
        help: Some(help.into()),
        position,
    };
    let (number, column) = position;
    let line = text.lines().nth(number.saturating_sub(1)).unwrap_or_default();
    let indentation: String = line.chars().take_while(|character| character.is_whitespace()).collect();
    if indentation.contains('\t') {
        let column = indentation.chars().take_while(|character| *character != '\t').count() + 1;
        let help = "indent the line with spaces";
        return plain("this line is indented with a tab, but YAML allows only spaces", help, (number, column));
    }
    if let Some((number, space)) = non_breaking_space(text, number) {
        let help = "replace it with a usual space";
        return plain("this is a non-breaking space, which YAML reads as a letter", help, (number, space));
    }
    if let Some((start, end)) = late_quote(text, number) {
        let message = format!("this quote is not closed before line {end}");
        return plain(&message, "add the same quote at the end of the text", start);
    }
    if message.starts_with("mapping values are not allowed") {
        let before: String = line.chars().take(column.saturating_sub(1)).collect();
        return if before.contains(": ") {
            plain("a colon followed by a space starts another key", "put the text in quotes", position)
        } else if let Some(colon) = colon_without_space(text, number) {
            let help = "write a space after the colon, or put the text in quotes";
            plain("a colon without a space after it is part of the text", help, colon)
        } else {
            let help = "indent the key like the other keys of its object, or put the text above it in quotes";
            plain("a key is not allowed here, because the line above already has a value", help, position)
        };
    }
    if let Some(start) = message.strip_prefix("found unexpected end of stream, while scanning a quoted scalar at ") {
        let help = "add the same quote at the end of the text";
        return plain("this quote is not closed", help, read_position(start, text).unwrap_or(position));
    }
    if let Some(rest) = message.strip_prefix("control characters are not allowed") {
        let index = rest.strip_prefix(" at position ").and_then(|index| index.parse().ok()).unwrap_or_default();
        return plain("control characters are not allowed", "remove the character", position_of(text, index));
    }
    if message == "repetition limit exceeded" {
        let help = "write the value out, or refer to it with `$ref`";
        let position = largest_alias(text).map_or(position, |index| position_of(text, index));
        return plain("the value of this alias makes the document too large", help, position);
    }
    if message.starts_with("recursion limit exceeded") {
        let Some(alias) = circular_alias(text) else { return too_deep(position) };
        let help = "refer to the schema with `$ref`, which may lead back to it";
        return plain("this alias is part of the value that it stands for", help, position_of(text, alias));
    }
    if let Some((_, tag)) = message.split_once(": the YAML tag ") {
        let message = format!("the YAML tag {tag}");
        return plain(&message, "if it belongs to the text, put the text in quotes", position);
    }
    if message.starts_with("did not find expected key")
        && line.chars().nth(column - 1).is_some_and(|c| "]}".contains(c))
    {
        return plain("this bracket closes nothing", "remove it", position);
    }
    if let Some(comment) = slashes(text, number) {
        let help = "write `#` in YAML; JSON has no comments";
        return plain("`//` does not begin a comment", help, comment);
    }
    match PLAIN.into_iter().find(|(said, ..)| message.contains(said)) {
        // The parser notices this only after the line. Its message contains the start.
        Some((said, meant, help)) if said.ends_with("':'") => {
            let start = message.rsplit_once(" at ").and_then(|(_, start)| read_position(start, text));
            plain(meant, help, start.unwrap_or(position))
        }
        Some((_, meant, help)) => plain(meant, help, position),
        None => SyntaxError { message, help: None, position },
    }
}

/// Returns the line and column of a non-breaking space in the line of a mistake, or in the line above it.
fn non_breaking_space(text: &str, line: usize) -> Option<(usize, usize)> {
    let lines = text.lines().enumerate().skip(line.saturating_sub(2)).take(2);
    let mut found = lines.filter_map(|(index, line)| Some((index + 1, line.chars().position(|c| c == '\u{a0}')? + 1)));
    found.next()
}

/// Returns the position of a colon between two letters in the line above a mistake, if this line is not an entry.
fn colon_without_space(text: &str, line: usize) -> Option<(usize, usize)> {
    let (index, above) = text.lines().enumerate().nth(line.checked_sub(2)?)?;
    let letters: Vec<char> = above.chars().collect();
    let is_joined = |at: &[char]| matches!(at, [before, ':', after] if before.is_alphanumeric() && *after != '/' && !after.is_whitespace());
    let is_entry = above.contains(": ") || above.trim_end().ends_with(':');
    let at = letters.windows(3).position(is_joined).filter(|_| !is_entry)?;
    Some((index + 1, at + 2))
}

/// Returns the position of a comment in the style of JavaScript in the line of a mistake, or in one of the two above it.
fn slashes(text: &str, line: usize) -> Option<(usize, usize)> {
    let lines = text.lines().enumerate().skip(line.saturating_sub(3)).take(3);
    let before = |line: &str| {
        let (before, _) = line.split_once("// ")?;
        let is_start = before.is_empty() || before.ends_with([' ', '\t', ',', '{', '[']);
        is_start.then(|| before.chars().count())
    };
    let mut found = lines.filter_map(|(index, line)| Some((index + 1, before(line)? + 1)));
    found.next()
}

/// Returns the position of the last quote before a mistake, and the line that ends the text in quotes, if this text
/// contains keys: the quote that ends it probably begins another text.
fn late_quote(text: &str, line: usize) -> Option<((usize, usize), usize)> {
    let is_quoted = |style| matches!(style, ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted);
    let (data, bytes) = yaml(text).filter(|(data, _)| matches!(data, EventData::Scalar { .. })).last()?;
    let EventData::Scalar { style, .. } = data else { return None };
    let (end, _) = position_of(text, bytes.end);
    let has_keys = || {
        let lines = text.get(bytes.clone())?.lines().skip(1);
        Some(lines.into_iter().any(|line| line.contains(": ") || line.ends_with(':')))
    };
    (is_quoted(style) && end + 1 >= line && has_keys()?).then(|| (position_of(text, bytes.start), end))
}

pub fn too_deep(position: (usize, usize)) -> SyntaxError {
    let help = "move inner parts to `components`, and refer to them with `$ref`";
    SyntaxError { message: "this value is nested too deeply".into(), help: Some(help.into()), position }
}

/// Converts a position from the parser's message, such as `line 3 column 10`. The parser ends lines at more characters
/// than editors do.
fn read_position(said: &str, text: &str) -> Option<(usize, usize)> {
    let (line, column) = said.strip_prefix("line ")?.split_once(" column ")?;
    let (line, column): (usize, usize) = (line.parse().ok()?, column.parse().ok()?);
    let lines = text.split_inclusive(['\n', '\u{85}', '\u{2028}', '\u{2029}']);
    let before: usize = lines.take(line.checked_sub(1)?).map(str::len).sum();
    let rest = text.get(before..)?;
    let within = rest.char_indices().nth(column.checked_sub(1)?).map_or(rest.len(), |(index, _)| index);
    Some(position_of(text, before + within))
}

#[cfg(test)]
mod tests {
    use super::super::parse::parse;

    #[test]
    fn syntax_errors_are_explained_at_their_positions() {
        for (text, message, position) in [
            ("a:\n  b: 1\n \tc: 2\n", "indented with a tab", (3, 2)),
            ("a: one: two\n", "a colon followed by a space", (1, 7)),
            ("a: 1\n  b: 2\n", "a key is not allowed here", (2, 4)),
            ("a:\n  b: 'c\nd: 1\n", "this quote is not closed", (2, 6)),
            ("a: [1, 2\nb: 3\n", "`,` or `]` is missing", (2, 2)),
            ("a: {b: 1\nc: 3}\n", "`,` or `}` is missing", (2, 2)),
            ("a: [\n", "a value is missing", (2, 1)),
            ("- a\nb: 1\n", "expected another item", (2, 1)),
            ("a:\n    b: 1\n  c: 2\n", "expected a key", (3, 3)),
            ("a: \"\\d\"\n", "unknown escape sequence", (1, 5)),
            ("a: 1\nb\nc: 1\n", "this key is not followed by a colon", (2, 1)),
            ("a: *b\n", "this alias refers to an anchor", (1, 4)),
            ("a: **b**\n", "the name of an alias or anchor", (1, 5)),
            ("a: `b`\n", "cannot begin with this character", (1, 4)),
            ("a: - b\n", "a list cannot begin on this line", (1, 4)),
            ("a: > b\n", "unexpected text after", (1, 6)),
            ("{a: 1}\nb: 2\n", "unexpected content after the end of the document", (2, 1)),
            ("{a}: 1\n", "a key cannot be an object", (1, 1)),
            ("ä: 1\nb: [\u{7}]\n", "control characters are not allowed", (2, 5)),
            ("ä: '\u{2028}ö'\nb: c: d\n", "a colon followed by a space", (2, 5)),
            ("a: '\u{2028}b'\nö: 'c\nd: 1\n", "this quote is not closed", (2, 4)),
            ("ä: [1\nb: 2", "`,` or `]` is missing", (2, 2)),
        ] {
            let error = parse(text, false).unwrap_err();
            assert!(error.message.contains(message), "{text:?}: {error:?}");
            assert_eq!(error.position, position, "{text:?}: {error:?}");
            assert!(error.help.is_some(), "{text:?}");
        }
    }
}
