//! The root of the document: version, description and components.

use openapiv3::{Components, Info};
use serde_json::Value;

use crate::generator::docs::rustdoc;
use crate::generator::document::Document;
use crate::generator::problems::{Errors, Place, Problem, nearest};
use crate::generator::profile::has_extension;
use crate::generator::resolve::servers::server;

pub struct Root {
    pub docs: String,
    pub server: Option<String>,
    /// Whether the root or a path item has the extension of a profile.
    pub has_extension: bool,
    /// The component schemas, in the document's order.
    pub schemas: Vec<Place>,
    pub security_schemes: Vec<(String, Place)>,
    pub paths: Vec<(String, Place)>,
    /// The levels of maturity in the document's `x-maturity`, with their descriptions.
    pub maturity: Vec<(String, String)>,
    /// The default security of operations.
    pub security: Option<Place>,
}

const KEYS: [&str; 11] = [
    "openapi",
    "info",
    "servers",
    "paths",
    "components",
    "security",
    "tags",
    "externalDocs",
    "webhooks",
    "jsonSchemaDialect",
    "$self",
];

pub fn read(document: &Document, errors: &mut Errors) -> Option<Root> {
    let place = Place::root(0);
    // A file that cannot be read was already reported.
    document.value(&place)?;
    version(document, &place, errors)?;
    for (key, at) in document.entries(&place) {
        if KEYS.contains(&key.as_str()) || key.starts_with("x-") {
            continue;
        }
        let message = format!("an OpenAPI document has no key `{key}`");
        match nearest(&key, KEYS.into_iter()) {
            Some(known) => {
                let problem = Problem::key(&at, format!("{message}; did you mean `{known}`?"));
                // Without it, operations would go without credentials.
                if known == "security" {
                    errors.push(problem);
                } else {
                    errors.spare(problem, "this key is ignored");
                }
            }
            None if key.trim_start().starts_with('/') => {
                let problem = Problem::key(&at, message + "; it belongs to `paths`");
                errors.spare(problem.help("write it below `paths`, with more indentation"), "this key is ignored");
            }
            None => errors.warn(Problem::key(&at, message + ", so the key is ignored")),
        }
    }
    let component = place.at("components");
    if document.value(&component).is_some() {
        let part = errors.part();
        document.read::<Components>(&component, errors);
        errors.end(part, || "this part of `components` is ignored".to_owned());
    }
    let components = |kind| document.entries(&component).into_iter().find(|(key, _)| key == kind);
    let components = |kind| components(kind).map(|(_, at)| document.entries(&at)).unwrap_or_default();
    let security = place.at("security");
    let paths = paths(document, &place, errors);
    Some(Root {
        docs: info(document, &place, errors),
        server: server(document, errors),
        has_extension: has_profile(document, &place, &paths),
        schemas: components("schemas").into_iter().map(|(_, at)| at).collect(),
        security_schemes: components("securitySchemes"),
        paths,
        maturity: maturity(document, &place),
        security: document.value(&security).map(|_| security),
    })
}

/// Checks that the document is OpenAPI, in a supported version.
fn version(document: &Document, place: &Place, errors: &mut Errors) -> Option<()> {
    let Some(root) = document.object(place) else {
        errors.push(
            Problem::value(place, "an OpenAPI document must be an object")
                .help("begin it with a line such as `openapi: 3.0.3`"),
        );
        return None;
    };
    let at = place.at("openapi");
    // YAML reads `3.1` without quotes as a number.
    let text = |version: &Value| version.as_str().map_or_else(|| version.to_string(), ToOwned::to_owned);
    match root.get("openapi").map(text) {
        Some(version) if version.starts_with("3.0") || version.starts_with("3.1") => Some(()),
        Some(version) => {
            errors.push(
                Problem::value(&at, format!("OpenAPI version `{version}` is not supported"))
                    .help("use version 3.0 or 3.1, such as `openapi: 3.0.3`"),
            );
            None
        }
        None if root.contains_key("swagger") => {
            errors.push(
                Problem::value(&place.at("swagger"), "expected an OpenAPI 3 document, found Swagger 2.0")
                    .help("convert it once, for example with `swagger2openapi`, and keep the result"),
            );
            None
        }
        None => {
            let suggestion = nearest("openapi", root.keys().map(String::as_str));
            let suggestion = suggestion.map(|key| format!("; is `{key}` misspelled?")).unwrap_or_default();
            errors.push(
                Problem::value(place, format!("this is not an OpenAPI document: it has no key `openapi`{suggestion}"))
                    .help("begin the document with a line such as `openapi: 3.0.3`"),
            );
            None
        }
    }
}

fn info(document: &Document, place: &Place, errors: &mut Errors) -> String {
    let at = place.at("info");
    if document.value(&at).is_none() {
        // A misspelled key was reported.
        let keys = document.object(place).into_iter().flat_map(|root| root.keys());
        if keys.into_iter().any(|key| !KEYS.contains(&key.as_str()) && nearest(key, KEYS.into_iter()) == Some("info")) {
            return rustdoc("A client.");
        }
        let missing = || Problem::value(place, "an OpenAPI document must have `info`");
        errors.spare(document.removed(&at, place).unwrap_or_else(missing), "the client has no title");
        return rustdoc("A client.");
    }
    let part = errors.part();
    let info = document.read_here::<Info>(&at, errors);
    let has_no_title = errors.end(part, || "the client has no title".to_owned());
    let Some(info) = info.filter(|_| !has_no_title) else { return rustdoc("A client.") };
    for key in ["title", "version"] {
        if document.value(&at.at(key)).is_none() {
            errors.warn(Problem::key(
                &at,
                format!("`info` has no `{key}`, which OpenAPI requires; it is treated as empty"),
            ));
        }
    }
    let name = format!("{} {}", info.title.trim(), info.version);
    let title = if name.trim().is_empty() { "A client.".to_owned() } else { format!("A client for {}.", name.trim()) };
    rustdoc(&format!("{title}\n\n{}", info.description.unwrap_or_default()))
}

/// Returns whether the root or a path item has the extension of a profile.
fn has_profile(document: &Document, root: &Place, paths: &[(String, Place)]) -> bool {
    let items = paths.iter().map(|(_, item)| document.behind(item));
    items.chain([root.clone()]).any(|place| document.object(&place).is_some_and(has_extension))
}

fn maturity(document: &Document, place: &Place) -> Vec<(String, String)> {
    let levels = document.value(&place.at("x-maturity")).and_then(Value::as_array);
    let notice = |level: &Value| {
        let text = |key| level.get(key).and_then(Value::as_str);
        Some((text("name")?.to_owned(), rustdoc(text("description")?)))
    };
    levels.into_iter().flatten().filter_map(notice).collect()
}

fn paths(document: &Document, place: &Place, errors: &mut Errors) -> Vec<(String, Place)> {
    let place = place.at("paths");
    if document.value(&place).is_some_and(|paths| !paths.is_object()) {
        errors.push(Problem::value(&place, "`paths` must be an object"));
    }
    let mut paths = document.entries(&place);
    paths.retain(|(path, at)| {
        if !path.starts_with('/') && !path.starts_with("x-") {
            let problem = Problem::key(at, format!("the path `{path}` does not begin with a slash"))
                .help(format!("write `/{path}`"));
            errors.spare(problem, "the operations of this path are left out");
        }
        path.starts_with('/')
    });
    paths
}
