//! Operations: their parameters, bodies and responses.

use http::Method;
use serde_json::{Map, Value};

use super::location::Location;
use super::references::{Linked, References, escape};
use super::routes::{Template, placeholders};
use super::security::{self, Scheme};

/// An operation that the macro has expanded: its id, and a pointer such as `/0/paths/~1users/get`, which leads through
/// references.
pub(super) type Named = (&'static str, &'static str);

/// An operation of the document.
pub(in crate::testing) struct Operation {
    /// Its id.
    pub name: &'static str,
    pub method: Method,
    pub templates: Vec<Template>,
    pub parameters: Vec<Parameter>,
    pub body: Option<Body>,
    /// Alternatives, each of which is a list of schemes to combine.
    pub security: Vec<Vec<Scheme>>,
    pub responses: Vec<Answer>,
}

/// A parameter outside of the body.
pub(in crate::testing) struct Parameter {
    pub name: String,
    pub location: Location,
    pub style: Style,
    pub explode: bool,
    pub is_required: bool,
    /// Whether reserved characters are not encoded: a path parameter can have slashes.
    pub is_reserved: bool,
    /// The pointer of its schema, or an empty text if it has none.
    pub schema: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::testing) enum Style {
    Simple,
    Label,
    Matrix,
    Form,
    SpaceDelimited,
    PipeDelimited,
    DeepObject,
    /// The parameter has a media type instead of a style.
    Json,
    Text,
}

pub(in crate::testing) struct Body {
    pub is_required: bool,
    pub contents: Vec<Content>,
}

/// A media type, and the pointer of its object.
#[derive(Clone)]
pub(in crate::testing) struct Content {
    pub media: String,
    pub pointer: String,
}

/// A response: a status such as `200`, `2XX` or `default`, the pointer of its object, and its media types.
#[derive(Clone)]
pub(in crate::testing) struct Answer {
    pub status: String,
    pub pointer: String,
    pub contents: Vec<Content>,
}

impl Answer {
    /// Whether it describes responses with this status.
    pub fn is_for(&self, status: u16) -> bool {
        let class = format!("{}XX", status / 100);
        self.status == status.to_string() || self.status.eq_ignore_ascii_case(&class)
    }

    /// Returns its media types.
    pub fn media(&self) -> impl Iterator<Item = &String> {
        self.contents.iter().map(|content| &content.media)
    }
}

pub(super) struct Reader<'a>(pub &'a Linked);

impl Reader<'_> {
    pub fn operation(&self, (name, pointer): Named) -> Operation {
        let (path, method) = pointer.rsplit_once('/').unwrap_or_default();
        let key = path.rsplit('/').next().unwrap_or_default();
        let paths = self.0.behind("/0/paths").unwrap_or_default();
        let item = self.0.behind(&format!("{paths}/{key}")).unwrap_or_default();
        let own = self.0.behind(&format!("{item}/{method}")).unwrap_or_default();
        let path = key.replace("~1", "/").replace("~0", "~");
        let parameters = in_path(self.parameters(&own, &item), &path);
        let spanning =
            parameters.iter().filter(|parameter| parameter.is_reserved && parameter.location == Location::Path);
        let spanning: Vec<&str> = spanning.map(|parameter| parameter.name.as_str()).collect();
        let prefixes = self.prefixes(&[&own, &item, "/0"]);
        let templates = prefixes.iter().map(|prefix| Template::new(&format!("{prefix}{path}"), &spanning)).collect();
        Operation {
            name,
            method: method.to_ascii_uppercase().parse().unwrap_or_default(),
            templates,
            parameters,
            body: self.body(&format!("{own}/requestBody")),
            security: security::read(self.0, &own),
            responses: self.responses(&format!("{own}/responses")),
        }
    }

    /// Returns the paths of the servers at the pointers, and an empty one: a client can have another base URL.
    fn prefixes(&self, places: &[&str]) -> Vec<String> {
        let servers = places.iter().filter_map(|place| self.0.at(&format!("{place}/servers"))?.as_array());
        let urls = servers.flatten().filter_map(|server| server.get("url")?.as_str());
        let paths = urls.map(|url| {
            let path = url.split_once("://").map_or(url, |(_, rest)| rest.split_once('/').map_or("", |(_, path)| path));
            let path = path.trim_matches('/');
            if path.is_empty() { String::new() } else { format!("/{path}") }
        });
        let mut paths: Vec<String> = std::iter::once(String::new()).chain(paths).collect();
        paths.sort();
        paths.dedup();
        paths
    }

    /// Returns the parameters of an operation, and those of its path that it does not override.
    fn parameters(&self, operation: &str, item: &str) -> Vec<Parameter> {
        let mut parameters: Vec<Parameter> = Vec::new();
        for owner in [operation, item] {
            for pointer in self.items(&format!("{owner}/parameters")) {
                let Some(parameter) = self.parameter(&pointer) else { continue };
                let is_known = |known: &Parameter| known.name == parameter.name && known.location == parameter.location;
                if !parameters.iter().any(is_known) {
                    parameters.push(parameter);
                }
            }
        }
        parameters
    }

    fn parameter(&self, pointer: &str) -> Option<Parameter> {
        let at = self.0.behind(pointer)?;
        let object = self.0.at(&at)?;
        let text = |key: &str| object.get(key).and_then(Value::as_str);
        let location = match text("in")? {
            "path" => Location::Path,
            "query" => Location::Query,
            "header" => Location::Header,
            _ => Location::Cookie,
        };
        let content = object.get("content").and_then(Value::as_object).and_then(|content| content.keys().next());
        let (style, schema) = match content {
            Some(media) => {
                let style = if is_json(media) { Style::Json } else { Style::Text };
                (style, format!("{at}/content/{}/schema", escape(media)))
            }
            None => (style(text("style"), location), format!("{at}/schema")),
        };
        Some(Parameter {
            name: text("name")?.to_owned(),
            location,
            style,
            explode: object.get("explode").and_then(Value::as_bool).unwrap_or(style == Style::Form),
            is_required: location == Location::Path || object.get("required") == Some(&Value::Bool(true)),
            is_reserved: object.get("allowReserved") == Some(&Value::Bool(true)),
            schema,
        })
        .filter(|parameter| !parameter.is_ignored())
    }

    fn body(&self, pointer: &str) -> Option<Body> {
        let at = self.0.behind(pointer)?;
        let is_required = self.0.at(&at)?.get("required") == Some(&Value::Bool(true));
        Some(Body { is_required, contents: self.contents(&at) })
    }

    fn responses(&self, pointer: &str) -> Vec<Answer> {
        let Some(at) = self.0.behind(pointer) else { return Vec::new() };
        let answers = self.keys(&at).into_iter().filter_map(|status| {
            let pointer = self.0.behind(&format!("{at}/{}", escape(&status)))?;
            let contents = self.contents(&pointer);
            Some(Answer { status, pointer, contents })
        });
        answers.collect()
    }

    /// Returns the media types of a body or response.
    fn contents(&self, at: &str) -> Vec<Content> {
        let Some(at) = self.0.behind(&format!("{at}/content")) else { return Vec::new() };
        let contents = self.keys(&at).into_iter().filter_map(|media| {
            let pointer = self.0.behind(&format!("{at}/{}", escape(&media)))?;
            Some(Content { media, pointer })
        });
        contents.collect()
    }

    fn keys(&self, pointer: &str) -> Vec<String> {
        let object = self.0.at(pointer).and_then(Value::as_object);
        object.into_iter().flat_map(Map::keys).filter(|key| !key.starts_with("x-")).cloned().collect()
    }

    fn items(&self, pointer: &str) -> Vec<String> {
        let count = self.0.at(pointer).and_then(Value::as_array).map_or(0, Vec::len);
        (0..count).map(|index| format!("{pointer}/{index}")).collect()
    }
}

/// Corrects the parameters by the placeholders of the path. Those in its query are sent in their place, unless a parameter
/// says the same as `kind={kind}`. What nothing declares is text.
fn in_path(mut parameters: Vec<Parameter>, path: &str) -> Vec<Parameter> {
    let (path, query) = placeholders(path);
    let is_named = |name: &String| path.contains(name) || query.iter().any(|(_, known)| known == name);
    parameters.retain(|parameter| parameter.location != Location::Path || is_named(&parameter.name));
    for (is_said, name) in path.iter().map(|name| (false, name)).chain(query.iter().map(|(said, name)| (*said, name))) {
        let is_declared = |known: &Parameter| known.name == *name && known.location == Location::Path;
        if parameters.iter().any(is_declared) {
            continue;
        }
        let is_query = |known: &&mut Parameter| known.name == *name && known.location == Location::Query;
        match parameters.iter_mut().find(is_query).filter(|_| !path.contains(name)) {
            Some(_) if is_said => {}
            Some(known) => (known.location, known.is_required) = (Location::Path, true),
            None => parameters.push(Parameter::undeclared(name)),
        }
    }
    parameters
}

impl Parameter {
    fn undeclared(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            location: Location::Path,
            style: Style::Text,
            explode: false,
            is_required: true,
            is_reserved: false,
            schema: String::new(),
        }
    }

    /// Whether the key of a pair in the query belongs to the parameter.
    pub fn has(&self, key: &str) -> bool {
        let rest = key.strip_prefix(&self.name);
        rest.is_some_and(|rest| rest.is_empty() || self.style == Style::DeepObject && rest.starts_with('['))
    }

    /// OpenAPI ignores these headers if they are declared as parameters.
    fn is_ignored(&self) -> bool {
        let names = ["Accept", "Content-Type", "Authorization"];
        self.location == Location::Header && names.iter().any(|name| self.name.eq_ignore_ascii_case(name))
    }
}

fn style(name: Option<&str>, location: Location) -> Style {
    match name {
        Some("label") => Style::Label,
        Some("matrix") => Style::Matrix,
        Some("spaceDelimited") => Style::SpaceDelimited,
        Some("pipeDelimited") => Style::PipeDelimited,
        Some("deepObject") => Style::DeepObject,
        _ if matches!(location, Location::Path | Location::Header) => Style::Simple,
        _ => Style::Form,
    }
}

/// Returns whether a media type is JSON.
pub(in crate::testing) fn is_json(media: &str) -> bool {
    let essence = media.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let subtype = essence.split('/').nth(1).unwrap_or_default();
    subtype == "json" || subtype.ends_with("+json") || subtype == "*"
}
