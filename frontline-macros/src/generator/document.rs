//! The document as value trees, and how its parts are read: one object at a time, by its place.
//!
//! An object is checked against its [`Shape`]s and deserialised into its openapiv3 type *without* the objects inside
//! it: those become references to their own places and are read when they are needed. So every read is shallow,
//! `$ref` and inline are one case, and every error knows its place.

use std::collections::HashSet;

use openapiv3::{Components, ReferenceOr};
use percent_encoding::percent_decode_str;
use serde_json::{Map, Value};

use super::objects::Object;
use super::place::Place;
use super::report::{Errors, Problem};
use super::shape::Shape;
use super::source::File;
use super::suggest::{did_you_mean, nearest};

/// How many references may refer to each other before one refers to something else.
pub const LONGEST_CHAIN: usize = 100;

/// All files of an OpenAPI document; the first is the one that the macro names.
pub struct Document {
    files: Vec<File>,
    roots: Vec<Value>,
}

impl Document {
    /// A document of which nothing could be read: errors are shown against its files.
    pub fn unread(files: Vec<File>) -> Self {
        Self { files, roots: Vec::new() }
    }

    pub fn new(file: File, root: Value) -> Self {
        Self { files: vec![file], roots: vec![root] }
    }

    pub fn files(&self) -> &[File] {
        &self.files
    }

    pub fn value(&self, place: &Place) -> Option<&Value> {
        self.roots.get(place.file)?.pointer(&place.pointer)
    }

    /// The value at `place` if it is an object; that it is none is reported once, by [`Document::read`].
    pub fn object(&self, place: &Place) -> Option<&Map<String, Value>> {
        self.value(place)?.as_object()
    }

    /// The places of all values in the object at `place`, with their keys, in the document's order.
    pub fn entries(&self, place: &Place) -> Vec<(String, Place)> {
        let entries = self.object(place).into_iter().flatten();
        entries.map(|(key, _)| (key.clone(), place.at(key))).collect()
    }

    pub fn text(&self, place: &Place) -> Option<&str> {
        self.value(place)?.as_str()
    }

    /// Where the `$ref` at `place` points, if there is one there. A reference that leads nowhere is reported.
    pub fn reference(&self, place: &Place, errors: &mut Errors) -> Option<Result<Place, Reported>> {
        let reference = self.object(place)?.get("$ref")?;
        let at = place.at("$ref");
        let Some(text) = reference.as_str() else {
            errors.push(Problem::value(&at, "`$ref` has to be a string such as `#/components/schemas/User`"));
            return Some(Err(Reported));
        };
        Some(self.target(text, &at, errors).ok_or(Reported))
    }

    /// The place that `reference`, written at `at`, names.
    pub fn target(&self, reference: &str, at: &Place, errors: &mut Errors) -> Option<Place> {
        let Some(fragment) = reference.strip_prefix('#') else {
            errors.push(
                Problem::value(at, format!("`{reference}` points into another file, which is not supported"))
                    .help("move what it points to into this document and refer to it with `#/components/…`")
                    .unsupported(),
            );
            return None;
        };
        let pointer = percent_decode_str(fragment).decode_utf8_lossy().into_owned();
        let target = Place { file: at.file, pointer };
        if self.value(&target).is_none() {
            errors.push(self.dangling(reference, &target, at));
            return None;
        }
        Some(target)
    }

    fn dangling(&self, reference: &str, target: &Place, at: &Place) -> Problem {
        if !target.pointer.is_empty() && !target.pointer.starts_with('/') {
            return Problem::value(at, format!("`{reference}` is not a reference"))
                .help("a reference is written `#/components/schemas/Name`");
        }
        if let Some(problem) = self.nothing_to_refer_to(target) {
            return problem;
        }
        let wanted = target.key();
        let siblings = target.parent().map(|parent| self.entries(&parent)).unwrap_or_default();
        let suggestion = did_you_mean(&wanted, siblings.iter().map(|(key, _)| key.as_str()));
        Problem::value(at, format!("`{reference}` is not defined{suggestion}"))
    }

    /// A document without `components`, or without one kind of them, is told once instead of at each reference.
    fn nothing_to_refer_to(&self, target: &Place) -> Option<Problem> {
        let kinds: Vec<String> = target.keys().take(2).collect();
        let [components, kind] = kinds.as_slice() else { return None };
        let root = Place::root(target.file);
        let place = root.at(components);
        let is_kind = Components::KEYS.iter().any(|(known, _)| known == kind);
        if components != "components" || !is_kind || self.value(&place.at(kind)).is_some() {
            return None;
        }
        let message = |missing| format!("references point to `#/components/{kind}`, but there is no `{missing}`");
        Some(match self.value(&place) {
            Some(_) => Problem::key(&place, message(kind)),
            None => Problem::value(&root, message(components)),
        })
    }

    /// Follows `$ref`s from `place` until there is none. A circle of references is reported once, whichever of them led
    /// into it.
    pub fn follow(&self, place: &Place, errors: &mut Errors) -> Option<Place> {
        let mut seen = Vec::new();
        let mut known = HashSet::new();
        let mut last = place.clone();
        while let Some(next) = self.reference(&last, errors) {
            let next = next.ok()?;
            known.insert(last.clone());
            seen.push(last);
            if seen.len() > LONGEST_CHAIN {
                let message = format!("this `$ref` leads through more than {LONGEST_CHAIN} others");
                errors.push(Problem::value(&place.at("$ref"), message).help("refer to what is meant itself"));
                return None;
            }
            if known.contains(&next) {
                let circle = seen.iter().skip_while(|each| **each != next);
                let at = circle.min().unwrap_or(&next).at("$ref");
                errors.push(Problem::value(&at, "this `$ref` leads back to itself and never to an object"));
                return None;
            }
            last = next;
        }
        Some(last)
    }

    /// Reads the object at `place`, following references to it first.
    pub fn read<T: Object>(&self, place: &Place, errors: &mut Errors) -> Option<(T, Place)> {
        let place = self.follow(place, errors)?;
        let object = self.read_here(&place, errors)?;
        Some((object, place))
    }

    /// Reads the object at `place` itself.
    pub fn read_here<T: Object>(&self, place: &Place, errors: &mut Errors) -> Option<T> {
        let Some(Value::Object(source)) = self.value(place) else {
            errors.push(Problem::value(place, format!("{} has to be an object", T::NAME)));
            return None;
        };
        let shallow = shallow::<T>(source, place, errors)?;
        match T::deserialize(Value::Object(shallow)) {
            Ok(object) => Some(object),
            Err(error) => {
                let message = error.to_string();
                let message = match message.strip_prefix("missing field ") {
                    Some(field) => format!("{} needs {field}", T::NAME),
                    None => format!("{} is not valid: {message}", T::NAME),
                };
                errors.push(Problem::value(place, message));
                None
            }
        }
    }
}

/// An error that has been told already.
pub struct Reported;

/// The known keys of an object, with what is inside replaced by references to it.
fn shallow<T: Object>(source: &Map<String, Value>, place: &Place, errors: &mut Errors) -> Option<Map<String, Value>> {
    let mut object = Map::new();
    for (key, value) in source {
        let at = place.at(key);
        match shape_of::<T>(key) {
            Some(shape) => {
                if let Some(value) = shape.shallow(value, &at) {
                    object.insert(key.clone(), value);
                }
            }
            None if key.starts_with("x-") => {
                object.insert(key.clone(), value.clone());
            }
            None if T::ELSEWHERE.contains(&key.as_str()) => {}
            None => {
                let message = format!("{} has no key `{key}`", T::NAME);
                match nearest(key, T::KEYS.iter().map(|(known, _)| *known)) {
                    Some(known) => errors.push(Problem::key(&at, format!("{message}; did you mean `{known}`?"))),
                    None => errors.warn(Problem::key(&at, message + ", so it means nothing")),
                }
            }
        }
    }
    T::normalize(&mut object);
    is_sound::<T>(&mut object, place, errors).then_some(object)
}

fn shape_of<T: Object>(key: &str) -> Option<Shape> {
    T::KEYS.iter().find(|(known, _)| *known == key).map(|(_, shape)| *shape)
}

fn is_sound<T: Object>(object: &mut Map<String, Value>, place: &Place, errors: &mut Errors) -> bool {
    let mut is_sound = true;
    for (key, value) in object.iter_mut() {
        if let Some(shape) = shape_of::<T>(key)
            && !shape.admits(value)
        {
            let expected = shape.expected();
            errors.push(Problem::value(&place.at(key), format!("`{key}` of {} has to be {expected}", T::NAME)));
            is_sound = false;
        }
    }
    for (key, words) in T::WORDS {
        if let Some(word) = object.get(*key).and_then(Value::as_str)
            && !words.contains(&word)
        {
            let suggestion = did_you_mean(word, words.iter().copied());
            let known = words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ");
            errors.push(
                Problem::value(&place.at(key), format!("`{key}` of {} cannot be `{word}`{suggestion}", T::NAME))
                    .help(format!("it can be {known}")),
            );
            is_sound = false;
        }
    }
    for required in T::REQUIRED {
        if !object.contains_key(*required) {
            errors.push(Problem::value(place, format!("{} needs `{required}`", T::NAME)));
            is_sound = false;
        }
    }
    is_sound
}

/// The place behind a reference that [`Document::read`] made.
pub fn place_of<T>(reference: &ReferenceOr<T>) -> Option<Place> {
    match reference {
        ReferenceOr::Reference { reference } => Place::from_link(reference),
        ReferenceOr::Item(_) => None,
    }
}
