//! Request bodies and responses.

use openapiv3::{MediaType, RequestBody, Response, Responses, StatusCode};
use proc_macro2::Ident;

use super::Resolver;
use crate::generator::document::place_of;
use crate::generator::model::{Body, Encoding, Type};
use crate::generator::place::Place;
use crate::generator::report::Problem;

impl Resolver<'_> {
    pub(super) fn body(&mut self, place: &Place, hint: &Ident) -> Option<Body> {
        let (body, place) = self.document.read::<RequestBody>(place, self.errors)?;
        let content = place.at("content");
        let mut found = Vec::new();
        for media in body.content.keys() {
            match encoding(media) {
                Some(encoding) => found.push((encoding, content.at(media))),
                None => self.unsupported_media("a request body", media, &content.at(media)),
            }
        }
        if let Some((_, second)) = found.get(1) {
            self.errors.push(
                Problem::key(second, "a request body of several media types is not supported")
                    .help("keep the one to be sent"),
            );
        }
        let (encoding, media) = found.into_iter().next()?;
        let ty = self.content(&media, hint)?;
        Some(Body { encoding, is_required: body.required || encoding == Encoding::Form, ty })
    }

    /// The type of what a call returns: that of the successful responses, nothing where they have no content.
    pub(super) fn response(&mut self, responses: &Responses, operation: &Place, hint: &Ident) -> Option<Type> {
        let at = operation.at("responses");
        self.only_statuses(&at);
        let is_success = |status: &StatusCode| matches!(status, StatusCode::Code(200..=299) | StatusCode::Range(2));
        let successes = responses.responses.iter().filter(|(status, _)| is_success(status));
        let mut places: Vec<Place> = successes.filter_map(|(_, response)| place_of(response)).collect();
        if places.is_empty() {
            places.extend(responses.default.as_ref().and_then(place_of));
        }
        let mut types: Vec<(Place, Type)> = Vec::new();
        for place in places {
            let Some((response, place)) = self.document.read::<Response>(&place, self.errors) else { continue };
            for media in response.content.keys() {
                let at = place.at("content").at(media);
                match encoding(media) {
                    Some(Encoding::Json) => types.extend(self.content(&at, hint).map(|ty| (at, ty))),
                    _ => self.unsupported_media("a response", media, &at),
                }
            }
        }
        let mut types = types.into_iter();
        let (_, first) = types.next()?;
        for (at, other) in types {
            if other != first {
                self.errors.push(Problem::key(&at, "successful responses of different types are not supported"));
            }
        }
        Some(first)
    }

    /// openapiv3 passes over keys that are no status.
    fn only_statuses(&mut self, responses: &Place) {
        for (key, at) in self.document.entries(responses) {
            let is_status = match key.as_bytes() {
                [b'1'..=b'5', b'X' | b'x', b'X' | b'x'] | [b'1'..=b'5', b'0'..=b'9', b'0'..=b'9'] => true,
                _ => key == "default" || key.starts_with("x-"),
            };
            if !is_status {
                self.errors.push(
                    Problem::key(&at, format!("`{key}` is not the status of a response"))
                        .help("a status is written `'200'`, `2XX` or `default`"),
                );
            }
        }
    }

    fn content(&mut self, place: &Place, hint: &Ident) -> Option<Type> {
        let media: MediaType = self.document.read_here(place, self.errors)?;
        Some(media.schema.as_ref().and_then(place_of).map_or(Type::Value, |schema| self.schema(&schema, hint)))
    }

    fn unsupported_media(&mut self, what: &str, media: &str, at: &Place) {
        self.errors.push(Problem::key(at, format!("the media type `{media}` of {what} is not supported")).help(
            "the media types are `application/json`, and `application/x-www-form-urlencoded` for request bodies",
        ));
    }
}

/// How a media type is written to and read from the wire. Its parameters (`; charset=utf-8`) change nothing here.
fn encoding(media: &str) -> Option<Encoding> {
    let essence = media.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    match essence.as_str() {
        "application/x-www-form-urlencoded" => Some(Encoding::Form),
        "application/json" | "*/*" => Some(Encoding::Json),
        json if json.ends_with("+json") => Some(Encoding::Json),
        _ => None,
    }
}
