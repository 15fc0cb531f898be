//! Operations: their parameters, bodies and responses.

use std::collections::BTreeMap;

use http::Method;
use serde_json::{Map, Value};

use super::location::Location;
use super::references::{Linked, References, escape};
use super::routes::Template;
use super::security::{self, Scheme};

/// An operation that the macro has expanded: its id, and its place in the embedded document.
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
    /// The pointer of its schema.
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

pub(super) struct Reader<'a> {
    pub document: &'a Linked,
    /// The paths of each path item, by its pointer.
    paths: BTreeMap<String, Vec<String>>,
}

impl<'a> Reader<'a> {
    pub fn new(document: &'a Linked) -> Self {
        let mut reader = Self { document, paths: BTreeMap::new() };
        let all = document.behind("/0/paths").unwrap_or_default();
        for path in reader.keys(&all) {
            if let Some(item) = document.behind(&format!("{all}/{}", escape(&path))) {
                reader.paths.entry(item).or_default().push(path);
            }
        }
        reader
    }

    /// Reads the operation at a pointer such as `/0/paths/~1users/get`.
    pub fn operation(&self, (name, pointer): Named) -> Operation {
        let (item, method) = pointer.rsplit_once('/').unwrap_or_default();
        let paths = self.paths.get(item).map(Vec::as_slice).unwrap_or_default();
        let prefixes = self.prefixes(&[pointer, item, "/0"]);
        let templates = prefixes.iter().flat_map(|prefix| paths.iter().map(move |path| format!("{prefix}{path}")));
        let templates = templates.map(|path| Template::new(&path)).collect();
        let own = self.document.behind(pointer).unwrap_or_default();
        Operation {
            name,
            method: method.to_ascii_uppercase().parse().unwrap_or_default(),
            templates,
            parameters: self.parameters(&own, item),
            body: self.body(&format!("{own}/requestBody")),
            security: security::read(self.document, &own),
            responses: self.responses(&format!("{own}/responses")),
        }
    }

    /// Returns the paths of the servers at the pointers, and an empty one: a client can have another base URL.
    fn prefixes(&self, places: &[&str]) -> Vec<String> {
        let servers = places.iter().filter_map(|place| self.document.at(&format!("{place}/servers"))?.as_array());
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
        let at = self.document.behind(pointer)?;
        let object = self.document.at(&at)?;
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
            schema,
        })
    }

    fn body(&self, pointer: &str) -> Option<Body> {
        let at = self.document.behind(pointer)?;
        let is_required = self.document.at(&at)?.get("required") == Some(&Value::Bool(true));
        Some(Body { is_required, contents: self.contents(&at) })
    }

    fn responses(&self, pointer: &str) -> Vec<Answer> {
        let Some(at) = self.document.behind(pointer) else { return Vec::new() };
        let answers = self.keys(&at).into_iter().filter_map(|status| {
            let pointer = self.document.behind(&format!("{at}/{}", escape(&status)))?;
            let contents = self.contents(&pointer);
            Some(Answer { status, pointer, contents })
        });
        answers.collect()
    }

    /// Returns the media types of a body or response.
    fn contents(&self, at: &str) -> Vec<Content> {
        let Some(at) = self.document.behind(&format!("{at}/content")) else { return Vec::new() };
        let contents = self.keys(&at).into_iter().filter_map(|media| {
            let pointer = self.document.behind(&format!("{at}/{}", escape(&media)))?;
            Some(Content { media, pointer })
        });
        contents.collect()
    }

    fn keys(&self, pointer: &str) -> Vec<String> {
        let object = self.document.at(pointer).and_then(Value::as_object);
        object.into_iter().flat_map(Map::keys).filter(|key| !key.starts_with("x-")).cloned().collect()
    }

    fn items(&self, pointer: &str) -> Vec<String> {
        let count = self.document.at(pointer).and_then(Value::as_array).map_or(0, Vec::len);
        (0..count).map(|index| format!("{pointer}/{index}")).collect()
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
