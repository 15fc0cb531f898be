//! Paths that contain a query, which is sent, or a fragment, which only distinguishes operations.

use crate::generator::model::{Location, Parameter, placeholders};
use crate::generator::problems::{Place, Problem};
use crate::generator::resolve::resolver::Resolver;

impl Resolver<'_> {
    /// Warns about a query or a fragment in the path whose key is at `place`. OpenAPI allows neither.
    pub(super) fn tell_path(&mut self, path: &str, place: &Place) {
        if path.rsplit_once('{').is_some_and(|(_, rest)| !rest.contains('}')) {
            let problem = Problem::key(place, format!("`{{` in the path `{path}` is not closed"));
            self.errors.spare(problem.help("write `}` after the name of the parameter"), "it is sent as it is written");
            return;
        }
        let (sent, fragment) = split(path, '#');
        let (_, query) = split(sent, '?');
        let what = match (query, fragment) {
            (None, None) => return,
            (Some(_), None) => "a query",
            (None, Some(_)) => "a fragment",
            (Some(_), Some(_)) => "a query and a fragment",
        };
        let message = format!("the path `{path}` contains {what}, which OpenAPI does not allow; `{sent}` is sent");
        let problem = Problem::key(place, message);
        self.errors.warn(match query {
            Some(_) => problem.help("declare the query as parameters with `in: query`"),
            None => problem,
        });
    }
}

/// Returns the part of a path that is sent, which ends before the fragment (RFC 3986, section 3.5).
///
/// Query parameters whose names are placeholders in the path's query become path parameters. The exception is
/// `kind={kind}`, which is removed, because the query parameter `kind` already says the same.
pub(super) fn template(path: &str, parameters: &mut [Parameter]) -> String {
    let (sent, _) = split(path, '#');
    let (path, Some(query)) = split(sent, '?') else { return sent.to_owned() };
    let of = |location| {
        let names = parameters.iter().filter(move |known| known.location == location).map(|known| &known.name.wire);
        names.cloned().collect::<Vec<String>>()
    };
    let (in_path, in_query) = (of(Location::Path), of(Location::Query));
    let is_said = |pair: &str| in_query.iter().any(|name| format!("{name}={{{name}}}") == pair);
    let query = query.split('&').filter(|pair| !is_said(pair)).collect::<Vec<_>>().join("&");
    let named = placeholders(&query);
    for parameter in parameters.iter_mut().filter(|parameter| parameter.location == Location::Query) {
        let wire = &parameter.name.wire;
        if named.contains(&wire.as_str()) && !in_path.contains(wire) {
            parameter.location = Location::Path;
            parameter.is_required = true;
        }
    }
    if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
}

/// Splits a path at the first `mark` outside of braces.
fn split(path: &str, mark: char) -> (&str, Option<&str>) {
    let mut is_inside = false;
    let at = path.find(|character| {
        is_inside = character == '{' || is_inside && character != '}';
        character == mark && !is_inside
    });
    match at {
        Some(at) => (&path[..at], Some(&path[at + mark.len_utf8()..])),
        None => (path, None),
    }
}

/// Returns whether the text in braces can be the name of a parameter, rather than a different use of braces.
pub(super) fn is_word(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|character| character.is_alphanumeric() || "_-.".contains(character))
}
