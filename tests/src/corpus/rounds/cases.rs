//! The calls of an operation: arguments and a response, made of the instances of their schemas.

use std::collections::HashMap;

use serde_json::{Value, json};

use super::operations::{Answer, Body, Content, Operation, Parameter};

/// A text that each place of a request must encode in its own way.
const WILD: &str = "ü/ä?b=c&d#e+f%20 g;h,i:j@k$l!m'n(o)p*q~r[s]{t}|u\\v\"w<x>y^z`漢😀";

/// The most calls of an endpoint.
const MOST: usize = 10;

/// The instances of schemas, by their pointers.
pub type Instances = HashMap<String, Vec<Value>>;

/// A call of an endpoint.
pub struct Case {
    pub arguments: Value,
    pub response: Value,
}

/// Returns the instances, and those of them that still match their schema with wild texts.
pub fn with_wild(instances: Vec<Value>, accepts: impl Fn(&Value) -> bool) -> Vec<Value> {
    let mut all: Vec<Value> = Vec::new();
    for (index, instance) in instances.into_iter().enumerate() {
        // The minimal one comes first, and the maximal one next.
        let wild = (index > 0 || instance.is_string()).then(|| wild(&instance, &accepts));
        all.push(instance);
        all.extend(wild.filter(|wild| !all.contains(wild)));
    }
    let empty = json!([]);
    if accepts(&empty) && !all.contains(&empty) {
        all.push(empty);
    }
    all
}

/// Replaces each text that may be any text.
fn wild(instance: &Value, accepts: &impl Fn(&Value) -> bool) -> Value {
    let mut pointers = Vec::new();
    texts(instance, "", &mut pointers);
    let mut wild = instance.clone();
    for pointer in pointers {
        let mut other = wild.clone();
        if let Some(text) = other.pointer_mut(&pointer) {
            *text = WILD.into();
        }
        if accepts(&other) {
            wild = other;
        }
    }
    wild
}

fn texts(value: &Value, pointer: &str, found: &mut Vec<String>) {
    match value {
        Value::String(_) => found.push(pointer.to_owned()),
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(index, item)| texts(item, &format!("{pointer}/{index}"), found));
        }
        Value::Object(fields) => {
            for (key, value) in fields {
                let key = frontline::private::contract::escape(key);
                texts(value, &format!("{pointer}/{key}"), found);
            }
        }
        _ => {}
    }
}

/// Returns the calls of an endpoint. `media` is the media type of its responses, and `others` are those of the operation's
/// other endpoints.
pub fn cases(operation: &Operation, media: Option<&str>, others: &[&str], instances: &Instances) -> Vec<Case> {
    let answers = answers(&operation.answers, media, others);
    let of = |schema: &str| instances.get(schema).map_or(0, Vec::len);
    let parameters = operation.parameters.iter().map(|parameter| of(&parameter.schema)).max().unwrap_or(0);
    let bodies = operation.body.iter().flat_map(|body| &body.contents).map(|content| of(&content.schema)).sum();
    let responses = answers.iter().map(|answer| answer.content.as_ref().map_or(1, |content| of(&content.schema))).sum();
    let count = [2, parameters, bodies, responses].into_iter().max().unwrap_or(2).min(MOST);
    (0..count)
        .map(|round| Case {
            arguments: arguments(operation, round, instances),
            response: response(&answers, round, instances),
        })
        .collect()
}

fn arguments(operation: &Operation, round: usize, instances: &Instances) -> Value {
    let mut parameters = Vec::new();
    for (index, parameter) in operation.parameters.iter().enumerate() {
        let is_left_out = round == 0 || round > 2 && (round + index).is_multiple_of(3);
        if is_left_out && !parameter.is_required && parameter.location != "path" {
            continue;
        }
        let usable = instances.get(&parameter.schema).into_iter().flatten();
        let usable: Vec<&Value> = usable.filter(|value| has_notation(parameter, value)).collect();
        if let Some(value) = pick(&usable, round) {
            parameters.push(json!([parameter.location, parameter.name, value]));
        }
    }
    let body = operation.body.as_ref().filter(|body| body.is_required || round > 0);
    let (media, body) = body.and_then(|body| self::body(body, round, instances)).unwrap_or_default();
    json!({ "parameters": parameters, "media": media, "body": body })
}

fn pick<'v, T>(values: &'v [T], round: usize) -> Option<&'v T> {
    values.get(round.checked_rem(values.len())?)
}

/// Returns whether the style of a parameter has a notation for a value: OpenAPI 3.0, "Style Values", leaves null, empty
/// paths and nested values undefined.
fn has_notation(parameter: &Parameter, value: &Value) -> bool {
    if parameter.is_json {
        return true;
    }
    let is_flat = |value: &Value| !value.is_null() && !value.is_array() && !value.is_object();
    let is_flat_inside = match value {
        Value::Null => false,
        Value::Array(items) => items.iter().all(is_flat),
        Value::Object(fields) => parameter.is_deep || fields.values().all(is_flat),
        _ => true,
    };
    let is_empty = match value {
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty() || items.iter().all(|item| item == ""),
        Value::Object(fields) => fields.is_empty(),
        _ => false,
    };
    is_flat_inside && !(is_empty && parameter.location == "path")
}

/// Returns the media type of a body, and the body.
fn body(body: &Body, round: usize, instances: &Instances) -> Option<(Value, Value)> {
    let content = pick(&body.contents, round)?;
    let made = instances.get(&content.schema).map(Vec::as_slice).unwrap_or_default();
    let instance = pick(made, round / body.contents.len().max(1));
    let essence = content.media.split(';').next().unwrap_or_default();
    let sent = match essence {
        _ if content.is_json() => json!({ "value": instance? }),
        "application/x-www-form-urlencoded" => json!({ "value": instance? }),
        multipart if multipart.starts_with("multipart/") => json!({ "parts": parts(instance?) }),
        text if text.starts_with("text/") => json!({ "text": instance.and_then(Value::as_str).unwrap_or(WILD) }),
        _ => json!({ "bytes": (0..=255_u8).map(char::from).collect::<String>() }),
    };
    Some((content.media.clone().into(), sent))
}

/// Makes a part of each property: text, or JSON.
fn parts(instance: &Value) -> Vec<Value> {
    let latin1 = |text: &str| text.bytes().map(char::from).collect::<String>();
    let part = |name: &str, value: &Value| match value {
        Value::String(text) => json!({ "name": name, "bytes": latin1(text) }),
        value => json!({ "name": name, "bytes": latin1(&value.to_string()), "media": "application/json" }),
    };
    let mut parts = Vec::new();
    for (name, value) in instance.as_object().into_iter().flatten() {
        match value {
            Value::Null => {}
            Value::Array(items) => parts.extend(items.iter().map(|item| part(name, item))),
            value => parts.push(part(name, value)),
        }
    }
    parts
}

fn answers<'a>(all: &'a [Answer], media: Option<&str>, others: &[&str]) -> Vec<&'a Answer> {
    fn named(answer: &Answer) -> Option<&str> {
        answer.content.as_ref().map(|content| content.media.as_str())
    }
    let own: Vec<&Answer> = match media {
        Some(_) => all.iter().filter(|answer| named(answer) == media).collect(),
        None => all.iter().filter(|answer| !named(answer).is_some_and(|media| others.contains(&media))).collect(),
    };
    let is_json = |answer: &&Answer| answer.content.as_ref().is_none_or(Content::is_json);
    let json: Vec<&Answer> = own.iter().copied().filter(is_json).collect();
    if json.iter().any(|answer| answer.content.is_some()) { json } else { own }
}

fn response(answers: &[&Answer], round: usize, instances: &Instances) -> Value {
    let Some(answer) = pick(answers, round) else { return json!({ "status": 200 }) };
    let Some(content) = &answer.content else { return json!({ "status": answer.status }) };
    let made = instances.get(&content.schema).map(Vec::as_slice).unwrap_or_default();
    let instance = pick(made, round / answers.len().max(1)).cloned().unwrap_or_default();
    let latin1 = |text: &str| text.bytes().map(char::from).collect::<String>();
    let media = if content.media.contains('*') { "application/json" } else { &content.media };
    let body = match media.split(';').next().unwrap_or_default() {
        "text/event-stream" => latin1(&format!("data: {instance}\n\n")),
        "application/json-seq" => latin1(&format!("\u{1e}{instance}\n")),
        lines if lines.contains("jsonl") || lines.contains("ndjson") => latin1(&format!("{instance}\n")),
        _ if content.is_json() => latin1(&instance.to_string()),
        _ => latin1(instance.as_str().unwrap_or(WILD)),
    };
    json!({ "status": answer.status, "media": media, "body": body })
}
