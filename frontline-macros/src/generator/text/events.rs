//! The parser events of a text, each with its range of bytes.
//!
//! YAML is parsed with libyaml-safer, which accepts the same texts as `serde_yaml` because both are ports of libyaml.
//! JSON has a small parser of its own, because libyaml rejects some JSON, such as long keys.

use std::io::Read;
use std::iter;
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};

use libyaml_safer::{EventData, MappingStyle, Parser, ScalarStyle, SequenceStyle};
use serde::de::IgnoredAny;

/// Returns the events of a text up to its first syntax error.
pub fn events(text: &str) -> Vec<(EventData, Range<usize>)> {
    if serde_json::from_str::<IgnoredAny>(text).is_ok() { json(text) } else { yaml(text).collect() }
}

pub fn yaml(text: &str) -> impl Iterator<Item = (EventData, Range<usize>)> {
    let mut parser = Parser::new();
    // The parser requires a line feed at the end.
    parser.set_input(text.as_bytes().chain(&b"\n"[..]));
    let index = |index: u64| usize::try_from(index).unwrap_or_default();
    // The parser panics at a few texts, such as `[!!str, a]`. The events before that are still useful.
    let next = move || catch_unwind(AssertUnwindSafe(|| parser.next())).ok().flatten()?.ok();
    iter::from_fn(next).map(move |event| (event.data, index(event.start_mark.index)..index(event.end_mark.index)))
}

/// Returns the events of a valid JSON text.
fn json(text: &str) -> Vec<(EventData, Range<usize>)> {
    let mut events = Vec::new();
    let mut start = 0;
    while let Some(rest) = text.get(start..).filter(|rest| !rest.is_empty()) {
        let length = match rest.as_bytes().first() {
            Some(b'"') => string(rest),
            Some(b'{' | b'}' | b'[' | b']' | b',' | b':') => 1,
            Some(byte) if byte.is_ascii_whitespace() => 1,
            _ => rest.find([',', '}', ']', ' ', '\t', '\r', '\n']).unwrap_or(rest.len()),
        };
        let token = rest.get(..length).unwrap_or_default();
        if let Some(data) = json_event(token) {
            events.push((data, start..start + length));
        }
        start += length;
    }
    events
}

/// Returns the length of the JSON string at the start of `text`, including its quotes.
fn string(text: &str) -> usize {
    let mut is_escaped = false;
    let end = text.bytes().skip(1).position(|byte| {
        let is_end = byte == b'"' && !is_escaped;
        is_escaped = byte == b'\\' && !is_escaped;
        is_end
    });
    end.map_or(text.len(), |end| end + 2)
}

fn json_event(token: &str) -> Option<EventData> {
    Some(match token.as_bytes().first()? {
        b'{' => EventData::MappingStart { anchor: None, tag: None, implicit: true, style: MappingStyle::Flow },
        b'[' => EventData::SequenceStart { anchor: None, tag: None, implicit: true, style: SequenceStyle::Flow },
        b'}' => EventData::MappingEnd,
        b']' => EventData::SequenceEnd,
        b',' | b':' | b' ' | b'\t' | b'\r' | b'\n' => return None,
        _ => EventData::Scalar {
            anchor: None,
            tag: None,
            value: serde_json::from_str(token).unwrap_or_else(|_| token.to_owned()),
            plain_implicit: true,
            quoted_implicit: true,
            style: ScalarStyle::Any,
        },
    })
}
