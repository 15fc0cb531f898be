//! The calls of an operation: arguments and a response, made of the instances of their schemas.

use std::collections::HashMap;

use frontline::private::contract::escape;
use frontline::private::instances::{UNDECLARED, WORDS};
use serde_json::{Value, json};

use super::notation::{is_nothing, plain};
use super::operations::{Answer, Body, Content, Operation};

/// A text that each place of a request must encode in its own way.
const WILD: &str = "ü/ä?b=c&d#e+f%20 g;h,i:j@k$l!m'n(o)p*q~r[s]{t}|u\\v\"w<x>y^z`漢😀";

/// The most calls of an endpoint.
const MOST: usize = 10;

/// The instances of schemas, by their pointers.
pub type Instances = HashMap<String, Vec<Value>>;

/// A call of an endpoint.
pub struct Case {
    pub arguments: Value,
    /// Its status, media type and body.
    pub response: Value,
    pub is_head: bool,
}

/// Returns the instances, and those of them that still match their schema with wild texts.
pub fn with_wild(instances: Vec<Value>, accepts: impl Fn(&Value) -> bool) -> Vec<Value> {
    let mut all: Vec<Value> = Vec::new();
    for (index, instance) in instances.into_iter().enumerate() {
        // The minimal one comes first, and the maximal one next.
        let wild = (index > 0 || instance.is_string()).then(|| wild(&instance, &accepts));
        all.extend(std::iter::once(instance).chain(wild));
    }
    // Validators also accept it for a schema whose properties imply an object.
    let empty = all.iter().any(Value::is_array).then(|| json!([]));
    all.extend(empty.filter(accepts));
    all
}

/// Replaces each text that may be any text. A format that no validator knows allows some texts only.
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
        Value::String(text) if !text.is_empty() && WORDS.contains(&text.as_str()) => found.push(pointer.to_owned()),
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(index, item)| texts(item, &format!("{pointer}/{index}"), found));
        }
        Value::Object(fields) => {
            for (key, value) in fields {
                texts(value, &format!("{pointer}/{}", escape(key)), found);
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
    let call = |answers: &[&Answer], round| {
        let arguments = arguments(operation, round, instances)?;
        Some(Case { arguments, response: response(answers, round, instances)?, is_head: operation.is_head })
    };
    let successes = (0..count).filter_map(|round| call(&answers, round));
    let failures = operation
        .failures
        .iter()
        .filter(|answer| answer.content.as_ref().is_some_and(|content| of(&content.schema) > 0));
    successes.chain(failures.enumerate().filter_map(|(round, failure)| call(&[failure], round))).collect()
}

/// Returns the arguments of a call, or `None` if one that is required has no instance.
fn arguments(operation: &Operation, round: usize, instances: &Instances) -> Option<Value> {
    let mut parameters = Vec::new();
    for (index, parameter) in operation.parameters.iter().enumerate() {
        let is_left_out = round == 0 || round > 2 && (round + index).is_multiple_of(3);
        if is_left_out && !parameter.is_required && parameter.location != "path" {
            continue;
        }
        let undeclared = [json!("text"), json!(WILD)];
        let usable = instances.get(&parameter.schema).map_or(&undeclared[..], Vec::as_slice);
        // No style has a notation for an empty list that is required.
        let usable: Vec<&Value> = usable.iter().filter(|value| !parameter.is_required || !is_nothing(value)).collect();
        if let Some(value) = pick(&usable, round) {
            parameters.push(json!([parameter.location, parameter.name, value]));
        } else if parameter.is_required {
            return None;
        }
    }
    // A client sends an empty form where others leave it out.
    let is_form = |body: &Body| body.contents.iter().all(|content| content.is_form() || content.is_multipart());
    let body = operation.body.as_ref().filter(|body| body.is_required || round > 0 || is_form(body));
    let made = body.and_then(|body| self::body(body, round, instances));
    if made.is_none() && body.is_some_and(|body| body.is_required) {
        return None;
    }
    let (media, body) = made.unwrap_or_default();
    Some(json!({ "parameters": parameters, "media": media, "body": body }))
}

fn pick<T>(values: &[T], round: usize) -> Option<&T> {
    values.get(round.checked_rem(values.len())?)
}

/// Returns the media type of a body, and the body.
fn body(body: &Body, round: usize, instances: &Instances) -> Option<(Value, Value)> {
    // XML, and a form that is no object, are left out of a client where there is another media type.
    let is_usable = |content: &&Content| {
        let made = instances.get(&content.schema).map(Vec::as_slice).unwrap_or_default();
        let is_divided = content.is_form() || content.is_multipart();
        !content.media.contains("xml") && (!is_divided || made.is_empty() || made.iter().any(Value::is_object))
    };
    let mut contents: Vec<&Content> = body.contents.iter().filter(is_usable).collect();
    if contents.is_empty() {
        contents = body.contents.iter().collect();
    }
    let content = *pick(&contents, round)?;
    let made = instances.get(&content.schema).map(Vec::as_slice).unwrap_or_default();
    let instance = pick(made, round / contents.len().max(1));
    let essence = content.media.split(';').next().unwrap_or_default();
    let is_empty = || !made.is_empty() && made.iter().all(|instance| instance.is_object() && is_nothing(instance));
    if !body.is_required && (instance == Some(&Value::Null) || is_empty()) {
        // It is left out instead. A body that can only be empty is no argument of the client.
        return None;
    }
    let sent = match essence {
        _ if content.is_json() || content.is_form() => json!({ "value": instance? }),
        _ if content.is_multipart() => {
            json!({ "parts": parts(instance.unwrap_or(&Value::Null), content, round, instances) })
        }
        text if text.starts_with("text/") => json!({ "text": instance.and_then(Value::as_str).unwrap_or(WILD) }),
        _ => json!({ "bytes": (0..=255_u8).map(char::from).collect::<String>() }),
    };
    Some((content.media.clone().into(), sent))
}

/// Makes a part of each property: text, or JSON.
fn parts(instance: &Value, content: &Content, round: usize, instances: &Instances) -> Vec<Value> {
    let latin1 = |text: &str| text.bytes().map(char::from).collect::<String>();
    let part = |name: &str, value: &Value| {
        let own = content.headers.iter().filter(|(part, _)| part == name);
        let headers = own.filter_map(|(_, header)| {
            let value = pick(instances.get(&header.schema)?, round)?;
            // An empty list has no notation.
            let items = value.as_array();
            if items.is_some_and(Vec::is_empty) {
                return None;
            }
            let items = items.map(|items| items.iter().map(plain).collect::<Vec<_>>().join(","));
            Some(json!([header.name, items.unwrap_or_else(|| plain(value))]))
        });
        let headers: Vec<Value> = headers.collect();
        match value {
            Value::String(text) => json!({ "name": name, "headers": headers, "bytes": latin1(text) }),
            value => {
                let bytes = latin1(&value.to_string());
                json!({ "name": name, "headers": headers, "bytes": bytes, "media": "application/json" })
            }
        }
    };
    let mut parts = Vec::new();
    for (name, value) in instance.as_object().into_iter().flatten() {
        match value {
            Value::Null => {}
            // Lists of lists are JSON.
            Value::Array(items) if !items.iter().any(Value::is_array) => {
                parts.extend(items.iter().map(|item| part(name, item)));
            }
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

/// Returns a response, or `None` if its schema has no instance.
fn response(answers: &[&Answer], round: usize, instances: &Instances) -> Option<Value> {
    let Some(answer) = pick(answers, round) else { return Some(Value::Null) };
    let Some(content) = &answer.content else { return Some(json!({ "status": answer.status })) };
    let made = instances.get(&content.schema).map(Vec::as_slice).unwrap_or_default();
    if made.is_empty() && content.has_schema {
        return None;
    }
    let instance = pick(made, round / answers.len().max(1)).cloned().unwrap_or_default();
    let latin1 = |text: &str| text.bytes().map(char::from).collect::<String>();
    let media = match content.media.as_str() {
        "*/*" | "application/*" => "application/json".to_owned(),
        media => media.replace('*', "plain"),
    };
    let items = instance.as_array().cloned().unwrap_or_else(|| vec![instance.clone()]);
    let all = |write: &dyn Fn(&Value) -> String| latin1(&items.iter().map(write).collect::<String>());
    let body = match media.split(';').next().unwrap_or_default() {
        "text/event-stream" => all(&event),
        "application/json-seq" => all(&|item| format!("\u{1e}{item}\n")),
        lines if lines.contains("jsonl") || lines.contains("ndjson") => all(&|item| format!("{item}\n")),
        _ if content.is_json() => latin1(&instance.to_string()),
        _ if instance.is_null() => latin1(WILD),
        _ => latin1(&plain(&instance)),
    };
    Some(json!({ "status": answer.status, "media": media, "body": body }))
}

/// Writes a server-sent event. A schema with a property `data` describes the whole event.
fn event(item: &Value) -> String {
    let data = |value: &Value| format!("data: {}\n\n", plain(value).replace('\n', "\ndata: "));
    match item.as_object().filter(|fields| fields.contains_key("data")) {
        Some(fields) => {
            let is_shown = |key: &str| key != "data" && !key.starts_with(UNDECLARED);
            let others = fields.iter().filter(|(key, value)| is_shown(key) && !value.is_null());
            let others: Vec<String> = others.map(|(key, value)| format!("{key}: {}\n", plain(value))).collect();
            others.concat() + &data(&fields["data"])
        }
        None => data(item),
    }
}
