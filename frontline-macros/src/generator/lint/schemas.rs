//! Checks of schemas.

use std::collections::HashSet;

use serde_json::Value;

use super::context::Context;
use super::here::Here;
use super::limits;
use super::rules::{
    DISCRIMINATOR_UNKNOWN, ENUM_EMPTY, ENUM_NOTES, ENUM_TWICE, ENUM_TYPE, ENUM_UNQUOTED, EXTENSION_MISSPELLED,
    FORMAT_MISSPELLED, NEWER_KEY, NO_ITEMS, OLDER_KEY, PATTERN_INVALID, PATTERN_SLASHES, READ_AND_WRITE_ONLY,
    REQUIRED_FLAG, REQUIRED_TWICE,
};
use super::{examples, graph, patterns};
use crate::generator::problems::{did_you_mean, nearest};

/// Formats that change the type of a value.
const FORMATS: [&str; 10] =
    ["date-time", "date", "uuid", "byte", "binary", "int32", "int64", "float", "double", "password"];

/// Other formats of OpenAPI's registry and of JSON Schema that are spelled similarly.
const OTHER_FORMATS: [&str; 12] =
    ["int8", "int16", "int128", "uint8", "uint16", "uint32", "uint64", "uint128", "time", "decimal", "base64", "guid"];

/// Extensions that the macro reads, and that no other tool has.
const EXTENSIONS: [&str; 2] = ["x-rust-name", "x-rust-keep-unknown"];

/// Extensions with a text for each value of an enum.
const NOTES: [&str; 4] = ["x-enum-varnames", "x-enumNames", "x-enum-descriptions", "x-enumDescriptions"];

/// The maximum number of properties that a misspelled one is compared with.
const MOST_COMPARED: usize = 100;

/// Checks a schema, one key after the other: most keys need no check, and looking a key up takes longer.
pub fn check(here: &Here<'_>, context: &mut Context<'_>) {
    // A misspelled type is reported where it is read.
    let typ = here.text("type").filter(|typ| limits::TYPES.contains(typ));
    for (key, inner) in here.entries() {
        match key {
            "required" => required(&inner, context),
            "enum" => enumeration(here, &inner, context),
            "format" => format(&inner, context),
            "pattern" => pattern(&inner, context),
            "default" => examples::default(here, &inner, context),
            "example" | "examples" => examples::of_schema(key, here, &inner, context),
            "discriminator" => discriminator(here, &inner, context),
            "const" if context.is_old => {
                NEWER_KEY.at_key(&inner.place(), &["`const`", "`enum` with one value"], context.errors);
            }
            "type" if context.is_old && inner.value.is_array() => {
                NEWER_KEY.at_key(&inner.place(), &["list of types", "`nullable: true` or `oneOf`"], context.errors);
            }
            "type" if context.is_old && typ == Some("null") => {
                NEWER_KEY.at_value(&inner.place(), &["`type: 'null'`", "`nullable: true`"], context.errors);
            }
            "exclusiveMinimum" | "exclusiveMaximum" => exclusive(key, &inner, context),
            "nullable" if !context.is_old && inner.value == true => {
                let words = ["`nullable`", "`'null'` as one of the types, such as `type: [string, 'null']`"];
                OLDER_KEY.at_key(&inner.place(), &words, context.errors);
            }
            "type" if typ == Some("array") && !["items", "prefixItems", "allOf"].iter().any(|key| here.has(key)) => {
                NO_ITEMS.at_value(&inner.place(), &[], context.errors);
            }
            "writeOnly" if inner.value == true && here.value.get("readOnly").is_some_and(|flag| flag == true) => {
                READ_AND_WRITE_ONLY.at_key(&inner.place(), &[], context.errors);
            }
            _ if key.starts_with("x-rust") => extension(key, &inner, context),
            _ => {}
        }
        limits::check(key, &inner, typ, here, context.errors);
    }
}

/// Tells an exclusive limit in the form of the other version.
fn exclusive(key: &str, limit: &Here<'_>, context: &mut Context<'_>) {
    let inclusive = if key == "exclusiveMinimum" { "minimum" } else { "maximum" };
    if context.is_old && limit.value.is_number() {
        let instead = format!("`{inclusive}: {}` with `{key}: true`", limit.value);
        NEWER_KEY.at_value(&limit.place(), &[&format!("number as `{key}`"), &instead], context.errors);
    } else if !context.is_old && limit.value.is_boolean() {
        let instead = format!("the limit as `{key}` instead of `{inclusive}`");
        OLDER_KEY.at_value(&limit.place(), &[&format!("boolean as `{key}`"), &instead], context.errors);
    }
}

/// Tells extensions of an operation or a parameter that are misspelled.
pub fn extensions(here: &Here<'_>, context: &mut Context<'_>) {
    here.entries()
        .filter(|(key, _)| key.starts_with("x-rust"))
        .for_each(|(key, inner)| extension(key, &inner, context));
}

fn extension(key: &str, inner: &Here<'_>, context: &mut Context<'_>) {
    let letters = |name: &str| name.replace(['-', '_'], "").to_lowercase();
    let is_meant = |known: &&str| strsim::osa_distance(&letters(known), &letters(key)) < 2;
    if let Some(meant) = EXTENSIONS.into_iter().find(is_meant).filter(|meant| *meant != key) {
        EXTENSION_MISSPELLED.at_key(&inner.place(), &[key, meant, meant], context.errors);
    }
}

fn required(list: &Here<'_>, context: &mut Context<'_>) {
    if let Value::Bool(flag) = list.value {
        return REQUIRED_FLAG.at_key(&list.place(), &[&flag.to_string()], context.errors);
    }
    let mut seen = HashSet::new();
    for item in list.items() {
        if let Some(name) = item.value.as_str().filter(|name| !seen.insert(*name)) {
            REQUIRED_TWICE.at_value(&item.place(), &[name], context.errors);
        }
    }
}

fn enumeration(schema: &Here<'_>, list: &Here<'_>, context: &mut Context<'_>) {
    let Some(values) = list.value.as_array() else { return };
    if values.is_empty() {
        ENUM_EMPTY.at_value(&list.place(), &[], context.errors);
    }
    let typ = schema.text("type");
    let mut seen = HashSet::new();
    for item in list.items() {
        let text = item.value.to_string();
        match (typ, item.value) {
            _ if !seen.insert(item.value) => {
                ENUM_TWICE.at_value(&item.place(), &[text.trim_matches('"')], context.errors);
            }
            (Some("string"), Value::Number(_) | Value::Bool(_)) => {
                ENUM_UNQUOTED.at_value(&item.place(), &[&text, limits::kind(item.value), &text], context.errors);
            }
            (Some(typ), value) if !value.is_null() && !limits::is_of(value, typ) => {
                ENUM_TYPE.at_value(&item.place(), &[&text, limits::kind(value), typ], context.errors);
            }
            _ => {}
        }
    }
    for (key, notes) in schema.entries().filter(|(key, _)| NOTES.contains(key)) {
        let count = notes.value.as_array().map_or(values.len(), Vec::len);
        if count != values.len() {
            let words = [key, &count.to_string(), &values.len().to_string()];
            ENUM_NOTES.at_key(&notes.place(), &words, context.errors);
        }
    }
}

/// Tells a format that is a misspelling of one that determines the type.
fn format(format: &Here<'_>, context: &mut Context<'_>) {
    let Some(name) = format.value.as_str().filter(|name| !FORMATS.contains(name) && !OTHER_FORMATS.contains(name))
    else {
        return;
    };
    let letters = |name: &str| name.replace(['-', '_', ' '], "").to_lowercase();
    let same = FORMATS.into_iter().find(|known| letters(known) == letters(name));
    let close = || nearest(name, FORMATS.into_iter()).filter(|known| strsim::osa_distance(known, name) < 2);
    if let Some(meant) = same.or_else(close) {
        FORMAT_MISSPELLED.at_value(&format.place(), &[name, meant, meant], context.errors);
    }
}

fn pattern(pattern: &Here<'_>, context: &mut Context<'_>) {
    let Some(text) = pattern.value.as_str() else { return };
    if let Some(fault) = patterns::fault(text) {
        PATTERN_INVALID.at_value(&pattern.place(), &[&fault], context.errors);
    } else if text.starts_with("/^") && text.ends_with("$/") {
        PATTERN_SLASHES.at_value(&pattern.place(), &[], context.errors);
    }
}

/// Tells a discriminator whose property no schema describes.
fn discriminator(schema: &Here<'_>, discriminator: &Here<'_>, context: &mut Context<'_>) {
    let Some(name) = discriminator.get("propertyName") else { return };
    let Some(property) = name.value.as_str() else { return };
    let known = graph::properties(context.document, &schema.place());
    let mapping = discriminator.get("mapping");
    let values = || mapping.iter().flat_map(Here::entries).map(|(value, _)| value);
    // Values that look like numbers or booleans are told with the union.
    if values().next().is_some() && values().all(|value| value.parse::<f64>().is_ok() || value.parse::<bool>().is_ok())
    {
        return;
    }
    if known.iter().any(|known| known == property) || known.is_empty() {
        return;
    }
    let suggestion = did_you_mean(property, known.iter().take(MOST_COMPARED).map(String::as_str));
    DISCRIMINATOR_UNKNOWN.at_value(&name.place(), &[property, &suggestion], context.errors);
}
