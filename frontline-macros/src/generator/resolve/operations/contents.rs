//! The content of responses in each media type. Those with other content than the first one get a method that requests them.

use openapiv3::MediaType;
use proc_macro2::Ident;

use super::media::Encoding;
use crate::generator::document::place_of;
use crate::generator::model::{Alternative, Answer, Payload, Stream, Type, Versions};
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
            // Nobody knows what a range has.
            let known = (!media.contains('*')).then_some(*encoding);
            let hint = names::nested(operation, "response");
            let Some(other) = known.map_or(Some(Payload::Bytes), |known| self.response_payload(known, at, &hint))
            else {
                continue;
            };
            let payloads = alternatives.iter().filter_map(|other| match &other.answer {
                Answer::One(payload) => Some(payload),
                _ => None,
            });
            if is_json(&other) && std::iter::once(payload).chain(payloads).any(|known| *known == other) {
                continue;
            }
            alternatives.push(alternative(media, Answer::One(other)));
        }
        alternatives
    }

    /// Returns the first of the streams in a response, and those with other items or in another format.
    pub(super) fn all_streams(
        &mut self,
        streams: &[(String, Encoding, Place)],
        operation: &Ident,
    ) -> (Option<Stream>, Vec<Alternative>) {
        let mut known: Vec<(Encoding, &Place)> = Vec::new();
        let mut found = Vec::new();
        for (media, encoding, at) in streams {
            if known.iter().any(|(format, place)| format == encoding && self.has_same_items(place, at)) {
                continue;
            }
            known.push((*encoding, at));
            found.push((media, self.stream(media.clone(), *encoding, at, operation)));
        }
        let mut found = found.into_iter();
        let first = found.next().map(|(_, stream)| stream);
        (first, found.map(|(media, stream)| alternative(media, Answer::Stream(stream))).collect())
    }

    pub(super) fn tell_unrequested(&mut self, media: &str, at: &Place, help: &str) {
        let message = format!("no method requests the media type `{media}` of this response");
        self.errors.warn(Problem::key(at, message).help(help));
    }
}

/// Returns the method that requests a media type.
fn alternative(media: &str, answer: Answer) -> Alternative {
    Alternative { names: Versions::new(names::snake(&suffix(media))), media: media.to_owned(), answer }
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
        Some((_, "event-stream")) => "events".to_owned(),
        Some(("*", "*")) => "any".to_owned(),
        Some((kind, "*")) => kind.to_owned(),
        Some((_, name)) => {
            let name = name.split('+').next().unwrap_or(name).rsplit('.').next().unwrap_or(name);
            name.strip_prefix("x-").unwrap_or(name).to_owned()
        }
        None => essence,
    }
}
