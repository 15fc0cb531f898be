//! The values of an answer: examples of the document, or values that are made of schemas.

use http::header::CONTENT_TYPE;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use serde_json::{Map, Value, json};

use crate::Response;
use crate::testing::contract::{Content, Direction, Linked, References, Schemas, escape, is_json};
use crate::testing::instances::{Generator, Random, Size};
use crate::testing::service::{Arrived, Reply};
use crate::testing::streaming::Streaming;

/// The sizes of the values that are made, until one is valid.
const SIZES: [Size; 6] = [Size::Maximal(4), Size::Maximal(2), Size::Random, Size::Random, Size::Random, Size::Minimal];

/// The fields of a server-sent event.
const FIELDS: [&str; 4] = ["event", "data", "id", "retry"];

pub(super) struct Made<'a> {
    pub trees: &'a Value,
    pub schemas: &'a Schemas,
    pub document: &'a Linked,
    pub seed: u64,
}

impl Made<'_> {
    /// Makes a response with a body.
    pub fn body(&self, content: &Content) -> Result<Reply, String> {
        let schema = format!("{}/schema", content.pointer);
        let is_json = is_json(&content.media);
        let value = match self.given(&content.pointer, &schema) {
            Some(value) => value,
            None if self.document.at(&schema).is_some() => self.made(&schema)?,
            None if is_json => json!({}),
            None => "text".into(),
        };
        match value {
            value if is_json => Ok(reply(content, value.to_string())),
            Value::String(text) => Ok(reply(content, text)),
            _ => {
                Err(format!("the document has no example of `{}`, and the test server cannot make one", content.media))
            }
        }
    }

    /// Makes a response that is a stream with a single item, whose schema is at the pointer `item`.
    pub fn stream(&self, content: &Content, item: &str, format: Streaming, arrived: &Arrived) -> Result<Reply, String> {
        let items = match self.given(&content.pointer, item) {
            Some(Value::Array(items)) => items,
            Some(value) => vec![value],
            None => match self.document.at(&format!("{}/example", content.pointer)) {
                // The example is the whole stream.
                Some(Value::String(text)) => return Ok(reply(content, text.clone())),
                _ => vec![self.item(item, format)?],
            },
        };
        arrived.stream(format, Ok(Response::new(items))).map_err(|error| error.to_string())
    }

    /// Makes an item of a stream. A schema can describe a whole event, of which the client reads only the data.
    fn item(&self, pointer: &str, format: Streaming) -> Result<Value, String> {
        let mut value = self.made(pointer)?;
        let inner = self.document.behind(pointer).map(|item| format!("{item}/properties/data/contentSchema"));
        let inner =
            inner.filter(|inner| self.document.at(inner).is_some()).map(|inner| self.made(&inner)).transpose()?;
        let is_event = |value: &Map<String, Value>| value.keys().all(|key| FIELDS.contains(&key.as_str()));
        let is_event = value.as_object().is_some_and(|value| value.contains_key("data") && is_event(value));
        Ok(match (format, inner) {
            (Streaming::WholeEvents, Some(inner)) => {
                value["data"] = inner.to_string().into();
                value
            }
            (Streaming::Events | Streaming::TextEvents, Some(inner)) => inner,
            (Streaming::Events | Streaming::TextEvents, None) if is_event => value["data"].take(),
            _ => value,
        })
    }

    /// Makes a header if it is required, or has an example.
    pub fn header(&self, name: &str, header: &str) -> Result<HeaderMap, String> {
        let schema = format!("{header}/schema");
        let is_required = self.document.at(header).is_some_and(|header| header.get("required") == Some(&json!(true)));
        let value = match self.given(header, &schema) {
            Some(value) => value,
            None if is_required && self.document.at(&schema).is_some() => self.made(&schema)?,
            None => return Ok(HeaderMap::new()),
        };
        let text = match &value {
            Value::Array(items) => items.iter().map(plain).collect::<Vec<_>>().join(","),
            value => plain(value),
        };
        let unusable = || format!("the document's example of the header `{name}` is no header");
        let name = HeaderName::try_from(name).map_err(|_| unusable())?;
        let value = HeaderValue::try_from(text).map_err(|_| unusable())?;
        Ok(HeaderMap::from_iter([(name, value)]))
    }

    /// Returns an example of the document that is valid. `owner` is the pointer of the media type or header.
    fn given(&self, owner: &str, schema: &str) -> Option<Value> {
        let own = self.document.at(&format!("{owner}/example")).cloned();
        let named = self.document.at(&format!("{owner}/examples")).and_then(Value::as_object);
        let named = named.into_iter().flat_map(Map::keys).filter_map(|name| {
            let example = self.document.behind(&format!("{owner}/examples/{}", escape(name)))?;
            self.document.at(&format!("{example}/value")).cloned()
        });
        let behind = self.document.behind(schema).and_then(|schema| self.document.at(&schema));
        let of_schema = behind.and_then(|schema| schema.get("example")).cloned();
        let list = behind.and_then(|schema| schema.get("examples")?.as_array()).cloned().unwrap_or_default();
        let all = own.into_iter().chain(named).chain(of_schema).chain(list);
        let mut valid: Vec<Value> = all.filter(|value| self.schemas.accepts(schema, value) != Some(false)).collect();
        let count = u64::try_from(valid.len()).ok().filter(|count| *count > 0)?;
        Some(valid.swap_remove(usize::try_from(self.seed % count).unwrap_or(0)))
    }

    /// Makes a valid value of a schema.
    fn made(&self, schema: &str) -> Result<Value, String> {
        let mut generator = Generator::new(self.trees, Direction::Response);
        generator.random = Random::new(self.seed, schema);
        generator.has_undeclared = false;
        let mut made = SIZES.iter().filter_map(|size| generator.instance(schema, *size));
        made.find(|value| self.schemas.accepts(schema, value) != Some(false)).ok_or_else(|| {
            "the test server found no value that matches the schema of the response; the document needs an example"
                .to_owned()
        })
    }
}

fn reply(content: &Content, body: String) -> Reply {
    // A range such as `image/*` does not say which media type a response has.
    let media = match content.media.as_str() {
        media if !media.contains('*') => media,
        media if is_json(media) => "application/json",
        _ => "application/octet-stream",
    };
    let headers = HeaderValue::try_from(media).ok().map(|media| (CONTENT_TYPE, media)).into_iter().collect();
    Reply { status: StatusCode::OK, headers, body: body.into() }
}

fn plain(value: &Value) -> String {
    let text = value.as_str().map_or_else(|| value.to_string(), ToOwned::to_owned);
    // JSON Schema does not distinguish `1.0` from `1`, but whoever reads a header may.
    if value.is_number() { text.trim_end_matches(".0").to_owned() } else { text }
}
