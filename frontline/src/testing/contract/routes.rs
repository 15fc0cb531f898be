//! Paths of requests, and the operations that they lead to.

use http::Method;
use percent_encoding::percent_decode_str;

/// The path of an operation, such as `/users/{id}.json`.
#[derive(Debug)]
pub(in crate::testing) struct Template {
    segments: Vec<Vec<Part>>,
    /// The segment whose argument can have slashes.
    spanning: Option<usize>,
    /// What the query must contain: some documents tell operations apart by it.
    query: Vec<Vec<Part>>,
}

#[derive(Debug)]
enum Part {
    Text(String),
    Placeholder(String),
}

/// The operation that a request is for, and the parts of its path that are arguments, as they came.
#[derive(Debug)]
pub(in crate::testing) struct Match {
    pub operation: usize,
    pub captures: Vec<(String, String)>,
}

/// Why a request is for no operation.
#[derive(Debug)]
pub(in crate::testing) enum Mismatch {
    /// No operation has the path.
    Path,
    /// Only operations with these methods have the path.
    Method(Vec<Method>),
}

impl Template {
    /// Reads the path of an operation. The placeholders in `spanning` can have slashes in their values.
    pub fn new(path: &str, spanning: &[&str]) -> Self {
        let (path, query) = divided(path);
        let pairs = query.split('&').filter(|pair| !pair.is_empty());
        let segments: Vec<Vec<Part>> = path.split('/').map(parts).collect();
        let is_spanning = |part: &Part| matches!(part, Part::Placeholder(name) if spanning.contains(&name.as_str()));
        let spanning = segments.iter().position(|segment| segment.iter().any(is_spanning));
        Self { segments, spanning, query: pairs.map(parts).collect() }
    }

    /// Returns the arguments in a path, or `None` if it is another path.
    pub fn captures(&self, path: &str, query: &str) -> Option<Vec<(String, String)>> {
        let segments: Vec<&str> = path.split('/').collect();
        let more = segments.len().checked_sub(self.segments.len())?;
        let spanning = match self.spanning {
            Some(index) => index,
            None if more == 0 => segments.len(),
            None => return None,
        };
        let mut captures = Vec::new();
        let mut rest = segments.as_slice();
        for (index, parts) in self.segments.iter().enumerate() {
            let (own, after) = rest.split_at(if index == spanning { 1 + more } else { 1 });
            captures.extend(capture(parts, &own.join("/"))?);
            rest = after;
        }
        let mut pairs: Vec<&str> = query.split('&').collect();
        for parts in &self.query {
            let mut pairs_of = pairs.iter().enumerate();
            match pairs_of.find_map(|(index, pair)| Some((index, capture(parts, pair)?))) {
                Some((index, found)) => {
                    pairs.remove(index);
                    captures.extend(found);
                }
                // An argument can be empty.
                None if parts.iter().any(|part| matches!(part, Part::Placeholder(_))) => {}
                None => return None,
            }
        }
        Some(captures)
    }

    /// Whether the query of the path has the name.
    pub fn has_in_query(&self, name: &str) -> bool {
        let is_named = |part: &Part| matches!(part, Part::Text(text) if text.split('=').next() == Some(name));
        self.query.iter().filter_map(|pair| pair.first()).any(is_named)
    }

    /// The order of templates that have the same path: fixed segments go before placeholders, and placeholders with more
    /// text around them before others, from the left.
    pub fn specificity(&self) -> (Vec<usize>, usize) {
        let text = |parts: &Vec<Part>| {
            let lengths = parts.iter().map(|part| if let Part::Text(text) = part { Some(text.len()) } else { None });
            let is_fixed = lengths.clone().all(|length| length.is_some());
            if is_fixed { usize::MAX } else { lengths.flatten().sum() }
        };
        (self.segments.iter().map(text).collect(), self.query.len())
    }
}

/// Returns the path and the query of a path, without the fragment, which is not sent. Marks in braces do not count.
fn divided(path: &str) -> (&str, &str) {
    let end = |text: &str, mark: char| {
        let mut is_inside = false;
        text.find(|character| {
            is_inside = character == '{' || is_inside && character != '}';
            character == mark && !is_inside
        })
    };
    let sent = end(path, '#').map_or(path, |at| &path[..at]);
    end(sent, '?').map_or((sent, ""), |at| (&sent[..at], &sent[at + 1..]))
}

/// Returns the names of the placeholders in a path, and of those in its query. Of the latter, also whether they stand for a
/// parameter of the same name, as in `kind={kind}`.
pub(super) fn placeholders(path: &str) -> (Vec<String>, Vec<(bool, String)>) {
    let (path, query) = divided(path);
    let names = |text: &str| {
        let parts = parts(text).into_iter();
        parts.filter_map(|part| if let Part::Placeholder(name) = part { Some(name) } else { None }).collect::<Vec<_>>()
    };
    let is_said = |pair: &str, name: &str| pair == format!("{name}={{{name}}}");
    let in_query =
        query.split('&').flat_map(|pair| names(pair).into_iter().map(move |name| (is_said(pair, &name), name)));
    (names(path), in_query.collect())
}

fn parts(segment: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut rest = segment;
    while let Some((text, name, after)) = placeholder(rest) {
        if !text.is_empty() {
            parts.push(Part::Text(text.to_owned()));
        }
        parts.push(Part::Placeholder(name.to_owned()));
        rest = after;
    }
    if !rest.is_empty() {
        parts.push(Part::Text(rest.to_owned()));
    }
    parts
}

fn placeholder(text: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = text.split_once('{')?;
    let (name, after) = rest.split_once('}')?;
    Some((before, name, after))
}

/// Reads a segment. A placeholder takes as little as possible, but at least one character.
fn capture(parts: &[Part], segment: &str) -> Option<Vec<(String, String)>> {
    match parts {
        [] => segment.is_empty().then(Vec::new),
        [Part::Text(text), rest @ ..] => capture(rest, after(segment, text)?),
        [Part::Placeholder(name)] => (!segment.is_empty()).then(|| vec![(name.clone(), segment.to_owned())]),
        [Part::Placeholder(name), rest @ ..] => ends(segment).find_map(|end| {
            let mut captures = vec![(name.clone(), segment[..end].to_owned())];
            captures.extend(capture(rest, &segment[end..])?);
            Some(captures)
        }),
    }
}

/// Returns what follows a text in a segment. A client may encode more characters than it must.
fn after<'s>(segment: &'s str, text: &str) -> Option<&'s str> {
    let text = decoded(text);
    let end = std::iter::once(0).chain(ends(segment)).find(|end| decoded(&segment[..*end]).len() >= text.len())?;
    (decoded(&segment[..end]) == text).then(|| &segment[end..])
}

/// Returns the ends of the characters, which can be encoded.
fn ends(segment: &str) -> impl Iterator<Item = usize> {
    let mut end = 0;
    std::iter::from_fn(move || {
        let character = segment[end..].chars().next()?;
        let length = if character == '%' { 3 } else { character.len_utf8() };
        end = if segment.is_char_boundary(end + length) { end + length } else { segment.len() };
        Some(end)
    })
}

fn decoded(text: &str) -> Vec<u8> {
    percent_decode_str(text).collect()
}

#[cfg(test)]
mod tests {
    use super::Template;

    fn captures(template: &str, path: &str, query: &str) -> Option<Vec<String>> {
        let captures = Template::new(template, &["span"]).captures(path, query)?;
        Some(captures.into_iter().map(|(name, value)| format!("{name}={value}")).collect())
    }

    #[test]
    fn placeholders_capture_segments_and_parts_of_them() {
        assert_eq!(captures("/users/{id}", "/users/a%2Fb", ""), Some(vec!["id=a%2Fb".to_owned()]));
        let two = captures("/{owner}/{repo}.git/v{version}", "/ada/x.git/v1.2", "");
        assert_eq!(two.unwrap(), ["owner=ada", "repo=x", "version=1.2"]);
        assert_eq!(captures("/docs/{name}.json", "/docs/a.json.b%2f.json", "").unwrap(), ["name=a.json.b%2f"]);
        assert_eq!(captures("/ü-{x}{y}", "/%c3%BC%2D%2Fab", "").unwrap(), ["x=%2F", "y=ab"]);
        assert_eq!(captures("/ü-{x}", "/%c3%BC-", ""), None);
        assert_eq!(captures("/{x}{y}", "/%2", ""), None);
        assert_eq!(captures("/a:b/{x},{y}", "/a%3Ab/1,2", "").unwrap(), ["x=1", "y=2"]);
        for (template, path) in [("/users/{id}", "/users/"), ("/users/{id}", "/users/a/b"), ("/users", "/user")] {
            assert_eq!(captures(template, path, ""), None, "{template} {path}");
        }
    }

    #[test]
    fn an_argument_with_reserved_characters_spans_segments() {
        assert_eq!(captures("/a/{span}/meta/{id}", "/a/b/c/d/meta/e", "").unwrap(), ["span=b/c/d", "id=e"]);
        assert_eq!(captures("/a/{span}/meta", "/a/b/c", ""), None);
        assert_eq!(captures("/a/{span}/meta", "/a", ""), None);
    }

    #[test]
    fn a_query_in_a_path_must_be_there() {
        assert!(captures("/jobs?state=open", "/jobs", "page=1&state=open").is_some());
        assert!(captures("/jobs?state=open", "/jobs", "state=closed").is_none());
        assert_eq!(captures("/jobs?kind={kind}&{more}", "/jobs", "kind=x&y").unwrap(), ["kind=x", "more=y"]);
        assert_eq!(captures("/{?a}?b#{c}", "/1", "b").unwrap(), ["?a=1"]);
    }
}
