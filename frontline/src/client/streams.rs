//! Requests whose responses are read after the call.

use http::HeaderMap;
use http::header::{ACCEPT, CONTENT_TYPE, HeaderValue};
use serde::de::DeserializeOwned;

use super::call::Reading;
use super::transport::Transport;
use crate::error::{Error, ErrorKind};
use crate::request::Request;
use crate::response::{self, DecodeEvent, Download, Events, JsonLines, Response, Separator};
use crate::values::ByteStream;

const EVENT_STREAM: &str = "text/event-stream";

impl Transport {
    /// Sends a request whose response is bytes.
    ///
    /// # Errors
    ///
    /// See [`crate::ErrorKind`].
    pub async fn send_stream(&self, request: Request) -> Result<Response<ByteStream>, Error> {
        self.stream(request, "*/*", |response, _| Ok(response)).await
    }

    /// Sends a request whose response is a stream of events, with JSON as their data.
    ///
    /// # Errors
    ///
    /// See [`crate::ErrorKind`].
    pub async fn send_events<T: DeserializeOwned>(&self, request: Request) -> Result<Response<Events<T>>, Error> {
        self.events(request, response::json).await
    }

    /// Sends a request whose response is a stream of events, each of which is described with all its fields.
    ///
    /// # Errors
    ///
    /// See [`crate::ErrorKind`].
    pub async fn send_whole_events<T: DeserializeOwned>(&self, request: Request) -> Result<Response<Events<T>>, Error> {
        self.events(request, response::whole).await
    }

    /// Sends a request whose response is a stream of events, with text as their data.
    ///
    /// # Errors
    ///
    /// See [`crate::ErrorKind`].
    pub async fn send_text_events(&self, request: Request) -> Result<Response<Events<String>>, Error> {
        self.events(request, response::text).await
    }

    /// Sends a request whose response is JSON values on lines of their own.
    ///
    /// # Errors
    ///
    /// See [`crate::ErrorKind`].
    pub async fn send_lines<T: DeserializeOwned>(&self, request: Request) -> Result<Response<JsonLines<T>>, Error> {
        self.lines(request, Separator::Line).await
    }

    /// Sends a request whose response is a sequence of JSON values.
    ///
    /// # Errors
    ///
    /// See [`crate::ErrorKind`].
    pub async fn send_sequence<T: DeserializeOwned>(&self, request: Request) -> Result<Response<JsonLines<T>>, Error> {
        self.lines(request, Separator::Record).await
    }

    async fn lines<T: DeserializeOwned>(
        &self,
        request: Request,
        separator: Separator,
    ) -> Result<Response<JsonLines<T>>, Error> {
        self.stream(request, "*/*", |response, limit| Ok(response.map(|body| JsonLines::new(body, separator, limit))))
            .await
    }

    async fn events<T>(&self, request: Request, decode: DecodeEvent<T>) -> Result<Response<Events<T>>, Error> {
        self.stream(request, EVENT_STREAM, |response, limit| {
            if !is_event_stream(response.headers()) {
                let what = "the server did not answer with `text/event-stream`: perhaps the request has to ask for it";
                return Err(Error::new(ErrorKind::Decode, what));
            }
            Ok(response.map(|body| Events::new(body, limit, decode)))
        })
        .await
    }

    /// `read` is told how large a part of the response may be.
    async fn stream<T>(
        &self,
        mut request: Request,
        media: &'static str,
        read: impl FnOnce(Response<ByteStream>, usize) -> Result<Response<T>, Error>,
    ) -> Result<Response<T>, Error> {
        request.headers.entry(ACCEPT).or_insert(HeaderValue::from_static(media));
        let limits = self.limits();
        self.call(request, Reading::Later, |response| {
            let response = response.map(|body| ByteStream::from_chunks(Download::new(body, limits.attempt_timeout)));
            read(response, limits.max_response_bytes)
        })
        .await
    }
}

/// A response that does not say what it is, is taken at the document's word.
fn is_event_stream(headers: &HeaderMap) -> bool {
    headers.get(CONTENT_TYPE).is_none_or(|media| {
        let essence = media.as_bytes().split(|byte| *byte == b';').next().unwrap_or_default();
        essence.trim_ascii().eq_ignore_ascii_case(EVENT_STREAM.as_bytes())
    })
}
