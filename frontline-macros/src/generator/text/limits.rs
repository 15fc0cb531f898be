//! Limits for small texts that are expensive to read: deep nesting, and aliases of aliases.

use std::cmp::Reverse;
use std::collections::HashMap;

use libyaml_safer::EventData;

use super::events::yaml;

/// The nesting limit of `serde_yaml`.
const DEEPEST: usize = 128;

/// Texts with more nested brackets are checked before they are read, because the time that `serde_yaml` needs grows
/// with the square of the depth.
const BRACKETS: usize = 1_000;

/// Returns the byte index at which a YAML text with many brackets exceeds the nesting limit.
pub fn too_deep(text: &str) -> Option<usize> {
    let mut open = 0_usize;
    text.bytes().find(|byte| {
        match byte {
            b'[' | b'{' => open += 1,
            b']' | b'}' => open = open.saturating_sub(1),
            _ => {}
        }
        open > BRACKETS
    })?;
    // The brackets may be part of strings.
    let mut depth = 0_usize;
    let deep = yaml(text).find(|(data, _)| {
        match data {
            EventData::SequenceStart { .. } | EventData::MappingStart { .. } => depth += 1,
            EventData::SequenceEnd | EventData::MappingEnd => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth > DEEPEST
    });
    deep.map(|(_, bytes)| bytes.start)
}

/// Returns the byte index of an alias inside of the value that has its anchor.
pub fn circular_alias(text: &str) -> Option<usize> {
    let mut open = Vec::new();
    yaml(text).find_map(|(data, bytes)| {
        match data {
            EventData::SequenceStart { anchor, .. } | EventData::MappingStart { anchor, .. } => open.push(anchor),
            EventData::SequenceEnd | EventData::MappingEnd => _ = open.pop(),
            EventData::Alias { anchor } if open.contains(&Some(anchor.clone())) => return Some(bytes.start),
            _ => {}
        }
        None
    })
}

/// Returns the byte index of the alias with the largest value.
pub fn largest_alias(text: &str) -> Option<usize> {
    let mut sizes: HashMap<String, u64> = HashMap::new();
    // The anchors and sizes of open lists and objects. The first item is the text as a whole.
    let mut open = vec![(None, 0)];
    let mut largest = None;
    for (data, bytes) in yaml(text) {
        let (anchor, size) = match data {
            EventData::SequenceStart { anchor, .. } | EventData::MappingStart { anchor, .. } => {
                open.push((anchor, 1));
                continue;
            }
            EventData::SequenceEnd | EventData::MappingEnd => open.pop()?,
            EventData::Scalar { anchor, .. } => (anchor, 1),
            EventData::Alias { anchor } => {
                let size = sizes.get(&anchor).copied().unwrap_or_default();
                largest = largest.max(Some((size, Reverse(bytes.start))));
                (None, size)
            }
            _ => continue,
        };
        if let Some(anchor) = anchor {
            sizes.insert(anchor, size);
        }
        if let Some((_, whole)) = open.last_mut() {
            *whole = size.saturating_add(*whole);
        }
    }
    largest.map(|(_, Reverse(index))| index)
}

#[cfg(test)]
mod tests {
    use super::super::parse::parse;

    #[test]
    fn deep_nesting_is_reported_where_the_limit_is_exceeded() {
        for (open, close, is_json, column) in [
            ("[", "]", false, 133),
            ("[", "", false, 133),
            ("{a: ", "}", false, 514),
            ("{\"properties\": {\"a\": ", "}}", false, 1344),
            ("- ", "", false, 257),
            ("[", "]", true, 132),
        ] {
            let text = format!("{}1{}", open.repeat(10_000), close.repeat(10_000));
            let text = if open == "- " { text } else { format!("{{\"a\":{text}}}") };
            let error = parse(&text, is_json).unwrap_err();
            assert!(error.message.contains("nested too deeply"), "{open}: {error:?}");
            assert_eq!(error.position, (1, column), "{open}");
        }
    }

    #[test]
    fn brackets_in_strings_are_not_nesting() {
        let text = format!("a: '{}'\n", "[{".repeat(10_000));
        assert_eq!(parse(&text, false).unwrap()["a"].as_str().map(str::len), Some(20_000));
    }

    #[test]
    fn the_largest_alias_is_reported() {
        let lists = |(text, last): (String, usize), _| {
            let items = vec![format!("*a{last}"); 10].join(", ");
            (format!("{text}a{}: &a{} [{items}]\n", last + 1, last + 1), last + 1)
        };
        let (bomb, _) = (0..9).fold(("a0: &a0 [x]\n".to_owned(), 0), lists);
        let error = parse(&format!("{bomb}small: *a0\n"), false).unwrap_err();
        assert!(error.message.contains("makes the document too large"), "{error:?}");
        assert_eq!(error.position, (10, 10));
    }
}
