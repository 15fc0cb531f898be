//! Media types: which of them are written and read, and how.

/// How the content of a media type is encoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Encoding {
    Json,
    Form,
    Multipart,
    Text,
    Bytes,
}

/// The encoding of a media type, if it is one that is written and read. Its parameters (`; charset=utf-8`) change
/// nothing here.
pub(super) fn encoding(media: &str) -> Option<Encoding> {
    let essence = media.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let (kind, name) = essence.split_once('/')?;
    match (kind, name) {
        (_, "json") | ("*" | "application", "*") => Some(Encoding::Json),
        (_, name) if name.ends_with("+json") => Some(Encoding::Json),
        ("application", "x-www-form-urlencoded") => Some(Encoding::Form),
        ("multipart", "form-data" | "mixed") => Some(Encoding::Multipart),
        _ if is_xml(&essence) => None,
        ("text", "event-stream") | ("application", "x-ndjson" | "jsonl" | "x-jsonlines") => None,
        ("text", _) => Some(Encoding::Text),
        _ => Some(Encoding::Bytes),
    }
}

pub(super) fn is_xml(media: &str) -> bool {
    let essence = media.split(';').next().unwrap_or_default().trim();
    essence.ends_with("/xml") || essence.ends_with("+xml") && !essence.starts_with("image/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn media_types() {
        for (media, expected) in [
            ("application/json", Some(Encoding::Json)),
            ("application/json; charset=utf-8", Some(Encoding::Json)),
            ("application/vnd.x.v1+json", Some(Encoding::Json)),
            ("*/*", Some(Encoding::Json)),
            ("text/*", Some(Encoding::Text)),
            ("image/*", Some(Encoding::Bytes)),
            ("Application/X-WWW-Form-Urlencoded", Some(Encoding::Form)),
            ("multipart/form-data", Some(Encoding::Multipart)),
            ("text/csv", Some(Encoding::Text)),
            ("application/octet-stream", Some(Encoding::Bytes)),
            ("image/svg+xml", Some(Encoding::Bytes)),
            ("application/xml", None),
            ("application/atom+xml", None),
            ("text/event-stream", None),
            ("nonsense", None),
        ] {
            assert_eq!(encoding(media), expected, "{media}");
        }
    }
}
