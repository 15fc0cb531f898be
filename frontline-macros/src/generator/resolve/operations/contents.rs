//! The content of responses in each media type. Those with other content than the first one get a method that requests them.

use openapiv3::MediaType;
use proc_macro2::Ident;

use super::media::Encoding;
use crate::generator::document::place_of;
use crate::generator::model::{Alternative, Payload, Stream, Type, Versions};
use crate::generator::names;
use crate::generator::problems::{Place, Problem};
use crate::generator::resolve::resolver::Resolver;

impl Resolver<'_> {
    pub(super) fn response_payload(&mut self, encoding: Encoding, media: &Place, hint: &Ident) -> Option<Payload> {
        match encoding {
            Encoding::Json => self.response_json(media, hint),
            Encoding::Text | Encoding::Form => Some(Payload::Text),
            _ => Some(Payload::Bytes),
        }
    }

    pub(super) fn response_json(&mut self, media: &Place, hint: &Ident) -> Option<Payload> {
        let part = self.errors.part();
        let source = self.document.read_here::<MediaType>(media, self.errors);
        if self.errors.end(part, || self.document.becomes_any(media)) {
            return Some(Payload::Json(Type::Value));
        }
        let schema = source?.schema.as_ref().and_then(place_of);
        if let Some(schema) = &schema
            && self.is_binary(schema)
        {
            return Some(Payload::Bytes);
        }
        let ty = schema.map_or(Type::Value, |schema| self.element(&schema, hint));
        self.examples(media, &ty);
        Some(Payload::Json(ty))
    }

    /// Returns the media types of a response with other content than the first one, which the method of the operation
    /// itself requests. Those with the schema of JSON have the same content. Texts and files only have if their media
    /// types differ in nothing but parameters.
    pub(super) fn other_contents(
        &mut self,
        payload: &Payload,
        medias: &[(String, Encoding, Place)],
        operation: &Ident,
    ) -> Vec<Alternative> {
        let mut alternatives: Vec<Alternative> = Vec::new();
        let Some(((first, _, place), others)) = medias.split_first() else { return alternatives };
        let mut requested = vec![essence(first)];
        for (media, encoding, at) in others {
            if requested.contains(&essence(media)) || is_json(payload) && self.have_same_schema(place, at) {
                continue;
            }
            requested.push(essence(media));
            let Some(other) = self.response_payload(*encoding, at, &names::nested(operation, "response")) else {
                continue;
            };
            let mut known = std::iter::once(payload).chain(alternatives.iter().map(|other| &other.payload));
            if is_json(&other) && known.any(|known| *known == other) {
                continue;
            }
            if media.contains('*') {
                self.tell_unrequested(media, at, "list the media types");
                continue;
            }
            alternatives.push(Alternative {
                names: Versions::new(names::snake(&suffix(media))),
                media: media.clone(),
                payload: other,
            });
        }
        alternatives
    }

    /// Returns the first of the streams in a response. Warns about those with other items or in another format.
    pub(super) fn first_stream(&mut self, streams: &[(String, Encoding, Place)], operation: &Ident) -> Option<Stream> {
        let ((media, encoding, at), others) = streams.split_first()?;
        let stream = self.stream(media.clone(), *encoding, at, operation);
        for (other, format, place) in others {
            if format != encoding || !self.has_same_items(at, place) {
                self.tell_unrequested(other, place, "remove the other streams, for example with an overlay");
            }
        }
        Some(stream)
    }

    pub(super) fn tell_unrequested(&mut self, media: &str, at: &Place, help: &str) {
        let s = if media.contains('*') { "s" } else { "" };
        let message = format!("no method requests the media type{s} `{media}` of this response");
        self.errors.warn(Problem::key(at, message).help(help));
    }
}

fn is_json(payload: &Payload) -> bool {
    matches!(payload, Payload::Json(_))
}

/// Returns a media type without its parameters.
fn essence(media: &str) -> String {
    media.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// Returns what distinguishes a media type from others: `pdf` for `application/pdf`, `csv` for `text/x-csv`.
fn suffix(media: &str) -> String {
    let essence = essence(media);
    match essence.split_once('/') {
        Some(("text", "plain")) => "text".to_owned(),
        Some((_, "octet-stream")) => "bytes".to_owned(),
        Some((_, name)) => {
            let name = name.split('+').next().unwrap_or(name).rsplit('.').next().unwrap_or(name);
            name.strip_prefix("x-").unwrap_or(name).to_owned()
        }
        None => essence,
    }
}
