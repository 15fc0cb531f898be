//! Messages about JSON that cannot be decoded. They do not quote it, because it may contain personal data.

use serde_json::error::Category;

/// Describes where the body differs from its type, and what was expected there. `what` names the body in the message.
pub(crate) fn explain(what: &str, body: &[u8], error: &serde_json::Error) -> String {
    let (line, column) = (error.line(), error.column());
    let place = format!("line {line}, column {column}");
    match error.classify() {
        _ if body.is_empty() => format!("{what} is empty"),
        Category::Eof => format!("{what} ends too early at {place}"),
        Category::Io | Category::Syntax => format!("{what} is not valid JSON at {place}"),
        Category::Data => {
            let path = path(read(body, line, column));
            let expected = expectation(&error.to_string()).unwrap_or_default();
            format!("{what} does not match its type at `{path}` ({place}){expected}")
        }
    }
}

/// Returns the part of serde's message that describes the type. The other part may quote the body.
fn expectation(message: &str) -> Option<String> {
    let (message, _position) = message.rsplit_once(" at line ")?;
    if message.starts_with("missing field `") || message.starts_with("duplicate field `") {
        return Some(format!(": {message}"));
    }
    let quotes = ["invalid type: ", "invalid value: ", "invalid length "];
    let (_, expected) =
        message.rsplit_once(", expected ").filter(|_| quotes.iter().any(|start| message.starts_with(start)))?;
    Some(format!(": expected {expected}"))
}

/// Returns the part of the body that the parser had read when it stopped at `line` and `column`.
fn read(body: &[u8], line: usize, column: usize) -> &[u8] {
    let mut line_starts =
        (0..1).chain(body.iter().enumerate().filter(|(_, byte)| **byte == b'\n').map(|(at, _)| at + 1));
    let start = line_starts.nth(line.saturating_sub(1)).unwrap_or(body.len());
    &body[..body.len().min(start + column)]
}

enum Frame<'a> {
    Object(Option<&'a [u8]>),
    Array(usize),
}

/// Returns the JSON path of the value at the end of the text, such as `$.users[3].state`.
fn path(read: &[u8]) -> String {
    let mut frames = Vec::new();
    let mut rest = read;
    while let Some((byte, tail)) = rest.split_first() {
        rest = tail;
        match (byte, frames.last_mut()) {
            (b'{', _) => frames.push(Frame::Object(None)),
            (b'[', _) => frames.push(Frame::Array(0)),
            (b'}' | b']', _) => drop(frames.pop()),
            (b',', Some(Frame::Object(key))) => *key = None,
            (b',', Some(Frame::Array(index))) => *index += 1,
            (b'"', frame) => {
                let (text, tail) = string(rest);
                rest = tail;
                if let Some(Frame::Object(key @ None)) = frame {
                    *key = Some(text);
                }
            }
            _ => {}
        }
    }
    frames.iter().fold("$".to_owned(), |path, frame| match frame {
        Frame::Object(None) => path,
        Frame::Object(Some(key)) => path + &shown(key),
        Frame::Array(index) => format!("{path}[{index}]"),
    })
}

/// Splits the text at the closing quote, or returns all of it if no quote closes the string.
fn string(text: &[u8]) -> (&[u8], &[u8]) {
    let mut escaped = false;
    let end = text.iter().position(|byte| {
        let closes = *byte == b'"' && !escaped;
        escaped = *byte == b'\\' && !escaped;
        closes
    });
    match end {
        Some(end) => (&text[..end], &text[end + 1..]),
        None => (text, &[]),
    }
}

/// Hides keys that do not look like property names: the keys of maps may be personal data, such as e-mail addresses.
fn shown(key: &[u8]) -> String {
    let is_name = key.first().is_some_and(|byte| byte.is_ascii_alphabetic() || *byte == b'_')
        && key.iter().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'));
    match std::str::from_utf8(key) {
        Ok(key) if is_name => format!(".{key}"),
        _ => "[…]".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde::Deserialize;

    #[derive(Deserialize, Debug)]
    #[allow(dead_code, reason = "the test only decodes the fields")]
    struct Page {
        users: Vec<User>,
        #[serde(default)]
        map: BTreeMap<String, u8>,
    }

    #[derive(Deserialize, Debug)]
    #[allow(dead_code, reason = "the test only decodes the fields")]
    struct User {
        name: String,
        age: Option<u8>,
    }

    fn explain(body: &str) -> String {
        super::explain("the response body", body.as_bytes(), &serde_json::from_str::<Page>(body).unwrap_err())
    }

    #[test]
    fn values_of_the_wrong_type_are_located() {
        let prefix = "the response body does not match its type at ";
        for (body, rest) in [
            (r#"{"users":[{"name":"a"},{"name":7}]}"#, "`$.users[1].name` (line 1, column 32): expected a string"),
            (
                r#"{"users":[{"name":"a\",[","age":"ada@example.com"}]}"#,
                "`$.users[0].age` (line 1, column 49): expected u8",
            ),
            (r#"{"users":[{"name":"a","age":256}]}"#, "`$.users[0].age` (line 1, column 31): expected u8"),
            (r#"{"users":[{"age":1}]}"#, "`$.users[0]` (line 1, column 19): missing field `name`"),
            ("{\n \"users\": [\n  {\"name\": [1]}]}", "`$.users[0].name` (line 3, column 11): expected a string"),
            ("{\n\"users\":[\n{\"age\":1}]}", "`$.users[0]` (line 3, column 9): missing field `name`"),
            (r#"{"users":[{"age":1,"age":2}]}"#, "`$.users[0].age` (line 1, column 24): duplicate field `age`"),
            (r#"{"users":{}}"#, "`$.users` (line 1, column 9): expected a sequence"),
            (r#"{"users":[],"map":{"ada@example.com":"x"}}"#, "`$.map[…]` (line 1, column 40): expected u8"),
            (r#"{"users":[],"map":{"_1-a":"x"}}"#, "`$.map._1-a` (line 1, column 29): expected u8"),
            (r#"{"users":[],"map":{"1a":"x"}}"#, "`$.map[…]` (line 1, column 27): expected u8"),
            (r#""ada@example.com, expected ada""#, "`$` (line 1, column 31): expected struct Page"),
        ] {
            assert_eq!(explain(body), format!("{prefix}{rest}"), "{body}");
        }
    }

    #[test]
    fn invalid_json_is_located() {
        assert_eq!(explain(""), "the response body is empty");
        assert_eq!(explain(r#"{"users":["#), "the response body ends too early at line 1, column 10");
        assert_eq!(explain("<html>ada"), "the response body is not valid JSON at line 1, column 1");
    }

    #[test]
    fn messages_that_may_quote_the_body_are_not_used() {
        assert_eq!(super::expectation("unknown variant `ada`, expected `b` at line 1 column 2"), None);
        assert_eq!(super::expectation("ada is not a date at line 1 column 2"), None);
        assert_eq!(super::expectation("invalid type: string \"ada\", expected u8"), None);
    }
}
