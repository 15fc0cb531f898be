//! Compares what was given with what came out.

use std::collections::BTreeMap;

use frontline::private::ServerOf;
use frontline::private::instances::UNDECLARED;
use serde_json::Value;

use super::super::instances::{Direction, compare};
use super::cases::Case;
use super::notation::{is_nothing, plain};

/// What is wrong with a call: where, and what came out.
pub struct Wrong {
    pub place: String,
    pub text: String,
}

impl Wrong {
    fn new(place: impl Into<String>, text: impl Into<String>) -> Self {
        Self { place: place.into(), text: text.into() }
    }
}

/// Checks what became of a call.
pub fn check(case: &Case, result: &Value) -> Result<(), Wrong> {
    let error = result["error"].as_str().unwrap_or_default();
    if result["request"].is_null() {
        return Err(Wrong::new("not sent", error));
    }
    if result["relayed"].is_null() {
        return Err(Wrong::new("refused", error));
    }
    parameters(&case.arguments["parameters"], &result["received"]["parameters"])?;
    body(&case.arguments, &result["received"])?;
    let (request, relayed) = (normal(&result["request"]), normal(&result["relayed"]));
    if request != relayed {
        let lines = request.split("\r\n").zip(relayed.split("\r\n"));
        let differing = lines.clone().find(|(line, other)| line != other);
        let (line, other) = differing.unwrap_or((&request, &relayed));
        return Err(Wrong::new("sent again", format!("sent {line:?}, came back {other:?}")));
    }
    response(case, result)
}

fn parameters(sent: &Value, received: &Value) -> Result<(), Wrong> {
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let received = list(received);
    for parameter in list(sent) {
        let (place, name, value) = (&parameter[0], &parameter[1], &parameter[2]);
        let shown = format!("{} {}", place.as_str().unwrap_or_default(), name.as_str().unwrap_or_default());
        match received.iter().find(|other| other[0] == *place && other[1] == *name) {
            Some(other) if is_same(value, &other[2]) => {}
            Some(other) => return Err(Wrong::new(shown, difference(value, &other[2]))),
            // The styles have no notation for nothing.
            None if is_nothing(value) => {}
            None => return Err(Wrong::new(shown, format!("sent {value}, received nothing"))),
        }
    }
    // A parameter can be where the credentials go.
    let is_secret = |parameter: &&Value| parameter[2] == ServerOf::<frontline::Client, ()>::SECRET;
    for other in received.iter().filter(|parameter| !is_secret(parameter)) {
        if !list(sent).iter().any(|parameter| parameter[0] == other[0] && parameter[1] == other[1]) {
            return Err(Wrong::new("unasked", format!("received {other}")));
        }
    }
    Ok(())
}

/// Compares values whose notation has no types: `1` can be a number or a text, and a single item a list.
fn is_same(sent: &Value, received: &Value) -> bool {
    if compare(sent, received, Direction::Response, &mut Vec::new()).is_ok() {
        return true;
    }
    match (sent, received) {
        (Value::Array(items), Value::Array(others)) => {
            items.len() == others.len() && items.iter().zip(others).all(|(item, other)| is_same(item, other))
        }
        (Value::Object(fields), Value::Object(others)) => {
            let keys: std::collections::BTreeSet<&String> = fields.keys().chain(others.keys()).collect();
            keys.into_iter().all(|key| match (fields.get(key), others.get(key)) {
                (Some(sent), Some(received)) => is_same(sent, received),
                (Some(sent), None) => is_nothing(sent) || key.starts_with(UNDECLARED),
                _ => false,
            })
        }
        (Value::Array(items), other) if items.len() == 1 => is_same(&items[0], other),
        (sent, Value::Array(others)) if others.len() == 1 => is_same(sent, &others[0]),
        // What has no type is JSON text, if it is no text.
        (Value::Array(_) | Value::Object(_), Value::String(text)) => {
            serde_json::from_str(text).is_ok_and(|text: Value| text == *sent)
        }
        (Value::Array(_) | Value::Object(_) | Value::Null, _)
        | (_, Value::Array(_) | Value::Object(_) | Value::Null) => false,
        (Value::Number(_), Value::String(text)) if is_number(sent, text) => true,
        (sent, received) => plain(sent) == plain(received),
    }
}

/// Tells the first place where values differ, and what is there.
fn difference(mut sent: &Value, mut received: &Value) -> String {
    let mut path = String::new();
    loop {
        let differs = |key: &str| !is_same(at(sent, key), at(received, key));
        let keys: Vec<String> = match (sent, received) {
            (Value::Object(fields), Value::Object(others)) => fields.keys().chain(others.keys()).cloned().collect(),
            (Value::Array(items), Value::Array(others)) if items.len() == others.len() => {
                (0..items.len()).map(|index| index.to_string()).collect()
            }
            _ => Vec::new(),
        };
        let Some(key) = keys.into_iter().find(|key| differs(key)) else { break };
        (sent, received) = (at(sent, &key), at(received, &key));
        path = format!("{path}/{key}");
    }
    let place = if path.is_empty() { path } else { format!("at {path} ") };
    format!("{place}sent {sent}, received {received}")
}

fn at<'v>(value: &'v Value, key: &str) -> &'v Value {
    let found = value.get(key).or_else(|| value.get(key.parse::<usize>().ok()?));
    found.unwrap_or(&Value::Null)
}

fn is_number(number: &Value, text: &str) -> bool {
    let read = serde_json::from_str::<Value>(text).ok().filter(Value::is_number);
    read.is_some_and(|read| compare(number, &read, Direction::Request, &mut Vec::new()).is_ok())
}

fn body(sent: &Value, received: &Value) -> Result<(), Wrong> {
    let media = sent["media"].as_str().unwrap_or_default();
    let place = format!("body {media}");
    let (own, other) = (&sent["body"], &received["body"]);
    let is_form = media.starts_with("application/x-www-form-urlencoded");
    let is_equal = match own.as_object().and_then(|body| body.iter().next()) {
        Some((kind, value)) if kind == "parts" => is_same_parts(&parts(value), &parts(&other["parts"])),
        Some((kind, value)) if kind == "value" && is_form && other.is_null() => is_nothing(value),
        Some((kind, value)) if kind == "value" && is_form => is_same(value, &other["value"]),
        Some((kind, value)) if kind == "value" && other.get("bytes").is_some() => {
            json(other["bytes"].as_str().unwrap_or_default()).as_ref() == Some(value)
        }
        Some((kind, value)) if kind == "value" => {
            compare(value, &other["value"], Direction::Request, &mut Vec::new()).is_ok()
        }
        Some((kind, value)) if kind == "text" => *value == other["text"],
        Some((_, value)) => *value == other["bytes"],
        None => other.is_null(),
    };
    if is_equal {
        return Ok(());
    }
    let (own, other) = if own.get("parts").is_some() {
        (parts(&own["parts"]), parts(&other["parts"]))
    } else {
        (own["value"].clone(), other["value"].clone())
    };
    // The first property that differs says more.
    let differing =
        own.as_object().and_then(|fields| fields.iter().find(|(key, value)| !is_same(value, &other[key.as_str()])));
    Err(match differing {
        Some((key, value)) => Wrong::new(format!("{place} {key}"), difference(value, &other[key.as_str()])),
        None => Wrong::new(place, difference(&own, &other)),
    })
}

/// Compares the contents of parts by their names. A list can be a part for each item, or a single part.
fn is_same_parts(sent: &Value, received: &Value) -> bool {
    let whole = |parts: &Value| parts.as_array().filter(|parts| parts.len() == 1).map(|parts| parts[0].clone());
    let forms = |parts: &Value| [Some(parts.clone()), whole(parts).filter(Value::is_array)].into_iter().flatten();
    let (Some(sent), Some(received)) = (sent.as_object(), received.as_object()) else { return false };
    sent.len() == received.len()
        && sent.iter().all(|(name, sent)| {
            let received = received.get(name).unwrap_or(&Value::Null);
            forms(sent).any(|sent| forms(received).any(|received| is_same(&sent, &received)))
        })
}

/// Returns the contents of all parts by their names.
fn parts(parts: &Value) -> Value {
    let mut contents: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    for part in parts.as_array().into_iter().flatten() {
        let text = String::from_utf8_lossy(&bytes(&part["bytes"])).into_owned();
        let is_json =
            part["media"].as_str().is_some_and(|media| media.contains("json")) || text.starts_with(['[', '{']);
        let json = is_json.then(|| serde_json::from_str(&text).ok()).flatten();
        let value = json.unwrap_or(Value::String(text));
        let name = part["name"].as_str().unwrap_or_default();
        if name.starts_with(UNDECLARED) {
            continue;
        }
        contents.entry(name.to_owned()).or_default().push(value);
    }
    contents.into_iter().map(|(name, values)| (name, Value::Array(values))).collect::<serde_json::Map<_, _>>().into()
}

/// Returns a request without what must differ: its host, the boundary of its parts, and the order of its headers, if the
/// credentials are where a parameter is.
fn normal(request: &Value) -> String {
    let text = request.as_str().unwrap_or_default();
    let boundary = text.split_once("boundary=").and_then(|(_, rest)| rest.split("\r\n").next());
    let text = boundary.map_or_else(|| text.to_owned(), |boundary| text.replace(boundary.trim_matches('"'), ""));
    let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
    let mut lines = head.split("\r\n");
    let first = lines.next().unwrap_or_default();
    let mut headers: Vec<&str> = lines.filter(|line| !line.to_ascii_lowercase().starts_with("host:")).collect();
    headers.sort_unstable();
    format!("{first}\r\n{}\r\n\r\n{body}", headers.join("\r\n"))
}

fn response(case: &Case, result: &Value) -> Result<(), Wrong> {
    let sent = &case.response;
    let status = sent["status"].as_u64().unwrap_or_default();
    let is_failure = status >= 400;
    let error = if is_failure && !result["failure"].is_null() { &Value::Null } else { &result["error"] };
    let reply = &result[if is_failure { "failure" } else { "reply" }];
    let media = sent["media"].as_str().unwrap_or_default();
    let place = format!("response {status} {media}").trim_end().to_owned();
    let wrong = |what: String| Wrong::new(place.clone(), format!("answered {}, {what}", sent["body"]));
    if let Some(error) = error.as_str() {
        return Err(wrong(format!("got {error}")));
    }
    // Without a described success, the server chooses.
    if !sent["status"].is_null() && reply["status"] != sent["status"] {
        return Err(wrong(format!("came back with status {}", reply["status"])));
    }
    // The response to HEAD has no content.
    if case.is_head {
        return Ok(());
    }
    let text = |value: &Value| value["body"].as_str().unwrap_or_default().trim().to_owned();
    let (own, other) = (text(sent), text(reply));
    let values = items(&own).zip(items(&other));
    let is_equal = match &values {
        Some((own, other)) => compare(own, other, Direction::Response, &mut Vec::new()).is_ok(),
        None => own == other,
    };
    match values {
        _ if is_equal => Ok(()),
        Some((own, other)) => Err(Wrong::new(place, difference(&own, &other))),
        None => Err(wrong(format!("came back {other:?}"))),
    }
}

/// Reads JSON, or a stream of it.
fn items(text: &str) -> Option<Value> {
    let line = |line: &str| json(line.trim_start_matches("data: ").trim_start_matches('\u{1e}'));
    let lines = || text.split('\n').filter(|text| !text.is_empty()).map(line).collect::<Option<Vec<_>>>();
    json(text).or_else(|| lines().map(Value::Array))
}

fn json(text: &str) -> Option<Value> {
    serde_json::from_slice(&bytes(&text.into())).ok()
}

/// Returns the bytes that the characters of a text stand for (Latin-1).
fn bytes(text: &Value) -> Vec<u8> {
    text.as_str().unwrap_or_default().chars().filter_map(|c| u8::try_from(c).ok()).collect()
}
