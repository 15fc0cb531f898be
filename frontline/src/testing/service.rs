//! What connects a generated `Service` with the server: the arguments of a request as types, and responses as bytes.

use std::collections::BTreeMap;
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use bytes::Bytes;
use http::header::{ACCEPT, CONTENT_TYPE};
use http::{HeaderMap, HeaderValue, StatusCode};
use serde_json::Value;

use super::contract::{Answer as Described, Location, Operation, is_json};
use super::streaming::Streaming;
use super::wire::{Arguments, Part, Sent};
use crate::client::Api;
use crate::json::{FromJson, Limits};
use crate::{ByteStream, Error, ErrorKind, File};

/// A generated client whose document can be served by `S`.
#[doc(hidden)]
pub trait Serve<S: 'static>: Api {
    /// The document's files, as one JSON text.
    const DOCUMENT: &'static str;

    /// The methods of the service, in the order of the client's.
    const ENDPOINTS: &'static [Endpoint<S>];
}

/// A method of a service.
#[doc(hidden)]
pub struct Endpoint<S> {
    /// The id of its operation, and the pointer of it in the document.
    pub name: &'static str,
    pub pointer: &'static str,
    /// The media type of its responses, if the operation has several methods.
    pub media: Option<&'static str>,
    /// How its responses are written, if they are streams.
    pub stream: Option<Streaming>,
    pub answer: for<'a> fn(&'a S, Arrived) -> Answering<'a>,
}

#[doc(hidden)]
pub type Answering<'a> = Pin<Box<dyn Future<Output = Result<Reply, Error>> + Send + 'a>>;

/// A response that is ready to be sent.
#[doc(hidden)]
#[derive(Debug)]
pub struct Reply {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) body: Bytes,
}

/// The source of the error that a service returns for an operation without a method.
#[derive(Debug)]
pub(super) struct Unimplemented(&'static str);

impl fmt::Display for Unimplemented {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the service does not implement `{}`", self.0)
    }
}

impl std::error::Error for Unimplemented {}

/// Returns the error of an operation that the service does not implement.
#[doc(hidden)]
#[must_use]
pub fn unimplemented(operation: &'static str) -> Error {
    let source = Unimplemented(operation);
    let body = serde_json::json!({ "message": source.to_string() }).to_string();
    Error::from_status(StatusCode::NOT_IMPLEMENTED, body).with_source(source)
}

/// A request whose arguments are read.
#[doc(hidden)]
#[derive(Clone)]
pub struct Arrived {
    pub(super) arguments: Arc<Arguments>,
    pub(super) described: Arc<[Described]>,
    pub(super) media: Option<&'static str>,
}

impl Arrived {
    /// Returns the argument for a parameter.
    ///
    /// # Errors
    ///
    /// Returns an error if the type cannot be read from the value.
    pub fn argument<T: FromJson>(&self, location: &str, name: &str) -> Result<T, Error> {
        let places = [Location::Path, Location::Query, Location::Header, Location::Cookie];
        let found = places.into_iter().find(|place| place.name() == location);
        let value = found.and_then(|location| self.arguments.get(location, name)).unwrap_or(&Value::Null);
        typed(&format!("the {location} parameter `{name}`"), value)
    }

    /// Returns whether there is a body.
    #[must_use]
    pub fn has_body(&self) -> bool {
        self.arguments.body.is_some()
    }

    /// Returns the index of the media type that the body has.
    #[must_use]
    pub fn content(&self, known: &[&str]) -> usize {
        let own = self.arguments.media.as_deref();
        known.iter().position(|media| Some(*media) == own).unwrap_or_default()
    }

    /// Returns the body: JSON or a form.
    ///
    /// # Errors
    ///
    /// Returns an error if the type cannot be read from the body.
    pub fn body<T: FromJson>(&self) -> Result<T, Error> {
        match &self.arguments.body {
            Some(Sent::Value(value)) => typed("the body", value),
            Some(Sent::Text(text)) => typed("the body", &Value::String(text.clone())),
            _ => typed("the body", &Value::Null),
        }
    }

    /// Returns the body as text.
    ///
    /// # Errors
    ///
    /// Returns an error if it is not UTF-8.
    pub fn text(&self) -> Result<String, Error> {
        match &self.arguments.body {
            Some(Sent::Text(text)) => Ok(text.clone()),
            Some(Sent::Value(value)) => Ok(value.as_str().map_or_else(|| value.to_string(), ToOwned::to_owned)),
            Some(Sent::Bytes(bytes)) => text(bytes),
            _ => Ok(String::new()),
        }
    }

    /// Returns the bytes of the body.
    ///
    /// # Errors
    ///
    /// Never fails. Returns a `Result` because generated code treats all kinds of bodies alike.
    pub fn bytes(&self) -> Result<ByteStream, Error> {
        Ok(match &self.arguments.body {
            Some(Sent::Bytes(bytes)) => bytes.clone().into(),
            Some(Sent::Text(text)) => text.clone().into(),
            Some(Sent::Value(value)) => value.to_string().into(),
            _ => Bytes::new().into(),
        })
    }

    fn all_parts(&self) -> impl Iterator<Item = &Part> {
        let parts = match &self.arguments.body {
            Some(Sent::Parts(parts)) => parts.as_slice(),
            _ => &[],
        };
        parts.iter()
    }

    fn parts(&self, name: &str) -> impl Iterator<Item = &Part> {
        self.all_parts().filter(move |part| part.name == name)
    }

    /// Returns the value of the parts with a name. `is_list` is whether each is an item of a list.
    ///
    /// # Errors
    ///
    /// Returns an error if the type cannot be read from the parts.
    pub fn part<T: FromJson>(&self, name: &str, is_list: bool) -> Result<T, Error> {
        let values = |is_json: &dyn Fn(&Part) -> bool| {
            let value = |part: &Part| {
                let text = text(&part.content)?;
                let json = is_json(part).then(|| serde_json::from_str(&text).ok()).flatten();
                Ok(json.unwrap_or(Value::String(text)))
            };
            self.parts(name).map(value).collect::<Result<Vec<Value>, Error>>()
        };
        let mut marked = values(&|part| part.media.as_deref().is_some_and(is_json))?;
        let mut readings = Vec::new();
        if is_list && !marked.is_empty() {
            // A single part can be the whole list, and an item that is a list itself is a text of JSON.
            readings.extend(marked.first().filter(|whole| marked.len() == 1 && whole.is_array()).cloned());
            readings.extend([Value::Array(marked), Value::Array(values(&|_| true)?)]);
        } else {
            readings.push(marked.pop().unwrap_or_default());
        }
        let read = |value| typed(&format!("the part `{name}`"), value);
        readings.iter().skip(1).fold(read(&readings[0]), |own, value| own.or_else(|_| read(value)))
    }

    /// Returns the value of a header of the part `of`. `is_list` is whether commas divide it.
    ///
    /// # Errors
    ///
    /// Returns an error if the type cannot be read from the header.
    pub fn part_header<T: FromJson>(&self, of: &str, name: &str, is_list: bool) -> Result<T, Error> {
        let headers = self.parts(of).flat_map(|part| &part.headers);
        let mut values = headers.filter(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.clone());
        let items = |value: String| value.split(',').map(|item| item.trim().into()).collect::<Vec<Value>>();
        let value = values.next().map(|value| if is_list { items(value).into() } else { Value::String(value) });
        typed(&format!("the header `{name}` of the part `{of}`"), &value.unwrap_or_default())
    }

    /// Returns the files with a name.
    #[must_use]
    pub fn files(&self, name: &str) -> Vec<File> {
        self.parts(name).map(file).collect()
    }

    /// Returns the file with a name.
    ///
    /// # Errors
    ///
    /// Returns an error if there is none.
    pub fn file(&self, name: &str) -> Result<File, Error> {
        let missing = || Error::new(ErrorKind::Decode, format!("the part `{name}` is missing"));
        self.parts(name).next().map(file).ok_or_else(missing)
    }

    /// Returns the files whose names are none of `known`.
    ///
    /// # Errors
    ///
    /// Never fails. Returns a `Result` because generated code treats all kinds of parts alike.
    pub fn other_files(&self, known: &[&str]) -> Result<BTreeMap<String, File>, Error> {
        Ok(self
            .all_parts()
            .filter(|part| !known.contains(&part.name.as_str()))
            .map(|part| (part.name.clone(), file(part)))
            .collect())
    }

    /// Returns the values of the parts whose names are none of `known`.
    ///
    /// # Errors
    ///
    /// Returns an error if the type cannot be read from a part.
    pub fn other_parts<T: FromJson>(&self, known: &[&str]) -> Result<BTreeMap<String, T>, Error> {
        let others = self.all_parts().filter(|part| !known.contains(&part.name.as_str()));
        let names: std::collections::BTreeSet<&String> = others.map(|part| &part.name).collect();
        names.into_iter().map(|name| Ok((name.clone(), self.part(name, self.parts(name).count() > 1)?))).collect()
    }
}

fn file(part: &Part) -> File {
    let file = File::new(part.content.clone());
    let file = match &part.file_name {
        Some(name) => file.named(name),
        None => file.unnamed(),
    };
    match &part.media {
        Some(media) => file.of_type(media),
        None => file,
    }
}

fn text(bytes: &Bytes) -> Result<String, Error> {
    let text = std::str::from_utf8(bytes).map_err(|_| Error::new(ErrorKind::Decode, "the body is not UTF-8"))?;
    Ok(text.to_owned())
}

fn typed<T: FromJson>(what: &str, value: &Value) -> Result<T, Error> {
    Error::decode(what, value.to_string().as_bytes(), Limits::NONE)
}

/// Returns the position of the endpoint that a request asks for, among those of one operation.
pub(super) fn accepted(headers: &HeaderMap, media: &[Option<&'static str>]) -> usize {
    let accept: Vec<&str> = headers.get_all(ACCEPT).iter().filter_map(|value| value.to_str().ok()).collect();
    let asked = accept
        .iter()
        .flat_map(|value| value.split(','))
        .map(|value| value.split(';').next().unwrap_or_default().trim());
    let named =
        |asked: &str| media.iter().position(|media| media.is_some_and(|media| media.eq_ignore_ascii_case(asked)));
    asked.into_iter().find_map(named).or_else(|| media.iter().position(Option::is_none)).unwrap_or_default()
}

/// Writes the response of an error. Returns `None` if it has no status.
pub(super) fn failure(error: &Error, operation: Option<&Operation>) -> Option<Reply> {
    let status = error.status()?;
    let body = Bytes::copy_from_slice(error.body().unwrap_or_default());
    let mut headers = error.headers().cloned().unwrap_or_default();
    if !body.is_empty() && !headers.contains_key(CONTENT_TYPE) {
        let is_object = serde_json::from_slice::<serde_json::Map<String, Value>>(&body).is_ok();
        let all = || operation.into_iter().flat_map(|operation| &operation.responses);
        let others = all().filter(|answer| answer.status == "default");
        let mut media = all().filter(|answer| answer.is_for(status.as_u16())).chain(others).flat_map(Described::media);
        let described = media.find(|media| is_json(media) && !media.contains('*'));
        let media =
            if is_object { described.map_or("application/json", String::as_str) } else { "text/plain; charset=utf-8" };
        headers.extend(HeaderValue::try_from(media).ok().map(|media| (CONTENT_TYPE, media)));
    }
    Some(Reply { status, headers, body })
}
