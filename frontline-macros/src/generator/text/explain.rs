//! What a YAML parser says of a text, in the words of those who write YAML.

use super::error::{SyntaxError, position_of};
use super::limits::largest_alias;

/// What the parser says, what is meant, and what to do.
const PLAIN: [(&str, &str, &str); 15] = [
    (
        "did not find expected ',' or ']'",
        "`,` or `]` is missing in a list in brackets",
        "put a comma between the items and `]` behind them",
    ),
    (
        "did not find expected ',' or '}'",
        "`,` or `}` is missing in an object in braces",
        "put a comma between the entries and `}` behind them",
    ),
    (
        "did not find expected node content",
        "a value is missing in a list in brackets or an object in braces",
        "write the value, or close the brackets",
    ),
    (
        "did not find expected '-' indicator",
        "this stands in a list, but is no item of it",
        "begin the item with `- `, or indent the line as what it belongs to",
    ),
    (
        "did not find expected key",
        "a key was expected here",
        "indent the line as the keys that it belongs to, and look for quotes that are not closed above it",
    ),
    (
        "found unknown escape character",
        "a backslash in double quotes begins an escape, and this is none",
        "write `\\\\` for a backslash, or put the text in single quotes",
    ),
    (
        "could not find expected ':'",
        "this key has no colon",
        "write `key: value`, or indent the line if it goes on with the text above it",
    ),
    (
        "unknown anchor",
        "this alias has no anchor before it",
        "define it with `&name` where the value stands first, or put the text in quotes if `*` is meant to be in it",
    ),
    (
        "did not find expected alphabetic or numeric character",
        "`*` and `&` at the start of a text name an alias or an anchor, and here is no name",
        "put the text in quotes",
    ),
    ("found character that cannot start any token", "no text begins with this character", "put the text in quotes"),
    (
        "block sequence entries are not allowed",
        "an item of a list cannot stand here",
        "begin the list on a line of its own, or put the text in quotes",
    ),
    (
        "did not find expected comment or line break",
        "no text can stand behind `|` or `>`",
        "begin the text on the next line, further in",
    ),
    (
        "did not find expected <document start>",
        "the document has ended before this",
        "remove what stands here, or indent it as what it belongs to",
    ),
    ("invalid type: map, expected a string", "an object stands as a key", "put the key in quotes"),
    ("invalid type: sequence, expected a string", "a list stands as a key", "put the key in quotes"),
];

/// The parser's `message` about `text`, explained.
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
        return plain("a tab stands here, but YAML is indented with spaces alone", help, (number, column));
    }
    if message.starts_with("mapping values are not allowed") {
        let before: String = line.chars().take(column.saturating_sub(1)).collect();
        return if before.contains(": ") {
            plain("a colon and a space in a text begin another key", "put the text in quotes", position)
        } else {
            let help = "indent it as the key that it stands beside, or put the text above it in quotes";
            plain("a key cannot stand here: the line above has a value already", help, position)
        };
    }
    if let Some(start) = message.strip_prefix("found unexpected end of stream, while scanning a quoted scalar at ") {
        let help = "write the same quote behind the text";
        return plain("this quote is not closed", help, read_position(start, text).unwrap_or(position));
    }
    if let Some(rest) = message.strip_prefix("control characters are not allowed") {
        let index = rest.strip_prefix(" at position ").and_then(|index| index.parse().ok()).unwrap_or_default();
        return plain("a control character stands here", "remove it", position_of(text, index));
    }
    if message == "repetition limit exceeded" {
        let help = "write out what is meant, or refer to it with `$ref`";
        let position = largest_alias(text).map_or(position, |index| position_of(text, index));
        return plain("with what this alias stands for, the document becomes too large", help, position);
    }
    if message.starts_with("recursion limit exceeded") {
        return too_deep(position);
    }
    match PLAIN.into_iter().find(|(said, ..)| message.contains(said)) {
        // The parser notices it only behind the line, and says where it began.
        Some((said, meant, help)) if said.ends_with("':'") => {
            let start = message.rsplit_once(" at ").and_then(|(_, start)| read_position(start, text));
            plain(meant, help, start.unwrap_or(position))
        }
        Some((_, meant, help)) => plain(meant, help, position),
        None => SyntaxError { message, help: None, position },
    }
}

pub fn too_deep(position: (usize, usize)) -> SyntaxError {
    let help = "move parts of it to `components`, and refer to them with `$ref`";
    SyntaxError { message: "this lies too many levels deep".into(), help: Some(help.into()), position }
}

/// `line 3 column 10` of the parser, whose lines end at more characters than those of editors.
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
    fn each_slip_is_told_where_it_was_made() {
        for (text, message, position) in [
            ("a:\n  b: 1\n \tc: 2\n", "a tab stands here", (3, 2)),
            ("a: one: two\n", "a colon and a space in a text", (1, 7)),
            ("a: 1\n  b: 2\n", "a key cannot stand here", (2, 4)),
            ("a:\n  b: 'c\nd: 1\n", "this quote is not closed", (2, 6)),
            ("a: [1, 2\nb: 3\n", "`,` or `]` is missing", (2, 2)),
            ("a: {b: 1\nc: 3}\n", "`,` or `}` is missing", (2, 2)),
            ("a: [\n", "a value is missing", (2, 1)),
            ("- a\nb: 1\n", "this stands in a list", (2, 1)),
            ("a:\n    b: 1\n  c: 2\n", "a key was expected here", (3, 3)),
            ("a: \"\\d\"\n", "a backslash in double quotes", (1, 5)),
            ("a: 1\nb\nc: 1\n", "this key has no colon", (2, 1)),
            ("a: *b\n", "this alias has no anchor", (1, 4)),
            ("a: **b**\n", "name an alias or an anchor", (1, 5)),
            ("a: `b`\n", "no text begins with this character", (1, 4)),
            ("a: - b\n", "an item of a list cannot stand here", (1, 4)),
            ("a: > b\n", "no text can stand behind", (1, 6)),
            ("{a: 1}\nb: 2\n", "the document has ended before this", (2, 1)),
            ("{a}: 1\n", "an object stands as a key", (1, 1)),
            ("ä: 1\nb: [\u{7}]\n", "a control character stands here", (2, 5)),
            ("ä: '\u{2028}ö'\nb: c: d\n", "a colon and a space in a text", (2, 5)),
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
