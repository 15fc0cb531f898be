//! Messages about JSON that cannot be decoded. They do not quote it, because it may contain personal data.

use super::decode_error::{Cause, DecodeError};

/// Describes why the text cannot be decoded, and where. `what` names the text in the message.
pub(crate) fn explain(what: &str, text: &[u8], error: &DecodeError) -> String {
    let place = || place(text, error.offset());
    let mismatch = |why: &str| format!("{what} does not match its type at `{}` ({}): {why}", error.path(), place());
    match error.cause() {
        Cause::Time => format!("{what} was not decoded within the time limit"),
        Cause::Memory(limit) => format!("{what} takes more than {limit} bytes of memory"),
        _ if text.len() < 1 << 20 && text.trim_ascii().is_empty() => format!("{what} is empty"),
        Cause::End => format!("{what} ends too early at {}", place()),
        Cause::Syntax => format!("{what} is not valid JSON at {}", place()),
        Cause::Depth(levels) => format!("{what} is nested more deeply than {levels} levels at {}", place()),
        Cause::Types(count) => format!("{what} needs more than {count} types inside of each other at {}", place()),
        Cause::Expected(expected) => mismatch(&format!("expected {expected}")),
        Cause::Other(why) => mismatch(why),
    }
}

/// Describes an offset. Beyond the first MiB, counting lines would take too long.
fn place(text: &[u8], offset: usize) -> String {
    if offset > 1 << 20 {
        return format!("byte {offset}");
    }
    let before = &text[..offset.min(text.len())];
    let line = before.split(|byte| *byte == b'\n').count();
    let column = before.iter().rev().position(|byte| *byte == b'\n').unwrap_or(before.len()) + 1;
    format!("line {line}, column {column}")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde::Deserialize;

    use crate::json::{Document, Limits};

    #[derive(Deserialize, Debug)]
    #[allow(dead_code, reason = "the test only decodes the fields")]
    struct Page {
        users: Vec<User>,
        #[serde(default)]
        map: BTreeMap<String, u8>,
        born: Option<crate::DateTime>,
    }

    #[derive(Deserialize, Debug)]
    #[allow(dead_code, reason = "the test only decodes the fields")]
    struct User {
        name: String,
        age: Option<u8>,
    }

    fn explain(body: &str) -> String {
        let error = Document::parse(body.as_bytes(), Limits::NONE)
            .and_then(|document| document.read(|root| Page::deserialize(root)))
            .unwrap_err();
        super::explain("the response body", body.as_bytes(), &error)
    }

    #[test]
    fn values_of_the_wrong_type_are_located() {
        let prefix = "the response body does not match its type at ";
        for (body, rest) in [
            (r#"{"users":[{"name":"a"},{"name":7}]}"#, "`$.users[1].name` (line 1, column 32): expected a string"),
            (
                r#"{"users":[{"name":"a\",[","age":"ada@example.com"}]}"#,
                "`$.users[0].age` (line 1, column 33): expected u8",
            ),
            (r#"{"users":[{"name":"a","age":256}]}"#, "`$.users[0].age` (line 1, column 29): expected u8"),
            (r#"{"users":[{"age":1}]}"#, "`$.users[0]` (line 1, column 11): missing field `name`"),
            ("{\n \"users\": [\n  {\"name\": [1]}]}", "`$.users[0].name` (line 3, column 12): expected a string"),
            ("{\n\"users\":[\n{\"age\":1}]}", "`$.users[0]` (line 3, column 1): missing field `name`"),
            (r#"{"users":[{"age":1,"age":2}]}"#, "`$.users[0]` (line 1, column 11): duplicate field `age`"),
            (r#"{"users":{}}"#, "`$.users` (line 1, column 10): expected a sequence"),
            (r#"{"users":[],"map":{"ada@example.com":"x"}}"#, "`$.map[…]` (line 1, column 38): expected u8"),
            (r#"{"users":[],"map":{"ada":"x"}}"#, "`$.map[…]` (line 1, column 26): expected u8"),
            (r#"{"users":[],"born":"ada"}"#, "`$.born` (line 1, column 20): expected an RFC 3339 date and time"),
            (r#""ada@example.com, expected ada""#, "`$` (line 1, column 1): expected struct Page"),
        ] {
            assert_eq!(explain(body), format!("{prefix}{rest}"), "{body}");
        }
    }

    #[test]
    fn invalid_json_is_located() {
        assert_eq!(explain(""), "the response body is empty");
        assert_eq!(explain(r#"{"users":["#), "the response body ends too early at line 1, column 11");
        assert_eq!(explain("<html>ada"), "the response body is not valid JSON at line 1, column 1");
        let deep = explain(&"[".repeat(200));
        assert_eq!(deep, "the response body is nested more deeply than 128 levels at line 1, column 129");
        let long = explain(&("\n".repeat(1 << 21) + "}"));
        assert_eq!(long, "the response body is not valid JSON at byte 2097152");
    }
}
