//! Reads request bodies by their media types.

use std::collections::BTreeMap;

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use serde_json::Value;

use super::deep;
use super::multipart::{self, Part};
use super::raw::{Raw, Refusal, check, object, plain, scalar};
use super::styles::Reading;
use crate::testing::contract::{
    Content, Kinds, Linked, Operation, References, Schemas, Style, escape, is_json, item, part,
};

/// The body of a request.
#[derive(Clone, Debug)]
pub(in crate::testing) enum Sent {
    Value(Value),
    Text(String),
    Bytes(Bytes),
    Parts(Vec<Part>),
}

/// Reads the body of a request, and checks it. Returns it with its media type.
pub(super) fn read(
    document: &Linked,
    operation: &Operation,
    raw: &Raw<'_>,
    schemas: &Schemas,
) -> Result<Option<(Sent, String)>, Refusal> {
    let Some(body) = &operation.body else { return Ok(None) };
    let media = raw.headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let Some(media) = media else {
        let is_missing = body.is_required && raw.body.is_empty();
        return if is_missing || !raw.body.is_empty() {
            Err(Refusal::new(if is_missing { "the body is missing" } else { "the body has no `Content-Type`" }))
        } else {
            Ok(None)
        };
    };
    let Some(content) = chosen(&body.contents, media) else {
        let known: Vec<String> = body.contents.iter().map(|content| format!("`{}`", content.media)).collect();
        let why = format!("the `Content-Type` of the body is none of {}", known.join(", "));
        return Err(Refusal { status: 415, why });
    };
    let schema = format!("{}/schema", content.pointer);
    let sent = Reader { document, content, schema: &schema, schemas }.read(media, raw.body)?;
    Ok(Some((sent, content.media.clone())))
}

fn essence(media: &str) -> String {
    media.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// Returns the content that describes a media type: the same one, or a range that contains it.
fn chosen<'c>(contents: &'c [Content], full: &str) -> Option<&'c Content> {
    let media = essence(full);
    let (kind, _) = media.split_once('/').unwrap_or_default();
    let named = |name: &str| contents.iter().find(|content| essence(&content.media) == name);
    // Media types can differ only in their parameters.
    let same = contents.iter().find(|content| content.media.eq_ignore_ascii_case(full));
    same.or_else(|| named(&media)).or_else(|| named(&format!("{kind}/*"))).or_else(|| named("*/*"))
}

struct Reader<'a> {
    document: &'a Linked,
    content: &'a Content,
    schema: &'a str,
    schemas: &'a Schemas,
}

impl Reader<'_> {
    fn read(&self, media: &str, body: &Bytes) -> Result<Sent, Refusal> {
        let essence = essence(media);
        if is_json(&essence) {
            let value = serde_json::from_slice(body).map_err(|_| Refusal::new("the body is not JSON"))?;
            check(self.schemas, self.schema, &value, "the body")?;
            return Ok(Sent::Value(value));
        }
        match essence.as_str() {
            "application/x-www-form-urlencoded" => self.form(body).map(Sent::Value),
            kind if kind.starts_with("multipart/") => {
                let parts =
                    multipart::parts(body, media).ok_or_else(|| Refusal::new("the multipart body is malformed"))?;
                self.check_parts(&parts)?;
                Ok(Sent::Parts(parts))
            }
            kind if kind.starts_with("text/") => match std::str::from_utf8(body) {
                Ok(text) => Ok(Sent::Text(text.to_owned())),
                Err(_) => Err(Refusal::new("the body is not UTF-8")),
            },
            _ => Ok(Sent::Bytes(body.clone())),
        }
    }

    fn form(&self, body: &Bytes) -> Result<Value, Refusal> {
        let text = std::str::from_utf8(body).map_err(|_| Refusal::new("the body is not UTF-8"))?;
        let pairs = text.split('&').filter(|pair| !pair.is_empty());
        let pairs: Vec<(&str, &str)> = pairs.map(|pair| pair.split_once('=').unwrap_or((pair, ""))).collect();
        let mut names: Vec<(String, bool)> = Vec::new();
        for (key, _) in &pairs {
            let key = plain(key).ok_or_else(|| Refusal::new("the body is not UTF-8"))?;
            let property = self.named(&key);
            if !names.contains(&property) {
                names.push(property);
            }
        }
        let mut fields: Vec<(String, Value)> = Vec::new();
        for (name, is_nested) in names {
            let value = self.field(&name, &pairs, is_nested);
            let value = value.map_err(|why| Refusal::new(format!("the property `{name}` of the body {why}")))?;
            fields.extend(value.map(|value| (name, value)));
        }
        let value = object(fields);
        check(self.schemas, self.schema, &value, "the body")?;
        Ok(value)
    }

    /// Returns the property that a key of a form belongs to, and whether brackets after its name lead into it.
    fn named(&self, key: &str) -> (String, bool) {
        let is_declared = |name: &str| {
            let found = part(self.document, self.schema, name);
            found.is_some_and(|found| found.ends_with(&format!("/properties/{}", escape(name))))
        };
        if is_declared(key) {
            return (key.to_owned(), false);
        }
        if let Some(spread) = self.spread().find(|name| {
            let schema = part(self.document, self.schema, name);
            schema.is_some_and(|schema| part(self.document, &schema, key).is_some())
        }) {
            return (spread.clone(), false);
        }
        let name = key.split('[').next().unwrap_or_default();
        let is_nested = name != key && (is_declared(name) || part(self.document, self.schema, key).is_none());
        (if is_nested { name } else { key }.to_owned(), is_nested)
    }

    /// Returns the properties whose own properties are pairs of the form.
    fn spread(&self) -> impl Iterator<Item = &String> {
        let encodings = self.document.at(&format!("{}/encoding", self.content.pointer)).and_then(Value::as_object);
        encodings.into_iter().flatten().filter_map(|(name, encoding)| {
            let says = |key: &str, value: Value| encoding.get(key).is_none_or(|own| *own == value);
            let has_style = encoding.get("style").is_some() || encoding.get("explode").is_some();
            let is_object = || {
                let schema = part(self.document, self.schema, name);
                schema.is_some_and(|schema| Kinds::of(self.document, &schema).is_object())
            };
            (has_style && says("style", "form".into()) && says("explode", true.into()) && is_object()).then_some(name)
        })
    }

    fn field(&self, name: &str, pairs: &[(&str, &str)], is_nested: bool) -> Result<Option<Value>, String> {
        let schema = part(self.document, self.schema, name).unwrap_or_default();
        let encoding = self.document.at(&format!("{}/encoding/{}", self.content.pointer, escape(name)));
        let explode = encoding.and_then(|encoding| encoding.get("explode")).and_then(Value::as_bool);
        let style = match encoding.and_then(|encoding| encoding.get("style")).and_then(Value::as_str) {
            Some("spaceDelimited") => Style::SpaceDelimited,
            Some("pipeDelimited") => Style::PipeDelimited,
            Some("deepObject") => Style::DeepObject,
            _ => Style::Form,
        };
        if is_nested || style == Style::DeepObject {
            let decoded: Vec<(String, &str)> =
                pairs.iter().filter_map(|(key, value)| Some((plain(key)?, *value))).collect();
            return deep::read(self.document, &schema, name, &decoded);
        }
        // Without a style, an object is JSON text, and so is what has JSON's media type.
        let has_style = encoding.is_some_and(|encoding| encoding.get("style").or(encoding.get("explode")).is_some());
        let media = encoding.and_then(|encoding| encoding.get("contentType")).and_then(Value::as_str);
        let is_json = !has_style && (Kinds::of(self.document, &schema).is_object() || media.is_some_and(is_json));
        let explode = explode.unwrap_or(style == Style::Form) && !is_json;
        let reading = Reading { document: self.document, schema: &schema, style, explode };
        if is_json {
            let text =
                pairs.iter().find(|(key, _)| plain(key).as_deref() == Some(name)).and_then(|(_, text)| plain(text));
            return text.map(|text| serde_json::from_str(&text).map_err(|_| "is not JSON".to_owned())).transpose();
        }
        reading.pairs(name, pairs, |_| false)
    }

    /// Checks the parts that are no files.
    fn check_parts(&self, parts: &[Part]) -> Result<(), Refusal> {
        let mut values: BTreeMap<&str, Vec<Value>> = BTreeMap::new();
        for sent in parts.iter().filter(|part| part.file_name.is_none()) {
            let schema = part(self.document, self.schema, &sent.name);
            let Some(text) = std::str::from_utf8(&sent.content).ok() else { continue };
            let is_json = sent.media.as_deref().is_some_and(is_json);
            let kinds = schema.as_deref().map(|schema| Kinds::of(self.document, schema)).unwrap_or_default();
            let index = values.get(sent.name.as_str()).map_or(0, Vec::len);
            let item =
                schema.as_deref().filter(|_| kinds.is_list()).and_then(|schema| item(self.document, schema, index));
            let value = match serde_json::from_str(text) {
                Ok(value) if is_json => value,
                _ => scalar(self.document, item.as_deref().or(schema.as_deref()), text.to_owned()),
            };
            values.entry(&sent.name).or_default().push(value);
        }
        for (name, mut sent) in values {
            let Some(schema) = part(self.document, self.schema, name) else { continue };
            // A part is an item of a list, or the whole list. An item that is a list itself looks like the whole.
            let is_list = Kinds::of(self.document, &schema).is_list();
            let items = is_list.then(|| Value::Array(sent.clone()));
            let whole = sent.pop().filter(|value| !is_list || sent.is_empty() && value.is_array());
            let readings = items.into_iter().chain(whole);
            let check = |value: Value| check(self.schemas, &schema, &value, &format!("the part `{name}` of the body"));
            readings.map(check).reduce(Result::or).unwrap_or(Ok(()))?;
        }
        let required = self.document.behind(self.schema).and_then(|at| self.document.at(&format!("{at}/required")));
        let mut required = required.and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
        // Only the service sets what is `readOnly`.
        let is_read_only = |name: &str| {
            let schema = part(self.document, self.schema, name).and_then(|schema| self.document.behind(&schema));
            schema.and_then(|at| self.document.at(&format!("{at}/readOnly"))) == Some(&Value::Bool(true))
        };
        match required.find(|name| !is_read_only(name) && !parts.iter().any(|part| part.name == **name)) {
            Some(name) => Err(Refusal::new(format!("the part `{name}` of the body is missing"))),
            None => Ok(()),
        }
    }
}
