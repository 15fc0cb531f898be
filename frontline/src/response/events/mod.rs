//! Streams of server-sent events.

use std::fmt;
use std::ops::Deref;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use futures_core::Stream;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::{ByteStream, Error};

mod parser;

use parser::Parser;

pub(crate) use parser::Message;

/// With this as its data, many services mark the end of a stream.
const DONE: &str = "[DONE]";

/// The events that a server sends (WHATWG HTML, section 9.2), as they come in.
///
/// It is a [`Stream`]; [`next_event`](Self::next_event) needs no crate for streams. It ends with the body, or before it
/// with an event whose data is `[DONE]`. An event that is not of its type is an error, behind which the next one can be
/// read; after any other error it ends. Events without data, which only keep a connection alive, are passed over.
///
/// A stream may take as long as it will, but of the time between two pieces of it no more than an attempt may take:
/// [`CallOptions::attempt_timeout`](crate::CallOptions::attempt_timeout), 10 seconds unless set. One event may be as
/// large as a response: [`CallOptions::max_response_bytes`](crate::CallOptions::max_response_bytes). A connection that
/// breaks is not made again.
#[must_use = "nothing is read before it is asked for"]
pub struct Events<T> {
    body: ByteStream,
    parser: Parser,
    decode: DecodeEvent<T>,
    is_done: bool,
}

/// What reads the data of an event; nothing where there is none.
pub(crate) type DecodeEvent<T> = fn(&Message) -> Option<Result<T, Error>>;

/// An event: its decoded data, to which this dereferences, with what stands beside it.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Event<T> {
    /// What the event is about.
    pub data: T,
    /// Its kind, as the server names it.
    pub event: Option<String>,
    /// The last id that the server has given, to this event or one before it. With it in the header `Last-Event-ID`
    /// some services continue a stream: see [`CallOptions::header`](crate::CallOptions::header).
    pub id: Option<String>,
}

impl<T> Event<T> {
    /// The data alone.
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
        Self { body, parser: Parser::new(limit), decode, is_done: false }
    }

    /// The next event; none behind the last.
    ///
    /// # Errors
    ///
    /// If the connection breaks, nothing comes in for too long, or the event is too large or not of its type.
    pub async fn next_event(&mut self) -> Result<Option<Event<T>>, Error> {
        std::future::poll_fn(|context| self.poll_event(context)).await.transpose()
    }

    /// How long the server asks to wait before its stream is asked for again, where it has said so.
    #[must_use]
    pub fn retry(&self) -> Option<Duration> {
        self.parser.retry()
    }

    fn poll_event(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Event<T>, Error>>> {
        while !self.is_done {
            match self.parser.next() {
                Ok(Some(message)) if message.data == DONE => self.is_done = true,
                Ok(Some(message)) => {
                    if let Some(data) = (self.decode)(&message) {
                        return Poll::Ready(Some(data.map(|data| Event {
                            data,
                            event: message.event,
                            id: message.id,
                        })));
                    }
                }
                Ok(None) => match ready!(self.body.poll_chunk(context)) {
                    Some(Ok(chunk)) => self.parser.push(chunk),
                    Some(Err(error)) => return self.fail(error),
                    None => self.is_done = true,
                },
                Err(error) => return self.fail(error),
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

/// Without the events.
impl<T> fmt::Debug for Events<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Events").finish_non_exhaustive()
    }
}

/// The data as JSON, or where it is none as the text that it is.
pub(crate) fn json<T: DeserializeOwned>(message: &Message) -> Option<Result<T, Error>> {
    let json = message.data.as_str();
    let read = || {
        serde_json::from_str(json).or_else(|error| T::deserialize(Value::from(json)).map_err(|_| explain(json, &error)))
    };
    (!json.is_empty()).then(read)
}

#[expect(clippy::unnecessary_wraps, reason = "it is a `DecodeEvent`")]
pub(crate) fn text(message: &Message) -> Option<Result<String, Error>> {
    Some(Ok(message.data.clone()))
}

/// The event as a JSON object, of which `data` is one of the properties.
#[expect(clippy::unnecessary_wraps, reason = "it is a `DecodeEvent`")]
pub(crate) fn whole<T: DeserializeOwned>(message: &Message) -> Option<Result<T, Error>> {
    let data = serde_json::from_str(&message.data).unwrap_or_else(|_| Value::from(message.data.as_str()));
    let fields = [("event", message.event.as_deref().map(Value::from)), ("id", message.id.as_deref().map(Value::from))];
    let fields = fields.into_iter().chain([("data", Some(data))]);
    let event: Value = fields.filter_map(|(key, value)| Some((key.to_owned(), value?))).collect();
    let json = event.to_string();
    Some(serde_json::from_str(&json).map_err(|error| explain(&json, &error)))
}

fn explain(json: &str, error: &serde_json::Error) -> Error {
    Error::undecodable("the event", json.as_bytes(), error)
}
