//! The examples of requests and responses, for the tests that the option `test_examples` generates.

use serde_json::{Map, Value};

use crate::generator::model::{Example, Type};
use crate::generator::names;
use crate::generator::problems::Place;
use crate::generator::resolve::resolver::Resolver;

/// The keys of an Example Object.
const KEYS: [&str; 4] = ["summary", "description", "value", "externalValue"];

impl Resolver<'_> {
    /// Adds the examples of the media type at `media`, whose values have the type `ty`.
    pub(super) fn examples(&mut self, media: &Place, ty: &Type) {
        if !self.wants_examples || !self.seen_examples.insert(media.clone()) {
            return;
        }
        self.example(&media.at("example"), ty);
        for (_, place) in self.document.entries(&media.at("examples")) {
            if let Some(place) = self.behind_example(&place) {
                self.example(&place.at("value"), ty);
            }
        }
    }

    /// Follows a reference to an example. If it leads to nothing, the example is not tested, which costs no more than a
    /// warning.
    fn behind_example(&mut self, place: &Place) -> Option<Place> {
        let part = self.errors.part();
        let target = self.document.follow(place, self.errors);
        for problem in self.errors.take(part) {
            self.errors.warn(problem.because("this example is not tested"));
        }
        target
    }

    fn example(&mut self, place: &Place, ty: &Type) {
        // Some documents use a reference, although OpenAPI allows that only for named examples.
        let Some(target) = self.behind_example(place) else { return };
        let is_example = |object: &Map<String, Value>| {
            object.contains_key("value")
                && object.keys().all(|key| KEYS.contains(&key.as_str()) || key.starts_with("x-"))
        };
        // It may lead to an Example Object, which contains the value.
        let is_wrapped = target != *place && self.document.object(&target).is_some_and(is_example);
        let place = if is_wrapped { &target.at("value") } else { &target };
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
