//! The examples of requests and responses, for the tests that the option `test_examples` generates.

use serde_json::Value;

use crate::generator::model::{Example, Type};
use crate::generator::names;
use crate::generator::problems::Place;
use crate::generator::resolve::resolver::Resolver;

impl Resolver<'_> {
    /// Adds the examples of the media type at `media`, whose values have the type `ty`.
    pub(super) fn examples(&mut self, media: &Place, ty: &Type) {
        if !self.wants_examples || !self.seen_examples.insert(media.clone()) {
            return;
        }
        self.example(&media.at("example"), ty);
        for (_, place) in self.document.entries(&media.at("examples")) {
            if let Some(place) = self.document.follow(&place, self.errors) {
                self.example(&place.at("value"), ty);
            }
        }
    }

    fn example(&mut self, place: &Place, ty: &Type) {
        // Some documents use a reference, although OpenAPI allows that only for named examples.
        let place = &self.document.behind(place);
        let Some(value) = self.document.value(place) else { return };
        // Some documents contain the JSON as a string.
        let parsed = value.as_str().and_then(|text| serde_json::from_str::<Value>(text).ok());
        let value = parsed.filter(|parsed| parsed.is_object() || parsed.is_array()).unwrap_or_else(|| value.clone());
        let keys: Vec<String> =
            place.keys().filter(|key| !matches!(key.as_str(), "paths" | "content" | "value")).collect();
        let name = self.example_names.unique(&names::snake(&keys.join(" ")));
        self.examples.push(Example {
            name,
            pointer: self.document.reference_to(place),
            ty: ty.clone(),
            json: value.to_string(),
        });
    }
}
