//! Calls whose response bodies are read as streams after the call has returned.

use http::HeaderMap;
use http::header::{ACCEPT, CONTENT_TYPE, HeaderValue};

use super::call::Reading;
use super::transport::Transport;
use crate::error::{Error, ErrorKind, Origin};
use crate::json::FromJson;
use crate::request::Request;
use crate::response::{self, DecodeEvent, Download, Events, JsonLines, Response, Separator};
use crate::values::ByteStream;

const EVENT_STREAM: &str = "text/event-stream";

/// How the chunks of a stream arrive, which decides their time limit.
#[derive(Clone, Copy)]
enum Tempo {
    /// Without long pauses: stalled-stream protection applies.
    Steady,
    /// Whenever something happens: the wait for each chunk is limited.
    Sporadic,
}

impl Transport {
    /// Sends a request whose response is a stream of bytes.
    ///
    /// # Errors
    ///
    /// Returns an error of any [`ErrorKind`].
    pub async fn send_stream(&self, request: Request) -> Result<Response<ByteStream>, Error> {
        self.stream(request, "*/*", Tempo::Steady, |response, _| Ok(response)).await
    }

    /// Sends a request whose response is a stream of events with JSON data. Decodes the data of each event.
    ///
    /// # Errors
    ///
    /// Returns an error of any [`ErrorKind`].
    pub async fn send_events<T: FromJson>(&self, request: Request) -> Result<Response<Events<T>>, Error> {
        self.events(request, response::data).await
    }

    /// Sends a request whose response is a stream of events. Decodes each event with all its fields.
    ///
    /// # Errors
    ///
    /// Returns an error of any [`ErrorKind`].
    pub async fn send_whole_events<T: FromJson>(&self, request: Request) -> Result<Response<Events<T>>, Error> {
        self.events(request, response::whole).await
    }

    /// Sends a request whose response is a stream of events with text data.
    ///
    /// # Errors
    ///
    /// Returns an error of any [`ErrorKind`].
    pub async fn send_text_events(&self, request: Request) -> Result<Response<Events<String>>, Error> {
        self.events(request, response::text).await
    }

    /// Sends a request whose response is a stream of JSON values, one per line.
    ///
    /// # Errors
    ///
    /// Returns an error of any [`ErrorKind`].
    pub async fn send_lines<T: FromJson>(&self, request: Request) -> Result<Response<JsonLines<T>>, Error> {
        self.lines(request, Separator::Line).await
    }

    /// Sends a request whose response is a JSON text sequence (RFC 7464).
    ///
    /// # Errors
    ///
    /// Returns an error of any [`ErrorKind`].
    pub async fn send_sequence<T: FromJson>(&self, request: Request) -> Result<Response<JsonLines<T>>, Error> {
        self.lines(request, Separator::Record).await
    }

    async fn lines<T: FromJson>(
        &self,
        request: Request,
        separator: Separator,
    ) -> Result<Response<JsonLines<T>>, Error> {
        self.stream(request, "*/*", Tempo::Sporadic, |response, limit| {
            Ok(response.map(|body| JsonLines::new(body, separator, limit)))
        })
        .await
    }

    async fn events<T>(&self, request: Request, decode: DecodeEvent<T>) -> Result<Response<Events<T>>, Error> {
        self.stream(request, EVENT_STREAM, Tempo::Sporadic, |response, limit| {
            if !is_event_stream(response.headers()) {
                let what =
                    "the media type of the response is not `text/event-stream`; check whether the request asks for it";
                return Err(response.reject(Error::new(ErrorKind::Decode, what)));
            }
            Ok(response.map(|body| Events::new(body, limit, decode)))
        })
        .await
    }

    /// `read` gets the maximum size of one event or value.
    async fn stream<T>(
        &self,
        mut request: Request,
        media: &'static str,
        tempo: Tempo,
        read: impl FnOnce(Response<ByteStream>, usize) -> Result<Response<T>, Error>,
    ) -> Result<Response<T>, Error> {
        request.headers.entry(ACCEPT).or_insert(HeaderValue::from_static(media));
        let limits = self.limits();
        let (method, template) = (request.method.clone(), request.template);
        self.call(request, Reading::Later, |response| {
            let (attempts, maybe_sent) = (response.attempts(), response.maybe_sent());
            let origin = Origin { method, template, attempts, maybe_sent };
            let response = response.map(|mut body| {
                if let Tempo::Sporadic = tempo {
                    body.limit_idle_time(limits.attempt_timeout);
                }
                ByteStream::download(Download::new(body), origin)
            });
            read(response, limits.max_response_bytes)
        })
        .await
    }
}

/// A response without `Content-Type` is assumed to be what the document describes.
fn is_event_stream(headers: &HeaderMap) -> bool {
    headers.get(CONTENT_TYPE).is_none_or(|media| {
        let essence = media.as_bytes().split(|byte| *byte == b';').next().unwrap_or_default();
        essence.trim_ascii().eq_ignore_ascii_case(EVENT_STREAM.as_bytes())
    })
}
