use serde_json::Value;

use super::{Clock, Cursor, DEPTH, parse};
use crate::json::Cause;
use crate::json::clock::BLOCK;

/// Texts that test each rule of the grammar.
const TEXTS: [&str; 62] = [
    "",
    " ",
    "null",
    "nul",
    "nulll",
    "true",
    "tru",
    "false",
    "fals e",
    "0",
    "-0",
    "-",
    "01",
    "1.",
    "1.5",
    ".5",
    "1e",
    "1e5",
    "1E+5",
    "1e-05",
    "+1",
    "1 2",
    "0x1",
    "NaN",
    "\"\"",
    "\"a\"",
    "\"a",
    "\"\\",
    "\"\\u00e9\"",
    "\"\\u00g9\"",
    "\"\\x\"",
    "\"\t\"",
    "'a'",
    "[]",
    "[ ]",
    "[1]",
    "[1,2]",
    "[1,]",
    "[,1]",
    "[1 2]",
    "[",
    "[1",
    "[1,",
    "]",
    "[}",
    "{}",
    "{ }",
    "{\"a\":1}",
    "{\"a\":1,\"b\":[{}]}",
    "{\"a\":1,}",
    "{,}",
    "{\"a\"}",
    "{\"a\":}",
    "{\"a\" 1}",
    "{a:1}",
    "{1:1}",
    "{",
    "{\"a\":1",
    "{]",
    "[{}{}]",
    " \t\r\n[ \t\r\n1 \t\r\n] \t\r\n",
    "[]x",
];

#[test]
fn the_same_texts_are_valid_as_in_serde_json() {
    for text in TEXTS {
        let expected = serde_json::from_str::<Value>(text);
        assert_eq!(parse(text.as_bytes(), None).is_ok(), expected.is_ok(), "{text}");
        if let (Err(own), Err(theirs)) = (parse(text.as_bytes(), None), expected) {
            assert_eq!(matches!(own.cause(), Cause::End), theirs.is_eof(), "{text}: {own:?}, {theirs}");
        }
    }
}

#[test]
fn mutations_of_a_text_are_valid_only_if_they_are_in_serde_json() {
    let text = r#"{"a":[1,-2.5e+3,true,null,"\u00e9\n"],"b":{"c":[]}}"#;
    for at in 0..text.len() {
        for byte in b"{}[]\",:\\0.-eutn \x01x" {
            let mut changed = text.as_bytes().to_vec();
            changed[at] = *byte;
            let expected = serde_json::from_slice::<Value>(&changed).is_ok();
            assert_eq!(parse(&changed, None).is_ok(), expected, "{}", String::from_utf8_lossy(&changed));
        }
    }
}

#[test]
fn a_byte_order_mark_is_skipped() {
    assert!(parse("\u{feff}[1]".as_bytes(), None).is_ok());
    assert!(parse("[1]\u{feff}".as_bytes(), None).is_err());
}

#[test]
fn the_depth_is_limited() {
    let nested = |depth| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    assert!(parse(nested(DEPTH).as_bytes(), None).is_ok());
    let error = parse(nested(DEPTH + 1).as_bytes(), None).err().unwrap();
    assert!(matches!(error.cause(), Cause::Depth(DEPTH)) && error.offset() == DEPTH, "{error:?}");
    assert!(parse("[".repeat(1 << 20).as_bytes(), None).is_err());
}

#[test]
fn the_parser_stops_at_its_deadline() {
    let error = parse(b"[1]", Some(tokio::time::Instant::now())).err().unwrap();
    assert!(matches!(error.cause(), Cause::Time), "{error:?}");
}

#[test]
fn no_token_is_too_long_to_stop_at_the_deadline() {
    let clock = Clock(Some(tokio::time::Instant::now()));
    for (start, repeated) in
        [("", " "), ("\"", "a"), ("\"", r"\n"), ("\"", r"\u0041"), ("", "1"), ("-1.", "1"), ("1e", "1")]
    {
        // A string, or a number, that is valid as far as it goes.
        let text = format!("{start}{}{}", repeated.repeat(4 * BLOCK), &start[..start.len().min(1)].replace('-', ""));
        let mut cursor = Cursor::new(text.as_bytes(), clock);
        let result = match text.as_bytes()[0] {
            b' ' => cursor.peek().map(drop),
            b'"' => cursor.string().map(drop),
            first => cursor.literal(first),
        };
        let error = result.expect_err(repeated);
        assert!(matches!(error.cause(), Cause::Time), "{start}{repeated}");
        assert!(cursor.at() <= text.len() / 2, "{start}{repeated}");
    }
}
