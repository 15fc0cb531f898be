//! What a small text can cost: depth, and aliases of aliases.

use std::collections::HashMap;

use saphyr_parser::{Event, Marker, Parser};

/// How deep `serde_yaml` goes.
const DEEPEST: usize = 128;

/// More brackets in each other than this are looked at before a text is read: the time that `serde_yaml` needs grows with
/// their square.
const BRACKETS: usize = 1_000;

/// Where a YAML text full of brackets first goes deeper than it may.
pub fn too_deep(text: &str) -> Option<(usize, usize)> {
    let mut open = 0_usize;
    text.bytes().find(|byte| {
        match byte {
            b'[' | b'{' => open += 1,
            b']' | b'}' => open = open.saturating_sub(1),
            _ => {}
        }
        open > BRACKETS
    })?;
    // They may stand in texts, too.
    let mut depth = 0_usize;
    for event in Parser::new_from_str(text) {
        match event {
            Ok((Event::SequenceStart(..) | Event::MappingStart(..), span)) => {
                depth += 1;
                if depth > DEEPEST {
                    return Some(position(span.start));
                }
            }
            Ok((Event::SequenceEnd | Event::MappingEnd, _)) => depth = depth.saturating_sub(1),
            Ok(_) => {}
            // It looks ahead, and goes no deeper itself than twice as far.
            Err(error) => return (error.info() == "recursion limit exceeded").then(|| position(*error.marker())),
        }
    }
    None
}

/// Where the alias stands that stands for the most.
pub fn largest_alias(text: &str) -> Option<(usize, usize)> {
    let mut sizes: HashMap<usize, u64> = HashMap::new();
    // The anchors and sizes of what is open, below it the whole.
    let mut open = vec![(0, 0)];
    let mut largest = None;
    for (event, span) in Parser::new_from_str(text).map_while(Result::ok) {
        let (anchor, size) = match event {
            Event::SequenceStart(anchor, _) | Event::MappingStart(anchor, _) => {
                open.push((anchor, 1));
                continue;
            }
            Event::SequenceEnd | Event::MappingEnd => open.pop()?,
            Event::Scalar(_, _, anchor, _) => (anchor, 1),
            Event::Alias(anchor) => {
                let size = sizes.get(&anchor).copied().unwrap_or_default();
                largest = largest.max(Some((size, std::cmp::Reverse(position(span.start)))));
                (0, size)
            }
            _ => continue,
        };
        sizes.insert(anchor, size);
        if let Some((_, whole)) = open.last_mut() {
            *whole = size.saturating_add(*whole);
        }
    }
    largest.map(|(_, position)| position.0)
}

fn position(marker: Marker) -> (usize, usize) {
    (marker.line(), marker.col() + 1)
}

#[cfg(test)]
mod tests {
    use super::super::load::parse;

    #[test]
    fn depth_is_refused_where_it_begins() {
        for (open, close, is_json, column) in [
            ("[", "]", false, 260),
            ("[", "", false, 260),
            ("{a: ", "}", false, 1022),
            ("{\"properties\": {\"a\": ", "}}", false, 2673),
            ("- ", "", false, 257),
            ("[", "]", true, 132),
        ] {
            let text = format!("{}1{}", open.repeat(10_000), close.repeat(10_000));
            let text = if open == "- " { text } else { format!("{{\"a\":{text}}}") };
            let error = parse(&text, is_json).unwrap_err();
            assert!(error.message.contains("too many levels deep"), "{open}: {error:?}");
            assert_eq!(error.position, (1, column), "{open}");
        }
    }

    #[test]
    fn brackets_in_texts_are_not_deep() {
        let text = format!("a: '{}'\n", "[{".repeat(10_000));
        assert_eq!(parse(&text, false).unwrap()["a"].as_str().map(str::len), Some(20_000));
    }

    #[test]
    fn the_alias_is_named_that_stands_for_the_most() {
        let lists = |(text, last): (String, usize), _| {
            let items = vec![format!("*a{last}"); 10].join(", ");
            (format!("{text}a{}: &a{} [{items}]\n", last + 1, last + 1), last + 1)
        };
        let (bomb, _) = (0..9).fold(("a0: &a0 [x]\n".to_owned(), 0), lists);
        let error = parse(&format!("{bomb}small: *a0\n"), false).unwrap_err();
        assert!(error.message.contains("the document becomes too large"), "{error:?}");
        assert_eq!(error.position, (10, 10));
    }
}
