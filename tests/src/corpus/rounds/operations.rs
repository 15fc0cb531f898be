//! The operations of a document's value tree: what a request of them has, and what they answer.

use frontline::private::contract::{References, escape};
use serde_json::{Value, json};

use super::super::instances::files::Files;
use super::super::instances::places::{is_json, keys};
use super::notation::Notation;

/// An operation.
pub struct Operation {
    pub is_head: bool,
    pub parameters: Vec<Parameter>,
    pub body: Option<Body>,
    pub answers: Vec<Answer>,
}

pub struct Parameter {
    pub location: String,
    pub name: String,
    pub is_required: bool,
    pub notation: Notation,
    pub schema: String,
}

pub struct Body {
    pub is_required: bool,
    pub contents: Vec<Content>,
}

/// A media type, the pointer of its object, and that of its schema.
pub struct Content {
    pub media: String,
    pub pointer: String,
    pub schema: String,
    /// The headers of parts, each with the name of its part.
    pub headers: Vec<(String, Parameter)>,
}

/// A successful response.
pub struct Answer {
    pub status: u16,
    pub content: Option<Content>,
}

impl Content {
    pub fn is_json(&self) -> bool {
        is_json(&self.media)
    }

    pub fn is_form(&self) -> bool {
        self.media.starts_with("application/x-www-form-urlencoded")
    }

    pub fn is_multipart(&self) -> bool {
        self.media.starts_with("multipart/")
    }
}

/// Returns the operation at a pointer, such as `/0/paths/~1users/get`.
pub fn operation(files: &Files, pointer: &str) -> Option<Operation> {
    let own = files.behind(pointer)?;
    let item = files.behind(pointer.rsplit_once('/')?.0)?;
    let mut parameters: Vec<Parameter> = Vec::new();
    for owner in [&own, &item] {
        let count = files.at(&format!("{owner}/parameters")).and_then(Value::as_array).map_or(0, Vec::len);
        let declared = (0..count).filter_map(|index| parameter(files, &format!("{owner}/parameters/{index}")));
        for parameter in declared {
            // OpenAPI 3.0: "If in is "header" and the name field is "Accept", "Content-Type" or "Authorization", the
            // parameter definition SHALL be ignored."
            let is_ignored = parameter.location == "header"
                && ["accept", "content-type", "authorization"].contains(&&*parameter.name.to_ascii_lowercase());
            let is_same = |known: &Parameter| known.name == parameter.name && known.location == parameter.location;
            if !is_ignored && !parameters.iter().any(is_same) {
                parameters.push(parameter);
            }
        }
    }
    place(&mut parameters, pointer);
    let body = files.behind(&format!("{own}/requestBody")).map(|body| Body {
        is_required: files.at(&body).is_some_and(|body| body["required"] == true),
        contents: contents(files, &body),
    });
    Some(Operation { is_head: pointer.ends_with("/head"), parameters, body, answers: answers(files, &own) })
}

/// Corrects parameters by the placeholders in the path: those of its query are sent in their place, except `kind={kind}`,
/// which a parameter says too. What nothing declares is a text.
fn place(parameters: &mut Vec<Parameter>, pointer: &str) {
    let path = pointer.rsplit('/').nth(1).unwrap_or_default().replace("~1", "/").replace("~0", "~");
    let path = path.split('#').next().unwrap_or_default();
    let has = |name: &str| path.contains(&format!("{{{name}}}"));
    let is_said = |name: &str| ['?', '&'].iter().any(|mark| path.contains(&format!("{mark}{name}={{{name}}}")));
    parameters.retain(|parameter| parameter.location != "path" || has(&parameter.name));
    let in_path: Vec<String> =
        parameters.iter().filter(|known| known.location == "path").map(|known| known.name.clone()).collect();
    for parameter in parameters.iter_mut().filter(|parameter| parameter.location == "query") {
        let name = &parameter.name;
        if has(name) && !is_said(name) && !in_path.contains(name) {
            parameter.move_to_path();
        }
    }
    let names = path.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name);
    for name in names {
        if !parameters.iter().any(|known| known.name == name && (known.location == "path" || is_said(name))) {
            parameters.push(Parameter::undeclared(name.to_owned()));
        }
    }
}

impl Parameter {
    fn move_to_path(&mut self) {
        (self.location, self.is_required) = ("path".into(), true);
        self.notation.location = "path".into();
    }

    fn undeclared(name: String) -> Self {
        let notation = Notation::new(&json!({ "in": "path" }), false);
        Self { location: "path".into(), name, is_required: true, notation, schema: String::new() }
    }
}

fn parameter(files: &Files, pointer: &str) -> Option<Parameter> {
    let at = files.behind(pointer)?;
    let object = files.at(&at)?;
    let text = |key: &str| object[key].as_str().unwrap_or_default().to_owned();
    let content = contents(files, &at).into_iter().next();
    let is_json = content.as_ref().is_some_and(Content::is_json);
    Some(Parameter {
        location: text("in"),
        name: text("name"),
        is_required: object["required"] == true,
        notation: Notation::new(object, is_json),
        schema: content.map_or_else(|| format!("{at}/schema"), |content| content.schema),
    })
}

fn contents(files: &Files, at: &str) -> Vec<Content> {
    let Some(content) = files.behind(&format!("{at}/content")) else { return Vec::new() };
    let contents = keys(files, &content).into_iter().filter_map(|key| {
        let at = files.behind(&format!("{content}/{key}"))?;
        let item = format!("{at}/itemSchema");
        let schema = if files.at(&item).is_some() { item } else { format!("{at}/schema") };
        let headers = headers(files, &format!("{at}/encoding"));
        Some(Content { media: key.replace("~1", "/").replace("~0", "~"), pointer: at, schema, headers })
    });
    contents.collect()
}

/// Returns the headers of all parts.
fn headers(files: &Files, encoding: &str) -> Vec<(String, Parameter)> {
    let mut found = Vec::new();
    for part in keys(files, encoding) {
        let headers = format!("{encoding}/{part}/headers");
        // "Content-Type is described separately and SHALL be ignored in this section."
        for name in keys(files, &headers).into_iter().filter(|name| !name.eq_ignore_ascii_case("content-type")) {
            let Some(at) = files.behind(&format!("{headers}/{name}")) else { continue };
            let notation = Notation::new(&json!({ "in": "header" }), false);
            let schema = format!("{at}/schema");
            let header = Parameter { location: "header".into(), name, is_required: false, notation, schema };
            found.push((part.replace("~1", "/").replace("~0", "~"), header));
        }
    }
    found
}

fn answers(files: &Files, operation: &str) -> Vec<Answer> {
    let Some(responses) = files.behind(&format!("{operation}/responses")) else { return Vec::new() };
    let mut answers = Vec::new();
    let statuses = keys(files, &responses);
    let has_success = statuses.iter().any(|status| status.starts_with('2'));
    for status in statuses {
        let Some(at) = files.behind(&format!("{responses}/{}", escape(&status))) else { continue };
        let status = match status.as_str() {
            "2XX" | "2xx" => 200,
            "default" if !has_success => 200,
            status if status.starts_with('2') => status.parse().unwrap_or(200),
            _ => continue,
        };
        // RFC 9110, 15.3.5 and 15.3.6: no content.
        let contents = if matches!(status, 204 | 205) { Vec::new() } else { contents(files, &at) };
        if contents.is_empty() {
            answers.push(Answer { status, content: None });
        }
        answers.extend(contents.into_iter().map(|content| Answer { status, content: Some(content) }));
    }
    answers
}
