//! Endpoints that are called with values instead of a request. Tests of the generator prove the wire with them.

use std::sync::Arc;

use bytes::Bytes;
use serde_json::{Value, json};

use super::contract::Location;
use super::server::ServerOf;
use super::service::{Arrived, Endpoint, Reply};
use super::wire::{Arguments, Part, Sent};
use crate::Error;

/// Calls the method of an endpoint. The arguments are
/// `{"parameters": [["path", "id", 7]], "media": "text/plain", "body": {"text": "…"}}`, in which the body can also have the
/// key `value`, `bytes` or `parts`. The characters of `bytes` stand for bytes (Latin-1). Returns the response in the same way.
///
/// # Errors
///
/// Returns the error of the service, or of arguments that do not fit its types.
pub async fn call<S>(endpoint: &Endpoint<S>, service: &S, arguments: &Value) -> Result<Value, Error> {
    let arguments = Arc::new(Arguments::of_values(arguments));
    let arrived = Arrived { arguments, described: Arc::default(), media: endpoint.media };
    let Reply { status, headers, body } = (endpoint.answer)(service, arrived).await?;
    let media = headers.get(http::header::CONTENT_TYPE).map(|media| latin1(media.as_bytes()));
    Ok(json!({ "status": status.as_u16(), "media": media, "body": latin1(&body) }))
}

impl<C, S: 'static> ServerOf<C, S> {
    /// Forgets the requests that have arrived, and returns the arguments of the last one.
    #[doc(hidden)]
    #[must_use]
    pub fn take_values(&self) -> Option<Value> {
        let requests = std::mem::take(&mut self.exchange.notes().requests);
        requests.last().map(|request| request.arguments.values())
    }
}

impl Arguments {
    fn of_values(values: &Value) -> Self {
        let text = |value: &Value, key: &str| value[key].as_str().map(ToOwned::to_owned);
        let parameter = |parameter: &Value| {
            let places = [Location::Path, Location::Query, Location::Header, Location::Cookie];
            let place = places.into_iter().find(|place| parameter[0] == place.name())?;
            Some((place, parameter[1].as_str()?.to_owned(), parameter[2].clone()))
        };
        let header = |header: &Value| Some((header[0].as_str()?.to_owned(), header[1].as_str()?.to_owned()));
        let part = |part: &Value| Part {
            name: text(part, "name").unwrap_or_default(),
            file_name: text(part, "file_name"),
            media: text(part, "media"),
            headers: part["headers"].as_array().into_iter().flatten().filter_map(header).collect(),
            content: bytes(&part["bytes"]),
        };
        let body = &values["body"];
        Self {
            parameters: values["parameters"].as_array().into_iter().flatten().filter_map(parameter).collect(),
            body: match body.as_object().and_then(|body| body.keys().next()).map(String::as_str) {
                Some("value") => Some(Sent::Value(body["value"].clone())),
                Some("text") => Some(Sent::Text(text(body, "text").unwrap_or_default())),
                Some("bytes") => Some(Sent::Bytes(bytes(&body["bytes"]))),
                Some("parts") => Some(Sent::Parts(body["parts"].as_array().into_iter().flatten().map(part).collect())),
                _ => None,
            },
            media: text(values, "media"),
        }
    }

    fn values(&self) -> Value {
        let parameters = self.parameters.iter().map(|(place, name, value)| json!([place.name(), name, value]));
        let part = |part: &Part| json!({ "name": part.name, "file_name": part.file_name, "media": part.media, "bytes": latin1(&part.content) });
        let body = match &self.body {
            Some(Sent::Value(value)) => json!({ "value": value }),
            Some(Sent::Text(text)) => json!({ "text": text }),
            Some(Sent::Bytes(bytes)) => json!({ "bytes": latin1(bytes) }),
            Some(Sent::Parts(parts)) => json!({ "parts": parts.iter().map(part).collect::<Vec<_>>() }),
            None => Value::Null,
        };
        json!({ "parameters": parameters.collect::<Vec<_>>(), "media": self.media, "body": body })
    }
}

fn latin1(bytes: &[u8]) -> String {
    bytes.iter().copied().map(char::from).collect()
}

fn bytes(value: &Value) -> Bytes {
    value.as_str().unwrap_or_default().chars().filter_map(|c| u8::try_from(c).ok()).collect()
}
