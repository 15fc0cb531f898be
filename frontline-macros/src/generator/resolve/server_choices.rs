//! The servers that callers can choose, and the values of their variables.

use serde_json::Value;

use crate::generator::docs::rustdoc;
use crate::generator::document::Document;
use crate::generator::model::{Server, ServerEnum, ServerVariable, Servers, Variant, placeholders};
use crate::generator::names::{self, Taken};
use crate::generator::problems::{Errors, Place};
use crate::generator::resolve::servers::fault;

/// The maximum number of words in a description that is a name.
const LONGEST_NAME: usize = 5;

/// Returns the servers of the document, except those that no request can be sent to. What is wrong with them was reported.
pub fn servers(document: &Document) -> Servers {
    let place = Place::root(0).at("servers");
    let count = document.value(&place).and_then(Value::as_array).map_or(0, Vec::len);
    let mut taken = Taken::default();
    let places = (0..count).filter_map(|index| document.follow(&place.at(&index.to_string()), &mut Errors::default()));
    let mut all: Vec<Server> = places.filter_map(|place| server(document, place)).collect();
    if all.len() < 2 && all.iter().all(|server| server.variables.is_empty()) {
        return Servers::default();
    }
    for server in &mut all {
        server.name = taken.unique(&server.name);
    }
    let enums = enums(&all);
    Servers { all, enums }
}

fn server(document: &Document, place: Place) -> Option<Server> {
    let text = document.text(&place.at("url"))?;
    let named = placeholders(text);
    let variables = document.entries(&place.at("variables")).into_iter();
    let variables = variables.filter(|(name, _)| named.contains(&name.as_str()));
    let variables: Vec<_> = variables.filter_map(|(name, at)| variable(document, name, &at)).collect();
    let is_known = |name: &&str| variables.iter().any(|variable| variable.name == **name);
    // A default that is only a placeholder can still be replaced.
    let example = |url: String, variable: &ServerVariable| {
        let value = if variable.default.contains('{') { "x" } else { &variable.default };
        url.replace(&format!("{{{}}}", variable.name), value)
    };
    if !named.iter().all(is_known) || fault(&variables.iter().fold(text.to_owned(), example)).is_some() {
        return None;
    }
    let description = document.text(&place.at("description")).unwrap_or_default();
    let is_short = !description.is_empty() && description.split_whitespace().count() <= LONGEST_NAME;
    let chosen = ["x-rust-name", "name"].iter().find_map(|key| document.text(&place.at(key)));
    let name = chosen.or(is_short.then_some(description));
    let name = name.unwrap_or_else(|| text.split_once("://").map_or(text, |(_, rest)| rest));
    Some(Server {
        name: names::snake(name),
        docs: rustdoc(description),
        url: text.trim_end_matches('/').to_owned(),
        variables,
        place,
    })
}

fn variable(document: &Document, name: String, place: &Place) -> Option<ServerVariable> {
    // YAML reads a port without quotes as a number.
    let spelled = |value: &Value| value.as_str().map_or_else(|| value.to_string(), ToOwned::to_owned);
    let values = document.value(&place.at("enum")).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    Some(ServerVariable {
        docs: rustdoc(document.text(&place.at("description")).unwrap_or_default()),
        default: spelled(document.value(&place.at("default"))?),
        values: values.iter().map(spelled).collect(),
        name,
    })
}

/// Returns the enums of the variables. Those with the same name and values share one.
fn enums(servers: &[Server]) -> Vec<ServerEnum> {
    let (mut enums, mut seen, mut taken) = (Vec::new(), Vec::new(), Taken::default());
    for variable in servers.iter().flat_map(|server| &server.variables).filter(|variable| !variable.values.is_empty()) {
        let key = (&variable.name, &variable.values);
        if seen.contains(&key) {
            continue;
        }
        seen.push(key);
        let mut names = Taken::default();
        let variant = |value: &String| Variant {
            name: names.unique(&names::camel(value)),
            value: value.clone(),
            docs: String::new(),
        };
        enums.push(ServerEnum {
            name: taken.unique(&names::camel(&variable.name)),
            variable: variable.name.clone(),
            variants: variable.values.iter().map(variant).collect(),
        });
    }
    enums
}
