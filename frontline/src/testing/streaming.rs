//! How the items of a stream are written.

use bytes::Bytes;
use serde_json::{Map, Value};

use crate::{Error, ErrorKind};

/// How an item of a stream is written.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Streaming {
    /// A server-sent event whose data is JSON.
    Events,
    /// A server-sent event whose data is text.
    TextEvents,
    /// A server-sent event with all its fields.
    WholeEvents,
    /// A line of JSON.
    Lines,
    /// A JSON text sequence (RFC 7464).
    Sequence,
}

impl Streaming {
    /// Writes an item, which is JSON.
    ///
    /// # Errors
    ///
    /// Returns [`ErrorKind::InvalidArgument`] for a line break that events have no notation for.
    pub fn write(self, item: &Bytes) -> Result<String, Error> {
        let text = String::from_utf8_lossy(item);
        match self {
            Self::Events => data(&text),
            Self::TextEvents => data(&serde_json::from_slice::<String>(item).unwrap_or_else(|_| text.into_owned())),
            Self::WholeEvents => event(&serde_json::from_slice(item).unwrap_or_default()),
            Self::Lines => Ok(format!("{text}\n")),
            Self::Sequence => Ok(format!("\u{1e}{text}\n")),
        }
    }
}

/// Returns an event with all its fields.
fn event(fields: &Map<String, Value>) -> Result<String, Error> {
    let plain = |value: &Value| value.as_str().map_or_else(|| value.to_string(), ToOwned::to_owned);
    let mut text = String::new();
    for (name, value) in fields.iter().filter(|(name, value)| *name != "data" && !value.is_null()) {
        let value = plain(value);
        if value.contains(['\n', '\r']) {
            return Err(broken(&format!("a line break in the field `{name}`")));
        }
        text.extend([name, ": ", &value, "\n"]);
    }
    Ok(text + &data(&fields.get("data").map(plain).unwrap_or_default())?)
}

/// Returns an event with data, which can have several lines. A carriage return would end a line too (HTML, 9.2.5).
fn data(text: &str) -> Result<String, Error> {
    if text.contains('\r') {
        return Err(broken("a carriage return in the data"));
    }
    Ok(format!("data: {}\n\n", text.replace('\n', "\ndata: ")))
}

fn broken(what: &str) -> Error {
    Error::new(ErrorKind::InvalidArgument, format!("a server-sent event has no notation for {what}"))
}

/// Returns whether a media type is that of a stream.
pub(super) fn is_stream_media(media: &str) -> bool {
    ["event-stream", "json-seq", "jsonl", "ndjson"].iter().any(|known| media.contains(known))
}
