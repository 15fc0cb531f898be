//! The operations of a document's value tree: what a request of them has, and what they answer.

use frontline::http::HeaderName;
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
    pub failures: Vec<Answer>,
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
    pub has_schema: bool,
    /// The headers of parts, each with the name of its part.
    pub headers: Vec<(String, Parameter)>,
}

/// A response.
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
            // A name that no header can have is left out, with a warning.
            let is_header = HeaderName::try_from(&parameter.name).is_ok();
            let is_ignored = is_ignored || parameter.location == "header" && !is_header || is_key(files, &parameter);
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
    let (answers, failures) = (answers(files, &own), failures(files, &own));
    Some(Operation { is_head: pointer.ends_with("/head"), parameters, body, answers, failures })
}

/// Returns whether the credentials are where a parameter is.
fn is_key(files: &Files, parameter: &Parameter) -> bool {
    let schemes = keys(files, "/0/components/securitySchemes").into_iter();
    let mut schemes =
        schemes.filter_map(|name| files.at(&files.behind(&format!("/0/components/securitySchemes/{name}"))?));
    schemes.any(|scheme| {
        let is_name = scheme["name"].as_str().is_some_and(|name| name.eq_ignore_ascii_case(&parameter.name));
        scheme["type"] == "apiKey" && scheme["in"] == parameter.location.as_str() && is_name
    })
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
        let has_schema = files.at(&schema).is_some();
        Some(Content { has_schema, media: key.replace("~1", "/").replace("~0", "~"), pointer: at, schema, headers })
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
    // A redirect is the answer if no success is described. 304 answers a condition.
    let with = |first: char| statuses.iter().filter(move |status| status.starts_with(first) && *status != "304");
    let mut described: Vec<&String> =
        if with('2').next().is_some() { with('2').collect() } else { with('3').collect() };
    if described.is_empty() {
        described.extend(statuses.iter().filter(|status| *status == "default"));
    }
    for status in described {
        let Some(at) = files.behind(&format!("{responses}/{}", escape(status))) else { continue };
        let status = status.parse().unwrap_or(if status.starts_with('3') { 300 } else { 200 });
        // RFC 9110, 15.3.5 and 15.3.6: no content.
        let contents = if matches!(status, 204 | 205) { Vec::new() } else { contents(files, &at) };
        if contents.is_empty() {
            answers.push(Answer { status, content: None });
        }
        answers.extend(contents.into_iter().map(|content| Answer { status, content: Some(content) }));
    }
    answers
}

/// Returns the failures with JSON.
fn failures(files: &Files, operation: &str) -> Vec<Answer> {
    let Some(responses) = files.behind(&format!("{operation}/responses")) else { return Vec::new() };
    let statuses = keys(files, &responses);
    let has_success = statuses.iter().any(|status| status.starts_with(['2', '3']));
    let failures = statuses.iter().filter_map(|key| {
        let at = files.behind(&format!("{responses}/{}", escape(key)))?;
        let status = match key.to_ascii_uppercase().as_str() {
            "4XX" => 499,
            "5XX" => 599,
            "DEFAULT" if has_success && !statuses.iter().any(|status| status.starts_with('5')) => 599,
            status => status.parse().ok().filter(|status| (400..600).contains(status))?,
        };
        let content = contents(files, &at).into_iter().find(Content::is_json)?;
        Some(Answer { status, content: Some(content) })
    });
    failures.collect()
}
