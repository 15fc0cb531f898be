//! Checks that follow references: schemas that require themselves, and the properties of unions.

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use super::here::Here;
use super::rules::REQUIRES_ITSELF;
use crate::generator::document::{Document, LONGEST_CHAIN};
use crate::generator::problems::{Errors, Place};

const SCHEMAS: &str = "#/components/schemas/";

/// The components that each value of a schema contains, with the item of `required` that says so.
type Needs<'a> = Vec<(&'a str, Option<Place>)>;

/// Tells each circle of component schemas that require each other, once.
pub fn check(document: &Document, errors: &mut Errors) {
    let place = Place::root(0).at("components").at("schemas");
    let Some(value) = document.value(&place) else { return };
    let here = Here::start(&place, value);
    let mut needed: HashMap<&str, Needs<'_>> = here.entries().map(|(name, schema)| (name, needs(&schema))).collect();
    remove_finite(&mut needed);
    let mut seen = HashSet::new();
    for (name, _) in here.entries().filter(|(name, _)| needed.contains_key(name)) {
        let mut path: Vec<(&str, &Option<Place>)> = Vec::new();
        let mut next = name;
        while seen.insert(next) {
            let Some((target, at)) = needed.get(next).and_then(|needs| needs.first()) else { break };
            path.push((next, at));
            next = target;
        }
        // The way may lead into a circle that is known already.
        let circle = path.iter().skip_while(|(name, _)| *name != next);
        if let Some(at) = circle.filter_map(|(_, at)| at.as_ref()).min() {
            let property = document.text(at).unwrap_or_default();
            REQUIRES_ITSELF.at_value(at, &[property], errors);
        }
    }
}

/// Returns what each value of a schema contains.
fn needs<'a>(schema: &Here<'a>) -> Needs<'a> {
    let target = |value: &'a Value| {
        let is_nullable = value.get("nullable").is_some_and(|flag| flag == true);
        value.get("$ref").filter(|_| !is_nullable)?.as_str()?.strip_prefix(SCHEMAS)
    };
    let properties = schema.value.get("properties");
    let mut needs = Vec::new();
    for (index, name) in schema.value.get("required").and_then(Value::as_array).into_iter().flatten().enumerate() {
        let property = name.as_str().and_then(|name| properties?.get(name));
        if let Some(target) = property.and_then(target) {
            needs.push((target, Some(schema.place().at("required").at(&index.to_string()))));
        }
    }
    let all = schema.value.get("allOf").and_then(Value::as_array).into_iter().flatten();
    needs.extend(all.filter_map(target).chain(target(schema.value)).map(|target| (target, None)));
    // A null needs nothing.
    if schema.value.get("nullable").is_some_and(|flag| flag == true) {
        needs.clear();
    }
    needs
}

/// Removes the schemas that have a value, and the needs for them.
fn remove_finite(needed: &mut HashMap<&str, Needs<'_>>) {
    let mut users: HashMap<&str, Vec<&str>> = HashMap::new();
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for (name, needs) in &*needed {
        counts.insert(name, needs.len());
        for (target, _) in needs {
            users.entry(target).or_default().push(name);
        }
    }
    let is_finite = |name: &&&str| counts.get(**name).is_none_or(|count| *count == 0);
    let mut open: Vec<&str> = counts.keys().chain(users.keys()).filter(is_finite).copied().collect();
    let mut finite = HashSet::new();
    while let Some(next) = open.pop() {
        if !finite.insert(next) {
            continue;
        }
        for user in users.get(next).into_iter().flatten() {
            if let Some(count) = counts.get_mut(user) {
                *count -= 1;
                if *count == 0 {
                    open.push(user);
                }
            }
        }
    }
    needed.retain(|name, _| !finite.contains(name));
    for needs in needed.values_mut() {
        needs.retain(|(target, _)| !finite.contains(target));
    }
}

/// Returns the properties that the schema at `place` describes, with those of its members. Returns nothing if one of them
/// is no object, or if there are too many.
pub fn properties(document: &Document, place: &Place) -> Vec<String> {
    let mut known = Vec::new();
    let mut seen = HashSet::new();
    let mut open = vec![place.clone()];
    while let Some(place) = open.pop() {
        let place = document.behind(&place);
        if !seen.insert(place.clone()) {
            continue;
        }
        if seen.len() > LONGEST_CHAIN {
            return Vec::new();
        }
        let Some(schema) = document.object(&place) else { return Vec::new() };
        known.extend(document.entries(&place.at("properties")).into_iter().map(|(name, _)| name));
        for key in ["allOf", "oneOf", "anyOf"] {
            let count = schema.get(key).and_then(Value::as_array).map_or(0, Vec::len);
            open.extend((0..count).map(|index| place.at(key).at(&index.to_string())));
        }
    }
    known
}
