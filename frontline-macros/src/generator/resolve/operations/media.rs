//! Supported media types and their encodings.

use crate::generator::problems::{Place, Problem};
use crate::generator::resolve::resolver::Resolver;

/// The consequence of a mistake in a media type.
const LEFT_OUT: &str = "this media type is left out";

/// What `supported` is told to read, for responses. They need not tell of a media type with the same schema as another.
pub(super) const RESPONSE: &str = "a response";

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

impl Resolver<'_> {
    /// Returns the supported media types of the object at `place`.
    ///
    /// If none is supported, each of them is reported. Otherwise, the others are left out, since they would only be
    /// alternatives.
    pub(super) fn supported(&mut self, place: &Place, what: &str) -> Option<Vec<(String, Encoding, Place)>> {
        let content = self.document.follow(&place.at("content"), self.errors)?;
        let (mut known, mut others, mut mistakes) = (Vec::new(), Vec::new(), Vec::new());
        for (media, at) in self.document.entries(&content) {
            let part = self.errors.part();
            if let Some(target) = self.document.follow(&at, self.errors) {
                match encoding(&media).or_else(|| self.xml_text(&media, &target)) {
                    Some(encoding) => known.push((media, encoding, target)),
                    None => others.push((media, at, target)),
                }
            }
            mistakes.extend(self.errors.take(part));
        }
        self.leave_out(mistakes, Vec::new(), known.is_empty());
        for (media, at, target) in others {
            let is_known = || known.iter().any(|(_, _, known)| self.have_same_schema(known, &target));
            let problem = unusable(&media, &at, what);
            if known.is_empty() {
                self.errors.push(problem);
            } else if what != RESPONSE || !is_known() {
                self.errors.warn(problem.because(LEFT_OUT));
            }
        }
        (!known.is_empty()).then_some(known)
    }

    /// Returns whether two media types have the same schema.
    pub(super) fn have_same_schema(&self, one: &Place, other: &Place) -> bool {
        let schema = |media: &Place| self.document.value(&self.document.behind(&media.at("schema")));
        schema(one).is_some() && schema(one) == schema(other)
    }

    /// Reports the media types of a body that cannot be used: those with mistakes, and those that cannot have their
    /// schema. Beside others, the latter cost no more than a warning.
    pub(super) fn leave_out(&mut self, mistakes: Vec<Problem>, unusable: Vec<Problem>, are_all: bool) {
        let part = self.errors.part();
        for mistake in mistakes {
            self.errors.push(mistake);
        }
        if !are_all {
            self.errors.end(part, || LEFT_OUT.to_owned());
        }
        for problem in unusable {
            if are_all {
                self.errors.push(problem);
            } else {
                self.errors.warn(problem.because(LEFT_OUT));
            }
        }
    }

    /// Returns the encoding of XML whose schema is only a string: it is passed on as text or bytes.
    fn xml_text(&mut self, media: &str, place: &Place) -> Option<Encoding> {
        if !is_xml(media) || !is_sendable(media) {
            return None;
        }
        let schema = self.document.follow(&place.at("schema"), self.errors)?;
        let is_text = self.document.text(&schema.at("type")) == Some("string");
        is_text.then(|| if self.is_binary(&schema) { Encoding::Bytes } else { Encoding::Text })
    }
}

/// Returns what is wrong with a media type that has no encoding.
fn unusable(media: &str, place: &Place, what: &str) -> Problem {
    if !media.contains('/') {
        let problem = Problem::key(place, format!("`{media}` is not a media type"));
        return problem.help("write a type and a subtype, such as `application/json`");
    }
    Problem::key(place, format!("the media type `{media}` of {what} is not supported"))
        .help("use JSON, a form, a multipart form, text or bytes")
        .unsupported()
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
