//! The content of responses in each media type. Those with other content than the first one get a method that requests them.

use openapiv3::MediaType;
use proc_macro2::Ident;

use super::media::Encoding;
use crate::generator::document::place_of;
use crate::generator::model::{Alternative, Payload, Type, Versions};
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
    /// itself requests. Those with the same schema have the same content.
    pub(super) fn other_contents(
        &mut self,
        first: (&Payload, &Place),
        others: &[(String, Encoding, Place)],
        operation: &Ident,
    ) -> Vec<Alternative> {
        let mut alternatives: Vec<Alternative> = Vec::new();
        for (media, encoding, at) in others {
            if self.have_same_schema(first.1, at) {
                continue;
            }
            let Some(payload) = self.response_payload(*encoding, at, &names::nested(operation, "response")) else {
                continue;
            };
            let is_json = matches!(payload, Payload::Json(_));
            if payload == *first.0 || is_json && alternatives.iter().any(|known| known.payload == payload) {
                continue;
            }
            if media.contains('*') {
                let message = format!("no method requests the media types `{media}` of this response");
                self.errors.warn(Problem::key(at, message).help("list the media types"));
                continue;
            }
            alternatives.push(Alternative {
                names: Versions::new(names::snake(&suffix(media))),
                media: media.clone(),
                payload,
            });
        }
        alternatives
    }
}

/// Returns what distinguishes a media type from others: `pdf` for `application/pdf`, `csv` for `text/x-csv`.
fn suffix(media: &str) -> String {
    let essence = media.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
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
