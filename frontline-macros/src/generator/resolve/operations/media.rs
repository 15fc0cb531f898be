//! Supported media types and their encodings.

/// The encoding of a media type's content. The order is that of preference in responses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Encoding {
    Json,
    Form,
    Multipart,
    Text,
    Bytes,
    /// Server-sent events.
    Events,
    /// JSON values on separate lines.
    Lines,
    /// JSON text sequences, in which a separator precedes each value (RFC 7464).
    Sequence,
}

impl Encoding {
    pub(super) fn is_stream(self) -> bool {
        matches!(self, Self::Events | Self::Lines | Self::Sequence)
    }
}

/// Returns the encoding of a media type, if it is supported. Its parameters (`; charset=utf-8`) are ignored.
pub(super) fn encoding(media: &str) -> Option<Encoding> {
    if !is_sendable(media) {
        return None;
    }
    let essence = media.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let (kind, name) = essence.split_once('/')?;
    match (kind, name) {
        (_, "json") | ("*" | "application", "*") => Some(Encoding::Json),
        (_, name) if name.ends_with("+json") => Some(Encoding::Json),
        ("application", "x-www-form-urlencoded") => Some(Encoding::Form),
        ("multipart", "form-data" | "mixed" | "related") => Some(Encoding::Multipart),
        _ if is_xml(&essence) => None,
        ("text", "event-stream") => Some(Encoding::Events),
        ("application", "ndjson" | "x-ndjson" | "jsonl" | "x-jsonl" | "jsonlines" | "x-jsonlines") => {
            Some(Encoding::Lines)
        }
        ("application", "json-seq") => Some(Encoding::Sequence),
        ("application", name) if name.ends_with("+json-seq") => Some(Encoding::Sequence),
        ("text", _) => Some(Encoding::Text),
        _ => Some(Encoding::Bytes),
    }
}

/// Returns whether a media type can be sent in a header.
pub(super) fn is_sendable(media: &str) -> bool {
    media.bytes().all(|byte| matches!(byte, b' '..=b'~'))
}

pub(super) fn is_xml(media: &str) -> bool {
    let essence = media.split(';').next().unwrap_or_default().trim();
    essence.ends_with("/xml") || essence.ends_with("+xml") && !essence.starts_with("image/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings_of_media_types() {
        for (media, expected) in [
            ("application/json", Some(Encoding::Json)),
            ("application/json; charset=utf-8", Some(Encoding::Json)),
            ("application/vnd.x.v1+json", Some(Encoding::Json)),
            ("*/*", Some(Encoding::Json)),
            ("text/*", Some(Encoding::Text)),
            ("image/*", Some(Encoding::Bytes)),
            ("Application/X-WWW-Form-Urlencoded", Some(Encoding::Form)),
            ("multipart/form-data", Some(Encoding::Multipart)),
            ("multipart/related; type=a", Some(Encoding::Multipart)),
            ("text/csv", Some(Encoding::Text)),
            ("application/octet-stream", Some(Encoding::Bytes)),
            ("image/svg+xml", Some(Encoding::Bytes)),
            ("application/xml", None),
            ("application/atom+xml", None),
            ("Text/Event-Stream;charset=utf-8", Some(Encoding::Events)),
            ("application/x-ndjson", Some(Encoding::Lines)),
            ("application/jsonl", Some(Encoding::Lines)),
            ("application/json-seq", Some(Encoding::Sequence)),
            ("application/geo+json-seq", Some(Encoding::Sequence)),
            ("application/größe+json", None),
            ("nonsense", None),
        ] {
            assert_eq!(encoding(media), expected, "{media}");
        }
    }
}
