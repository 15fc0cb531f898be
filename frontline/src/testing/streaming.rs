//! How the items of a stream are written.

use bytes::Bytes;
use serde_json::Value;

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
    pub fn write(self, item: &Bytes) -> String {
        let text = String::from_utf8_lossy(item);
        match self {
            Self::Events => data(&text),
            Self::TextEvents => data(&serde_json::from_slice::<String>(item).unwrap_or_else(|_| text.into_owned())),
            Self::WholeEvents => {
                let fields: serde_json::Map<String, Value> = serde_json::from_slice(item).unwrap_or_default();
                let plain = |value: &Value| value.as_str().map_or_else(|| value.to_string(), ToOwned::to_owned);
                let others = fields.iter().filter(|(name, value)| *name != "data" && !value.is_null());
                let others: Vec<String> = others.map(|(name, value)| format!("{name}: {}\n", plain(value))).collect();
                others.concat() + &data(&fields.get("data").map(plain).unwrap_or_default())
            }
            Self::Lines => format!("{text}\n"),
            Self::Sequence => format!("\u{1e}{text}\n"),
        }
    }
}

/// Returns an event with data, which can have several lines.
fn data(text: &str) -> String {
    format!("data: {}\n\n", text.replace('\n', "\ndata: "))
}

/// Returns whether a media type is that of a stream.
pub(super) fn is_stream_media(media: &str) -> bool {
    ["event-stream", "json-seq", "jsonl", "ndjson"].iter().any(|known| media.contains(known))
}
