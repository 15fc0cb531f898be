//! Paths of requests, and the operations that they lead to.

use http::Method;
use percent_encoding::percent_decode_str;

/// The path of an operation, such as `/users/{id}.json`.
#[derive(Debug)]
pub(in crate::testing) struct Template {
    segments: Vec<Vec<Part>>,
    /// What the query must contain: some documents tell operations apart by it.
    query: Vec<String>,
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
    pub fn new(path: &str) -> Self {
        let path = path.split('#').next().unwrap_or_default();
        let (path, query) = path.split_once('?').unwrap_or((path, ""));
        let query = query.split('&').filter(|pair| !pair.is_empty() && !pair.contains('{'));
        Self { segments: path.split('/').map(parts).collect(), query: query.map(ToOwned::to_owned).collect() }
    }

    /// Returns the arguments in a path, or `None` if it is another path.
    pub fn captures(&self, path: &str, query: &str) -> Option<Vec<(String, String)>> {
        let segments: Vec<&str> = path.split('/').collect();
        if segments.len() != self.segments.len()
            || !self.query.iter().all(|pair| query.split('&').any(|own| own == pair))
        {
            return None;
        }
        let mut captures = Vec::new();
        for (parts, segment) in self.segments.iter().zip(segments) {
            captures.extend(capture(parts, segment)?);
        }
        Some(captures)
    }

    /// Whether the query of the path has the name.
    pub fn has_in_query(&self, name: &str) -> bool {
        self.query.iter().any(|pair| pair.split('=').next() == Some(name))
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
        let captures = Template::new(template).captures(path, query)?;
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
    fn a_query_in_a_path_must_be_there() {
        assert!(captures("/jobs?state=open", "/jobs", "page=1&state=open").is_some());
        assert!(captures("/jobs?state=open", "/jobs", "state=closed").is_none());
        assert!(captures("/jobs?kind={kind}", "/jobs", "kind=x").is_some());
    }
}
