//! Checks of the document as a whole: tags, paths, servers, and the scopes of security requirements.

use std::collections::{BTreeSet, HashMap, HashSet};

use serde_json::Value;

use super::here::Here;
use super::rules::{SAME_PATH, SCOPES, TAG_TWICE, TAG_UNDECLARED};
use crate::generator::openapi::METHODS;
use crate::generator::problems::{Errors, did_you_mean};

/// The maximum number of tags that a misspelled one is compared with.
const MOST_COMPARED: usize = 100;

pub fn check(here: &Here<'_>, errors: &mut Errors) {
    let operations = |paths: &Here<'_>, each: &mut dyn FnMut(&Here<'_>)| {
        for (_, item) in paths.entries() {
            METHODS.iter().filter_map(|method| item.get(method)).for_each(|operation| each(&operation));
        }
    };
    if let Some(paths) = here.get("paths") {
        same_paths(&paths, errors);
        let declared = here.get("tags").map(|tags| declared(&tags, errors)).unwrap_or_default();
        let mut told = HashSet::new();
        operations(&paths, &mut |operation| tags(operation, &declared, &mut told, errors));
        // Since 3.1, other schemes have roles.
        if here.text("openapi").is_some_and(|version| version.starts_with("3.0")) {
            scopes(here, here, errors);
            operations(&paths, &mut |operation| scopes(operation, here, errors));
        }
    }
}

/// Returns the tags that the document declares.
fn declared(list: &Here<'_>, errors: &mut Errors) -> BTreeSet<String> {
    let mut declared = BTreeSet::new();
    for tag in list.items() {
        if let Some(name) = tag.text("name").filter(|name| !declared.insert((*name).to_owned())) {
            TAG_TWICE.at_value(&tag.place().at("name"), &[name], errors);
        }
    }
    declared
}

/// Tells the tags of an operation that the document does not declare, each once. Many documents declare none.
fn tags(operation: &Here<'_>, declared: &BTreeSet<String>, told: &mut HashSet<String>, errors: &mut Errors) {
    let Some(tags) = operation.get("tags").filter(|_| !declared.is_empty()) else { return };
    for tag in tags.items() {
        if let Some(name) =
            tag.value.as_str().filter(|name| !declared.contains(*name) && told.insert((*name).to_owned()))
        {
            let suggestion = did_you_mean(name, declared.iter().take(MOST_COMPARED).map(String::as_str));
            TAG_UNDECLARED.at_value(&tag.place(), &[name, &suggestion, name], errors);
        }
    }
}

/// Tells paths that differ only in the names of their parameters.
fn same_paths(paths: &Here<'_>, errors: &mut Errors) {
    let mut known: HashMap<String, &str> = HashMap::new();
    for (path, item) in paths.entries() {
        let shape: Vec<&str> =
            path.split('{').map(|part| part.split_once('}').map_or(part, |(_, rest)| rest)).collect();
        let shape = shape.join("{}");
        match known.get(&shape) {
            Some(other) => SAME_PATH.at_key(&item.place(), &[other], errors),
            None => _ = known.insert(shape, path),
        }
    }
}

/// Tells scopes of schemes that have none.
fn scopes(here: &Here<'_>, root: &Here<'_>, errors: &mut Errors) {
    let Some(security) = here.get("security") else { return };
    for requirement in security.items() {
        for (name, scopes) in requirement.entries() {
            let scheme = root.value.get("components").and_then(|all| all.get("securitySchemes")?.get(name));
            let typ = scheme.and_then(|scheme| scheme.get("type")).and_then(Value::as_str);
            if matches!(typ, Some("http" | "apiKey")) && scopes.items().next().is_some() {
                SCOPES.at_key(&scopes.place(), &[name, name], errors);
            }
        }
    }
}
