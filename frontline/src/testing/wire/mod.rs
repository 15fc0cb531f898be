//! Reads the arguments of a request as the document describes them: JSON values out of paths, queries, headers, cookies and
//! bodies.
//!
//! It inverts what the room `request` does, but shares no code with it: two results of one mistake would prove nothing.
//!
//! Uses `contract`.

mod body;
mod deep;
mod multipart;
mod raw;
mod styles;

use serde_json::{Map, Value};

use super::contract::{
    Contract, Kinds, Linked, Location, Match, Operation, Parameter, References, Schemas, Scheme, Style, part,
};
pub(super) use body::Sent;
pub(super) use multipart::Part;
use raw::check;
pub(super) use raw::{Raw, Refusal};

/// What a request says, as values.
#[derive(Debug, Default)]
pub(super) struct Arguments {
    pub parameters: Vec<(Location, String, Value)>,
    pub body: Option<Sent>,
    /// The media type that the document describes for the body.
    pub media: Option<String>,
}

impl Arguments {
    pub fn get(&self, location: Location, name: &str) -> Option<&Value> {
        let found = self.parameters.iter().find(|(at, known, _)| *at == location && known == name);
        found.map(|(_, _, value)| value)
    }
}

/// Reads all arguments of a request, and checks them.
pub(super) fn read(contract: &Contract, found: &Match, raw: &Raw<'_>, schemas: &Schemas) -> Result<Arguments, Refusal> {
    let operation = &contract.operations[found.operation];
    authorize(operation, raw)?;
    let mut arguments = Arguments::default();
    for parameter in &operation.parameters {
        let shown = format!("the {} parameter `{}`", parameter.location.name(), parameter.name);
        let value = styles::read(&contract.document, operation, parameter, found, raw)
            .map_err(|why| Refusal::new(format!("{shown} {why}")))?;
        // An empty list or object leaves no trace in a request.
        let empty = || empty(contract, parameter).filter(|empty| schemas.explain(&parameter.schema, empty).is_none());
        match value.or_else(empty) {
            Some(value) => {
                check(schemas, &parameter.schema, &value, &shown)?;
                arguments.parameters.push((parameter.location, parameter.name.clone(), value));
            }
            None if parameter.is_required => return Err(Refusal::new(format!("{shown} is missing"))),
            None => {}
        }
    }
    if let Some((sent, media)) = body::read(&contract.document, operation, raw, schemas)? {
        (arguments.body, arguments.media) = (Some(sent), Some(media));
    }
    Ok(arguments)
}

/// Returns the value of a required parameter that is sent as nothing.
fn empty(contract: &Contract, parameter: &Parameter) -> Option<Value> {
    let kinds = Kinds::of(&contract.document, &parameter.schema);
    match parameter.location {
        _ if !parameter.is_required || matches!(parameter.style, Style::Json | Style::Text) => None,
        Location::Path => None,
        _ if kinds.is_list() => Some(Value::Array(Vec::new())),
        _ if kinds.is_object() => Some(Value::Object(Map::new())),
        _ => None,
    }
}

fn authorize(operation: &Operation, raw: &Raw<'_>) -> Result<(), Refusal> {
    let authorization = raw.headers.get(http::header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let is_present = |scheme: &Scheme| scheme.is_present(authorization, |location, name| raw.has(location, name));
    if operation.security.is_empty() || operation.security.iter().any(|schemes| schemes.iter().all(is_present)) {
        return Ok(());
    }
    let shown = |schemes: &Vec<Scheme>| schemes.iter().map(Scheme::shown).collect::<Vec<_>>().join(" and ");
    let alternatives: Vec<String> = operation.security.iter().map(shown).collect();
    Err(Refusal { status: 401, why: format!("the request needs {}", alternatives.join(", or ")) })
}

/// Returns the pointers of all schemas that the arguments of an operation have.
pub(super) fn schemas(document: &Linked, operation: &Operation) -> Vec<String> {
    let parameters = operation.parameters.iter().map(|Parameter { schema, .. }| schema.clone());
    let contents = operation.body.iter().flat_map(|body| &body.contents);
    let contents = contents.flat_map(|content| {
        let schema = format!("{}/schema", content.pointer);
        let parts = if content.media.starts_with("multipart/") { properties(document, &schema) } else { Vec::new() };
        std::iter::once(schema).chain(parts)
    });
    parameters.chain(contents).filter(|schema| !schema.is_empty()).collect()
}

/// Returns the pointers of the properties' schemas.
fn properties(document: &Linked, schema: &str) -> Vec<String> {
    let at = document.behind(schema).unwrap_or_default();
    let names = document.at(&format!("{at}/properties")).and_then(Value::as_object).into_iter().flat_map(Map::keys);
    names.filter_map(|name| part(document, &at, name)).collect()
}
