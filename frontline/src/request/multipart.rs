//! Multipart forms (RFC 7578).

use std::collections::{BTreeMap, VecDeque};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::{Bytes, BytesMut};
use futures_core::Stream;
use http::HeaderValue;
use serde::Serialize;
use serde_json::Value;

use super::body::Body;
use super::file::File;
use super::form;
use super::style::{self, Style};
use crate::random::random_bits;
use crate::{ByteStream, Error};

/// A builder for a multipart form.
#[doc(hidden)]
#[derive(Default)]
pub struct Multipart {
    parts: Vec<Part>,
    invalid: Option<Error>,
}

struct Part {
    name: String,
    file_name: Option<String>,
    /// The media type that the caller has set.
    chosen: Option<String>,
    /// The media type to use if the caller has set none.
    usual: Option<&'static str>,
    /// Names and values.
    headers: Vec<(&'static str, String)>,
    content: ByteStream,
}

impl Multipart {
    /// Creates a form without parts.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds the argument as text: one part for a scalar, one for each item of an array, and none for null.
    #[must_use]
    pub fn text(mut self, name: &str, argument: &(impl Serialize + ?Sized)) -> Self {
        match form::texts(name, argument) {
            Ok(texts) => self.parts.extend(texts.into_iter().map(|text| Part {
                name: name.to_owned(),
                file_name: None,
                chosen: None,
                usual: None,
                headers: Vec::new(),
                content: text.into(),
            })),
            Err(error) => self.invalid = self.invalid.or(Some(error)),
        }
        self
    }

    /// Adds the argument as a part of JSON, unless it is null.
    #[must_use]
    pub fn json(mut self, name: &str, argument: &(impl Serialize + ?Sized)) -> Self {
        match style::value(name, Style::Json, argument) {
            Ok(value) => self.parts.extend(value.map(|value| Part {
                name: name.to_owned(),
                file_name: None,
                chosen: None,
                usual: Some("application/json"),
                headers: Vec::new(),
                content: value.to_string().into(),
            })),
            Err(error) => self.invalid = self.invalid.or(Some(error)),
        }
        self
    }

    /// Adds the argument as JSON if it is an object or contains one, and as text otherwise.
    #[must_use]
    pub fn value(self, name: &str, argument: &(impl Serialize + ?Sized)) -> Self {
        let has_object = |value: &Value| match value {
            Value::Array(items) => items.iter().any(|item| item.is_object() || item.is_array()),
            value => value.is_object(),
        };
        match style::json(name, argument) {
            Ok(value) if has_object(&value) => self.json(name, &value),
            _ => self.text(name, argument),
        }
    }

    /// Adds a part for each entry of a map.
    #[must_use]
    pub fn map<T>(self, map: BTreeMap<String, T>, add: impl Fn(Self, &str, T) -> Self) -> Self {
        map.into_iter().fold(self, |form, (name, part)| add(form, &name, part))
    }

    /// Adds a file, unless it is `None`.
    #[must_use]
    pub fn file(self, name: &str, file: impl Into<Option<File>>) -> Self {
        self.files(name, file.into().into_iter().collect())
    }

    /// Adds files as parts with the same name.
    #[must_use]
    pub fn files(mut self, name: &str, files: Vec<File>) -> Self {
        self.parts.extend(files.into_iter().map(|file| Part {
            name: name.to_owned(),
            usual: file.name.is_some().then_some("application/octet-stream"),
            file_name: file.name,
            chosen: file.content_type,
            headers: Vec::new(),
            content: file.content,
        }));
        self
    }

    /// Sets the media type of the parts with this name, except those for which the caller has set one.
    #[must_use]
    pub fn of_type(mut self, name: &str, media: &'static str) -> Self {
        self.parts.iter_mut().filter(|part| part.name == name).for_each(|part| part.usual = Some(media));
        self
    }

    /// Adds a header to the parts with this name, unless the argument is null or an empty list.
    #[must_use]
    pub fn header(
        mut self,
        part: &str,
        name: &'static str,
        style: Style,
        argument: &(impl Serialize + ?Sized),
    ) -> Self {
        match header(name, style, argument) {
            Ok(Some(value)) => {
                let parts = self.parts.iter_mut().filter(|known| known.name == part);
                parts.for_each(|part| part.headers.push((name, value.clone())));
            }
            Ok(None) => {}
            Err(error) => self.invalid = self.invalid.or(Some(error)),
        }
        self
    }

    pub(crate) fn into_body(self) -> Result<Body, Error> {
        if let Some(error) = self.invalid {
            return Err(error);
        }
        let boundary = boundary();
        let content_type = HeaderValue::try_from(format!("multipart/form-data; boundary={boundary}"))
            .map_err(|_| Error::invalid_argument("the request body cannot be serialized as a form"))?;
        let mut pieces = VecDeque::new();
        for part in self.parts {
            pieces.extend([ByteStream::from(part.head(&boundary)?), part.content, ByteStream::from("\r\n")]);
        }
        pieces.push_back(format!("--{boundary}--\r\n").into());
        Ok(Body { content_type, content: joined(pieces) })
    }
}

/// Returns the value of a part's header.
fn header(name: &str, style: Style, argument: &(impl Serialize + ?Sized)) -> Result<Option<String>, Error> {
    let Some(value) = style::value(name, style, argument)? else { return Ok(None) };
    let value = style::header(name, style, value)?;
    value.as_deref().map_or(Ok(()), |value| super::header(name, value).map(drop))?;
    Ok(value)
}

/// Returns a boundary with 128 random bits, which occurs in no part: nobody can guess it, and chance does not produce
/// it.
fn boundary() -> String {
    format!("frontline-{:016x}{:016x}", random_bits(), random_bits())
}

/// Concatenates the pieces, in memory if all of them are in memory.
fn joined(pieces: VecDeque<ByteStream>) -> ByteStream {
    if let Some(whole) = pieces.iter().map(ByteStream::whole).collect::<Option<Vec<_>>>() {
        return whole
            .into_iter()
            .fold(BytesMut::new(), |mut all, piece| {
                all.extend_from_slice(piece);
                all
            })
            .freeze()
            .into();
    }
    let length = pieces.iter().map(ByteStream::len).sum::<Option<u64>>();
    let stream = ByteStream::new(Joined(pieces));
    match length {
        Some(length) => stream.of_length(length),
        None => stream,
    }
}

struct Joined(VecDeque<ByteStream>);

impl Stream for Joined {
    type Item = Result<Bytes, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        while let Some(piece) = self.0.front_mut() {
            if let Some(chunk) = ready!(piece.poll_chunk(context)) {
                return Poll::Ready(Some(chunk));
            }
            self.0.pop_front();
        }
        Poll::Ready(None)
    }
}

impl Part {
    fn head(&self, boundary: &str) -> Result<String, Error> {
        let mut head = format!("--{boundary}\r\nContent-Disposition: form-data; name=\"{}\"", quoted(&self.name));
        // For many servers, a backslash escapes the quotation mark after it.
        let check = |what: &str, value: &str| match HeaderValue::try_from(value) {
            Ok(_) if !value.ends_with('\\') => Ok(()),
            _ => Err(Error::invalid_argument(format!("the {what} of `{}` cannot be sent as a header", self.name))),
        };
        if let Some(name) = self.file_name.as_deref().map(quoted) {
            check("file name", &name)?;
            head.extend(["; filename=\"", &name, "\""]);
        }
        if let Some(content_type) = self.chosen.as_deref().or(self.usual) {
            check("media type", content_type)?;
            head.extend(["\r\nContent-Type: ", content_type]);
        }
        for (name, value) in &self.headers {
            head.extend(["\r\n", name, ": ", value]);
        }
        head.push_str("\r\n\r\n");
        Ok(head)
    }
}

/// Percent-encodes the characters that would end the quotes or the line, as browsers do (WHATWG HTML, "Multipart form
/// data").
fn quoted(text: &str) -> String {
    text.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A")
}

#[cfg(test)]
mod tests;
