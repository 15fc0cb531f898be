//! The bodies of documented errors.

use openapiv3::Response;
use proc_macro2::Ident;

use super::media::{Encoding, encoding};
use super::responses::{Documented, NOT_MODIFIED};
use super::statuses::{failure_name, statuses};
use crate::generator::model::{Failure, Payload};
use crate::generator::names;
use crate::generator::problems::Place;
use crate::generator::resolve::resolver::Resolver;

impl Resolver<'_> {
    /// Returns the type of an error's body if it is JSON. All other bodies are available as bytes. Informational
    /// responses (1xx) never arrive as the response of a call.
    pub(super) fn failure(&mut self, each: &Documented, operation: &Ident) -> Option<Failure> {
        if each.key.starts_with('1') {
            return None;
        }
        let part = self.errors.part();
        let failure = self.read_failure(each, operation);
        let is_unknown = self.errors.end(part, || format!("the body of errors with status {} has no type", each.key));
        failure.filter(|_| !is_unknown)
    }

    fn read_failure(&mut self, each: &Documented, operation: &Ident) -> Option<Failure> {
        let (_, place) = self.document.read::<Response>(&each.place, self.errors)?;
        if each.key == NOT_MODIFIED.to_string() {
            self.tell_content(&each.key, &place);
            return None;
        }
        let media = self.json(&place)?;
        match self.response_json(&media, &names::nested(operation, "error"))? {
            Payload::Json(ty) => Some(Failure {
                status: each.key.clone(),
                statuses: statuses(&each.key),
                name: failure_name(&each.key),
                ty,
            }),
            _ => None,
        }
    }

    /// Returns the first JSON media type of the response at `place`.
    fn json(&mut self, place: &Place) -> Option<Place> {
        let content = self.document.follow(&place.at("content"), self.errors)?;
        let medias = self.document.entries(&content);
        let (_, at) = medias.into_iter().find(|(media, _)| encoding(media) == Some(Encoding::Json))?;
        self.document.follow(&at, self.errors)
    }
}
