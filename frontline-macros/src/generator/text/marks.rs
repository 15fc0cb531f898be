//! Finds the lines and columns of values with a parser that keeps marks. It runs only if there is a problem to show, so
//! correct documents never pay for it.

use std::collections::HashMap;
use std::collections::hash_map::Entry as MapEntry;
use std::ops;

use libyaml_safer::EventData;

use super::events::events;

/// A part of a line. `line` and `column` are 1-based; `column` and `width` count characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Range {
    pub line: usize,
    pub column: usize,
    pub width: usize,
}

impl Range {
    pub fn point(line: usize, column: usize) -> Self {
        Self { line, column, width: 1 }
    }
}

/// The value tree of a text, with the position of each key and value.
pub struct Marks {
    nodes: Vec<Node>,
    /// The start of each YAML document that is not empty.
    pub documents: Vec<Range>,
    /// The range of the first duplicate key.
    pub duplicate: Option<Range>,
}

struct Node {
    range: Range,
    content: Content,
}

enum Content {
    Scalar(String),
    /// An alias of another node, by its index.
    Alias(usize),
    List(Vec<usize>),
    Map(HashMap<String, Entry>),
}

struct Entry {
    range: Range,
    value: usize,
}

/// A list or map that is still open. In a map, `key` is the key whose value comes next.
struct Open {
    node: usize,
    key: Option<(String, Range)>,
}

impl Marks {
    pub fn read(text: &str) -> Self {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mut lines = Lines::of(text);
        let mut marks = Self { nodes: Vec::new(), documents: Vec::new(), duplicate: None };
        let (mut open, mut anchors) = (Vec::new(), HashMap::new());
        for (data, bytes) in events(text) {
            marks.event(data, lines.range(bytes), &mut open, &mut anchors);
        }
        marks
    }

    fn event(&mut self, event: EventData, range: Range, open: &mut Vec<Open>, anchors: &mut HashMap<String, usize>) {
        let (content, anchor) = match event {
            EventData::Scalar { value, anchor, .. } => (Content::Scalar(value), anchor),
            EventData::Alias { anchor } => {
                let unknown = || Content::Scalar(anchor.clone());
                (anchors.get(&anchor).map_or_else(unknown, |node| Content::Alias(*node)), None)
            }
            EventData::SequenceStart { anchor, .. } => (Content::List(Vec::new()), anchor),
            EventData::MappingStart { anchor, .. } => (Content::Map(HashMap::new()), anchor),
            EventData::SequenceEnd | EventData::MappingEnd => {
                open.pop();
                return;
            }
            _ => return,
        };
        if let Some(Open { node, key: key @ None }) = open.last_mut()
            && let Some(Content::Map(_)) = self.nodes.get(*node).map(|node| &node.content)
        {
            *key = Some((if let Content::Scalar(text) = content { text } else { String::new() }, range));
            return;
        }
        let is_container = matches!(content, Content::List(_) | Content::Map(_));
        let is_empty = matches!(&content, Content::Scalar(text) if text.is_empty());
        let node = self.nodes.len();
        self.nodes.push(Node { range, content });
        if let Some(anchor) = anchor {
            anchors.insert(anchor, node);
        }
        self.attach(node, is_empty, open);
        if is_container {
            open.push(Open { node, key: None });
        }
    }

    fn attach(&mut self, value: usize, is_empty: bool, open: &mut [Open]) {
        let Some(parent) = open.last_mut() else {
            if !is_empty && let Some(node) = self.nodes.get(value) {
                self.documents.push(node.range);
            }
            return;
        };
        match self.nodes.get_mut(parent.node).map(|node| &mut node.content) {
            Some(Content::List(items)) => items.push(value),
            Some(Content::Map(entries)) => {
                let (key, range) = parent.key.take().unwrap_or_else(|| (String::new(), Range::point(1, 1)));
                match entries.entry(key) {
                    MapEntry::Vacant(free) => _ = free.insert(Entry { range, value }),
                    MapEntry::Occupied(_) => _ = self.duplicate.get_or_insert(range),
                }
            }
            _ => {}
        }
    }

    /// Returns the range of the scalar at `keys`. For a list or a map, or if `of_key` is `true`, returns the range of
    /// its key.
    ///
    /// Keys that the text does not contain are skipped, because a reader may have wrapped the value. The result is then
    /// the range of the innermost value that the text contains.
    pub fn find(&self, keys: impl Iterator<Item = String>, of_key: bool) -> Option<Range> {
        let mut node = self.nodes.first()?;
        let mut range = node.range;
        for key in keys {
            let Some((key_range, value)) = self.child(node, &key) else { continue };
            node = value;
            range = match key_range {
                Some(key_range) if of_key || !matches!(node.content, Content::Scalar(_) | Content::Alias(_)) => {
                    key_range
                }
                _ => node.range,
            };
        }
        Some(range)
    }

    /// Returns the scalar at `keys` as it is written.
    pub fn scalar(&self, keys: impl Iterator<Item = String>) -> Option<&str> {
        let mut node = self.nodes.first()?;
        for key in keys {
            (_, node) = self.child(node, &key)?;
        }
        if let Content::Alias(target) = &node.content {
            node = self.nodes.get(*target)?;
        }
        let Content::Scalar(text) = &node.content else { return None };
        Some(text)
    }

    fn child<'a>(&'a self, node: &'a Node, key: &str) -> Option<(Option<Range>, &'a Node)> {
        match &node.content {
            Content::Scalar(_) => None,
            Content::Alias(target) => self.child(self.nodes.get(*target)?, key),
            Content::List(items) => Some((None, self.nodes.get(*items.get(key.parse::<usize>().ok()?)?)?)),
            Content::Map(entries) => match entries.get(key) {
                Some(entry) => Some((Some(entry.range), self.nodes.get(entry.value)?)),
                None => self.merged(self.nodes.get(entries.get("<<")?.value)?, key),
            },
        }
    }

    fn merged<'a>(&'a self, merge: &'a Node, key: &str) -> Option<(Option<Range>, &'a Node)> {
        match &merge.content {
            Content::List(items) => items.iter().find_map(|item| self.child(self.nodes.get(*item)?, key)),
            _ => self.child(merge, key),
        }
    }
}

/// The byte index at which each line of a text begins. The parser ends lines at more characters than editors do, so
/// only its byte indices are usable.
struct Lines<'a> {
    text: &'a str,
    starts: Vec<usize>,
    /// The byte index and the column of the last range. Columns are counted from there: a document of one long line
    /// would otherwise take a time that grows with the square of its length.
    last: (usize, usize),
}

impl<'a> Lines<'a> {
    fn of(text: &'a str) -> Self {
        let starts = text.match_indices('\n').map(|(index, _)| index + 1);
        Self { text, starts: std::iter::once(0).chain(starts).collect(), last: (0, 0) }
    }

    /// Converts a range of bytes. If it spans several lines, the width is `usize::MAX`, which `report` limits to the
    /// first line.
    fn range(&mut self, bytes: ops::Range<usize>) -> Range {
        let ops::Range { start, end } = bytes;
        let line = self.starts.partition_point(|begin| *begin <= start);
        let begin = line.checked_sub(1).and_then(|line| self.starts.get(line)).copied().unwrap_or_default();
        let count = |from: usize, to: usize| self.text.get(from..to).unwrap_or_default().chars().count();
        let is_one_line = self.starts.get(line).is_none_or(|next| end < *next);
        let width = if is_one_line { count(start, end).max(1) } else { usize::MAX };
        let (from, before) = if (begin..=start).contains(&self.last.0) { self.last } else { (begin, 0) };
        let before = before + count(from, start);
        self.last = (start, before);
        Range { line, column: before + 1, width }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn find(text: &str, keys: &[&str], of_key: bool) -> (usize, usize, usize) {
        let range = Marks::read(text).find(keys.iter().map(ToString::to_string), of_key).unwrap();
        (range.line, range.column, range.width)
    }

    #[test]
    fn positions_in_a_long_line_are_found_in_linear_time() {
        let count = 200_000;
        let items: Vec<String> = (0..count).map(|index| format!("{{\"ü\":{index}}}")).collect();
        let text = format!("[{}]", items.join(","));
        let started = std::time::Instant::now();
        let last = (count - 1).to_string();
        let column = text.chars().count() - last.len() - 1;
        assert_eq!(find(&text, &[&last, "ü"], false), (1, column, last.len()));
        // If each column is counted from the start of the line, this takes half a minute.
        assert!(started.elapsed().as_secs() < 10);
    }

    #[test]
    fn scalars_keys_and_items_are_found() {
        let text = "a:\n  b: word\n  c:\n    - x\n    - yy: 1\n";
        assert_eq!(find(text, &["a", "b"], false), (2, 6, 4));
        assert_eq!(find(text, &["a", "b"], true), (2, 3, 1));
        assert_eq!(find(text, &["a", "c"], false), (3, 3, 1));
        assert_eq!(find(text, &["a", "c", "0"], false), (4, 7, 1));
        assert_eq!(find(text, &["a", "c", "1", "yy"], true), (5, 7, 2));
    }

    #[test]
    fn columns_in_json_count_characters() {
        assert_eq!(find("{\n\t\"ü\": {\"ñ\": \"ö\"}\n}", &["ü", "ñ"], false), (2, 13, 3));
        assert_eq!(find("\u{feff}{\"a\": true}", &["a"], false), (1, 7, 4));
    }

    #[test]
    fn json_keys_with_surrogate_pairs_are_found() {
        assert_eq!(find("{\"\\ud83D\\uDE00\": {\"b\": 1}}", &["\u{1f600}", "b"], false), (1, 24, 1));
    }

    #[test]
    fn json_keys_that_are_too_long_for_yaml_are_found() {
        let (key, text) = ("x".repeat(2_000), "{\n\"KEY\": {\"a\" : [-1,true]}, \"b\":\n\t2}");
        let text = text.replace("KEY", &key);
        assert_eq!(find(&text, &[&key, "a", "1"], false), (2, 2_016, 4));
        assert_eq!(find(&text, &["b"], false), (3, 2, 1));
    }

    #[test]
    fn yaml_that_only_lenient_parsers_accept_is_read() {
        assert_eq!(find("a:\n    b: {\n  c: 1\n  }\nd: 1\n", &["d"], false), (5, 4, 1));
        assert_eq!(find("a: 'x\ny'\nb: '\u{2028}' \nd: 1\n", &["d"], false), (4, 4, 1));
    }

    #[test]
    fn values_before_a_syntax_error_are_found() {
        for text in
            ["a: 1\nb: |\n  c", "a: 1\nb: >-", "a: 1\nb: \"\\", "a: 1\nb: 'c", "a: 1\nb: !", "a: 1\n? ", "a: 1\n%"]
        {
            assert_eq!(find(text, &["a"], false), (1, 4, 1), "{text:?}");
        }
    }

    #[test]
    fn carriage_returns_do_not_shift_positions() {
        assert_eq!(find("a: 1\r\nb: 2\r\n", &["b"], false), (2, 4, 1));
    }

    #[test]
    fn aliases_and_merge_keys_lead_to_the_anchor() {
        let text = "base: &base\n  x: 1\nalias: *base\nmerged:\n  <<: *base\n  y: 2\n";
        assert_eq!(find(text, &["alias", "x"], false), (2, 6, 1));
        assert_eq!(find(text, &["merged", "x"], false), (2, 6, 1));
    }

    #[test]
    fn missing_keys_are_skipped() {
        assert_eq!(find("a:\n  $ref: x\n", &["a", "allOf", "0", "$ref"], false), (2, 9, 1));
    }

    #[test]
    fn nonempty_yaml_documents_are_counted() {
        let marks = Marks::read("---\na: 1\n---\nb: 2\n");
        assert_eq!(marks.documents.len(), 2);
        assert_eq!(marks.documents[1].line, 4);
    }
}
