//! Streams of server-sent events.

use std::fmt;
use std::ops::Deref;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use futures_core::Stream;
use serde_json::Value;

use crate::json::{FromJson, Limits};
use crate::{ByteStream, Error};

mod parser;

use parser::Parser;

pub(crate) use parser::Message;

/// The data with which many services mark the end of a stream.
const DONE: &str = "[DONE]";

/// A stream of server-sent events (WHATWG HTML, section 9.2).
///
/// `Events` implements [`Stream`]. [`next_event`](Self::next_event) works without a crate for streams. Events without
/// data are skipped, since servers send them only to keep the connection alive.
///
/// The stream ends at the end of the response body, or at an event whose data is `[DONE]`. If an event does not match
/// its type, the stream yields an error and can still be read further. After any other error, the stream ends. It does
/// not reconnect: to continue after a broken connection, see [`Event::id`].
///
/// # Limits
///
/// - The stream as a whole has no time limit. The wait for each chunk has one:
///   [`CallOptions::attempt_timeout`](crate::CallOptions::attempt_timeout), which is 10 seconds by default. Increase it
///   if the service can be silent for longer. Any byte counts, such as a comment that keeps the connection alive.
///   [`StalledStreamProtection`](crate::StalledStreamProtection) does not apply.
/// - The stream as a whole has no size limit. Each event has one:
///   [`CallOptions::max_response_bytes`](crate::CallOptions::max_response_bytes), which is 64 MiB by default.
#[must_use = "a stream does nothing until it is read"]
pub struct Events<T> {
    body: ByteStream,
    parser: Parser,
    decode: DecodeEvent<T>,
    limits: Limits,
    is_done: bool,
}

/// Decodes the data of an event. Returns `None` if the event has to be skipped.
pub(crate) type DecodeEvent<T> = fn(&Message, Limits) -> Option<Result<T, Error>>;

/// A server-sent event: its decoded data, its type, and its id.
///
/// An `Event` dereferences to the data.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Event<T> {
    /// The decoded data of the event.
    pub data: T,
    /// The type of the event (the field `event`), or `None` if the server sent no type.
    pub event: Option<String>,
    /// The last id that the server sent with this or an earlier event, or `None` if it sent no id.
    ///
    /// To continue a stream that broke, some services accept this id in the header `Last-Event-ID` of a new call. Set
    /// the header with [`CallOptions::header`](crate::CallOptions::header).
    pub id: Option<String>,
}

impl<T> Event<T> {
    /// Returns the data, and drops the type and the id.
    #[must_use]
    pub fn into_inner(self) -> T {
        self.data
    }
}

impl<T> Deref for Event<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.data
    }
}

impl<T> Events<T> {
    pub(crate) fn new(body: ByteStream, limit: usize, decode: DecodeEvent<T>) -> Self {
        Self { body, parser: Parser::new(limit), decode, limits: Limits::of_stream(limit), is_done: false }
    }

    /// Reads the next event. Returns `None` at the end of the stream.
    ///
    /// # Errors
    ///
    /// - Returns [`ErrorKind::Decode`](crate::ErrorKind::Decode) if the event does not match its type, or a compressed
    ///   response body is corrupt.
    /// - Returns [`ErrorKind::BodyTooLarge`](crate::ErrorKind::BodyTooLarge) if the event exceeds the size limit.
    /// - Returns [`ErrorKind::Timeout`](crate::ErrorKind::Timeout) if no chunk arrives within the time limit.
    /// - Returns [`ErrorKind::Connection`](crate::ErrorKind::Connection) if the connection breaks.
    pub async fn next_event(&mut self) -> Result<Option<Event<T>>, Error> {
        std::future::poll_fn(|context| self.poll_event(context)).await.transpose()
    }

    /// Returns the time that the server asks clients to wait before they request the stream again.
    ///
    /// It is `None` until the server has sent a field `retry`.
    #[must_use]
    pub fn retry(&self) -> Option<Duration> {
        self.parser.retry()
    }

    fn poll_event(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Event<T>, Error>>> {
        while !self.is_done {
            match self.parser.next() {
                Ok(Some(message)) if message.data == DONE => self.is_done = true,
                Ok(Some(message)) => {
                    if let Some(data) = (self.decode)(&message, self.limits) {
                        let event = data.map(|data| Event { data, event: message.event, id: message.id });
                        return Poll::Ready(Some(event.map_err(|error| self.body.mark(error))));
                    }
                }
                Ok(None) => match ready!(self.body.poll_chunk(context)) {
                    Some(Ok(chunk)) => self.parser.push(chunk),
                    Some(Err(error)) => return self.fail(error),
                    None => self.is_done = true,
                },
                Err(error) => {
                    let error = self.body.mark(error);
                    return self.fail(error);
                }
            }
        }
        Poll::Ready(None)
    }

    fn fail(&mut self, error: Error) -> Poll<Option<Result<Event<T>, Error>>> {
        self.is_done = true;
        Poll::Ready(Some(Err(error)))
    }
}

impl<T> Stream for Events<T> {
    type Item = Result<Event<T>, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_event(context)
    }
}

/// Leaves out the events.
impl<T> fmt::Debug for Events<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Events").finish_non_exhaustive()
    }
}

/// Decodes the data as JSON, or as a plain string if it is not JSON of type `T`. Skips events with empty data.
pub(crate) fn data<T: FromJson>(message: &Message, limits: Limits) -> Option<Result<T, Error>> {
    let read = || {
        decode(&message.data, limits)
            .or_else(|error| decode(&Value::from(message.data.as_str()).to_string(), limits).map_err(|_: Error| error))
    };
    (!message.data.is_empty()).then(read)
}

#[expect(clippy::unnecessary_wraps, reason = "it is a `DecodeEvent`")]
pub(crate) fn text(message: &Message, _: Limits) -> Option<Result<String, Error>> {
    Some(Ok(message.data.clone()))
}

/// Decodes the whole event as a JSON object with the properties `event`, `id`, and `data`.
#[expect(clippy::unnecessary_wraps, reason = "it is a `DecodeEvent`")]
pub(crate) fn whole<T: FromJson>(message: &Message, limits: Limits) -> Option<Result<T, Error>> {
    let data = decode(&message.data, limits).unwrap_or_else(|_| Value::from(message.data.as_str()));
    let fields = [("event", message.event.as_deref().map(Value::from)), ("id", message.id.as_deref().map(Value::from))];
    let fields = fields.into_iter().chain([("data", Some(data))]);
    let event: Value = fields.filter_map(|(key, value)| Some((key.to_owned(), value?))).collect();
    let event = decode(&event.to_string(), limits);
    Some(event.map_err(|error: Error| error.with_body(message.data.as_bytes())))
}

fn decode<T: FromJson>(json: &str, limits: Limits) -> Result<T, Error> {
    Error::decode("the event", json.as_bytes(), limits)
}
