//! What is known of each kind of object.

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::shape::Shape;
use crate::generator::problems::Place;

/// The keys of an object, with the shapes of their values.
pub type Keys = &'static [(&'static str, Shape)];

pub trait Object: DeserializeOwned {
    /// The name in error messages, with an article.
    const NAME: &'static str;
    const KEYS: Keys;
    const REQUIRED: &'static [&'static str] = &[];
    /// Keys from other standards that a client does not need.
    const ELSEWHERE: &'static [&'static str] = &[];
    /// Keys with an object, and the keys of that object: some documents have them one level too far out.
    const INNER: &'static [(&'static str, Keys)] = &[];
    /// Keys that allow only certain words, and these words.
    const WORDS: &'static [(&'static str, &'static [&'static str])] = &[];

    /// The name of the components of this kind, if references to objects of other kinds are told.
    const COMPONENTS: Option<&'static str> = None;

    /// Whether `true` and `false` are allowed instead of an object, as for schemas (JSON Schema, section 4.3.2).
    const IS_SCHEMA: bool = false;

    /// Rewrites the object in the form that openapiv3 reads, before its keys are checked.
    fn normalize(_object: &mut Map<String, Value>, _place: &Place) {}
}
