//! Parses text to a value tree: each error and each key has to have a place in the text.
#![no_main]

use frontline_fuzz::allow_caught_panics;
use frontline_fuzz::generator::text::{Marks, parse};
use libfuzzer_sys::fuzz_target;
use serde_json::Value;

fuzz_target!(init: allow_caught_panics(), |data: &[u8]| {
    let Ok(text) = str::from_utf8(data) else { return };
    let text = &text.strip_prefix('\u{feff}').unwrap_or(text).replace('\r', "\n");
    let character = |line: usize, column: usize| {
        let line = text.split('\n').nth(line.checked_sub(1)?)?;
        line.chars().map(Some).chain([None]).nth(column.checked_sub(1)?)
    };
    let marks = Marks::read(text);
    for is_json in [false, true] {
        match parse(text, is_json) {
            Ok(root) => {
                each_key(&root, &mut Vec::new(), &mut |keys| {
                    let range = marks.find(keys.iter().cloned(), true).expect("each key has a place");
                    let first = keys.last().and_then(|key| key.chars().next());
                    let found = character(range.line, range.column).expect("each place is in the text");
                    let is_plain = first.is_some_and(|first| first.is_ascii_alphanumeric());
                    let is_it = found == first || matches!(found, Some('"' | '\'' | '*' | '&' | '!' | '|' | '>'));
                    assert!(!is_plain || is_it, "{keys:?} is not at {range:?}");
                });
            }
            Err(error) => {
                let (line, column) = error.position;
                assert!(character(line, column).is_some(), "{error:?} is not in the text");
            }
        }
    }
});

fn each_key(value: &Value, keys: &mut Vec<String>, check: &mut impl FnMut(&[String])) {
    match value {
        Value::Object(entries) => {
            for (key, value) in entries {
                keys.push(key.clone());
                check(keys);
                each_key(value, keys, check);
                keys.pop();
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                keys.push(index.to_string());
                each_key(item, keys, check);
                keys.pop();
            }
        }
        _ => {}
    }
}
