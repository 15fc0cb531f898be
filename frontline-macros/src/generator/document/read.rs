//! Reads the objects of a document, one at a time, by their place.
//!
//! An object is checked against its [`Shape`]s and deserialized into its openapiv3 type *without* the objects inside
//! it. These become references to their own places, and are read when they are needed. So every read is shallow, an
//! inline object and a `$ref` are the same case, and every error knows its place.

use std::borrow::Cow;

use openapiv3::{ReferenceOr, Schema};
use serde_json::{Map, Value};

use super::tree::Document;
use crate::generator::openapi::{Object, Shape, instead_of, is_dispensable, kind_of, lone_type, misdirected};
use crate::generator::problems::{Errors, Place, Problem, did_you_mean_word, nearest};

impl Document {
    /// Follows the references at `place`, and reads the object that they lead to. Returns it with its place.
    pub fn read<T: Object>(&self, place: &Place, errors: &mut Errors) -> Option<(T, Place)> {
        let place = self.follow_to::<T>(place, errors)?;
        let object = self.read_here(&place, errors)?;
        Some((object, place))
    }

    /// Follows the references at `place`, unless they lead to an object of another kind that cannot be read as a `T`.
    /// `lint` reports other references to objects of another kind.
    pub fn follow_to<T: Object>(&self, place: &Place, errors: &mut Errors) -> Option<Place> {
        let target = self.follow(place, errors)?;
        let lacks = |key: &&str| !self.object(&target).is_some_and(|object| object.contains_key(*key));
        let Some((found, expected)) = other_kind::<T>(&target).filter(|_| T::REQUIRED.iter().any(lacks)) else {
            return Some(target);
        };
        let mut last = place.clone();
        while let Some(Ok(next)) = self.reference(&last, &mut Errors::default()) {
            if next == target {
                break;
            }
            last = next;
        }
        let at = last.at("$ref");
        let (message, help) = misdirected(self.text(&at).unwrap_or_default(), found, expected);
        errors.push(Problem::value(&at, message).help(help));
        None
    }

    /// Returns the place that contains the keys of the schema at `place`.
    ///
    /// A word in a list of types represents the schema that contains the list, with this type only.
    pub fn written_at(&self, place: &Place) -> Place {
        let list = place.parent().filter(|list| list.key() == "type" && self.text(place).is_some());
        list.and_then(|list| list.parent()).unwrap_or_else(|| place.clone())
    }

    /// Returns the keys of the object at `place`, and the place that contains them.
    fn source<T: Object>(&self, place: &Place) -> Option<(Cow<'_, Map<String, Value>>, Place)> {
        match self.value(place)? {
            Value::Object(source) => Some((Cow::Borrowed(source), place.clone())),
            Value::Bool(_) if T::IS_SCHEMA => Some((Cow::default(), place.clone())),
            Value::String(word) if T::IS_SCHEMA => {
                let base = self.written_at(place);
                let mut source = self.object(&base)?.clone();
                source.insert("type".into(), word.clone().into());
                Some((Cow::Owned(source), base))
            }
            _ => None,
        }
    }

    /// Reads the object at `place` without following references.
    pub fn read_here<T: Object>(&self, place: &Place, errors: &mut Errors) -> Option<T> {
        let Some((source, base)) = self.source::<T>(place) else {
            errors.push(self.no_object(place, T::NAME));
            return None;
        };
        let shallow = self.shallow::<T>(&source, &base, errors)?;
        match T::deserialize(Value::Object(shallow)) {
            Ok(object) => Some(object),
            Err(error) => {
                let message = error.to_string();
                let field = message.strip_prefix("missing field ");
                if let Some(problem) = self.no_property_name(place).filter(|_| field == Some("`propertyName`")) {
                    errors.push(problem);
                    return None;
                }
                let message = match field {
                    Some(field) => format!("{} must have {field}", T::NAME),
                    None => format!("{} is invalid: {message}", T::NAME),
                };
                errors.push(Problem::value(place, message));
                None
            }
        }
    }

    /// Reports the discriminator of a schema that names no property.
    fn no_property_name(&self, schema: &Place) -> Option<Problem> {
        let place = schema.at("discriminator");
        let keys = self.object(&place)?.keys().map(String::as_str);
        Some(match nearest("propertyName", keys) {
            Some(key) => {
                let message = format!("a discriminator has no key `{key}`; did you mean `propertyName`?");
                Problem::key(&place.at(key), message)
            }
            None => Problem::key(&place, "a discriminator must have `propertyName`"),
        })
    }

    /// Reports a value that is not an object. A text such as `type:string` lacks a space.
    fn no_object(&self, place: &Place, name: &str) -> Problem {
        let problem = Problem::value(place, format!("{name} must be an object"));
        if let Some(help) = self.value(place).and_then(lone_type).filter(|_| name == Schema::NAME) {
            return problem.help(help);
        }
        let text = self.value(place).and_then(Value::as_str).and_then(|text| text.split_once(':'));
        match text.filter(|(key, rest)| (*key == "$ref" || key.chars().all(char::is_alphabetic)) && !rest.is_empty()) {
            Some((key, _)) => problem.help(format!("write a space after the colon: `{key}: …`")),
            None => problem,
        }
    }

    /// Returns the known keys of an object, in which inner objects are replaced by references.
    fn shallow<T: Object>(
        &self,
        source: &Map<String, Value>,
        place: &Place,
        errors: &mut Errors,
    ) -> Option<Map<String, Value>> {
        let mut object = Map::new();
        let is_other = other_kind::<T>(place).is_some();
        for (key, value) in source {
            let at = place.at(key);
            match shape_of::<T>(key) {
                // In YAML, a key without a value is null.
                Some(shape) if value.is_null() && !matches!(shape, Shape::Any | Shape::Unused) => {
                    errors.warn(Problem::key(&at, format!("`{key}` has no value, so it is ignored")));
                }
                // Some documents keep long descriptions in separate files, although OpenAPI does not allow such
                // references.
                Some(Shape::Text) if value.get("$ref").is_some() => match self.text(&at) {
                    Some(text) => _ = object.insert(key.clone(), text.into()),
                    None => errors.warn(Problem::key(&at, format!("`{key}` refers to no text, so it is ignored"))),
                },
                Some(shape) => {
                    // Some documents use a `$ref` in place of all properties or media types.
                    let is_map = matches!(shape, Shape::Content | Shape::LinkMap);
                    let at = if is_map { self.behind(&at) } else { at };
                    let value = self.value(&at).filter(|_| is_map).unwrap_or(value);
                    if let Some(value) = shape.shallow(value, &at) {
                        object.insert(key.clone(), value);
                    }
                }
                None if key.starts_with("x-") => {
                    object.insert(key.clone(), value.clone());
                }
                None if is_other || T::ELSEWHERE.contains(&key.as_str()) => {}
                None => self.unknown_key::<T>(key, source, &at, errors),
            }
        }
        T::normalize(&mut object, place);
        let is_sound = is_sound::<T>(&mut object, place, errors);
        let missing: Vec<&str> =
            T::REQUIRED.iter().copied().filter(|required| !object.contains_key(*required)).collect();
        for required in missing.iter().filter(|required| !self.is_misplaced::<T>(required, source, place)) {
            let problem = Problem::value(place, format!("{} must have `{required}`", T::NAME));
            errors.push(match instead_of(required) {
                Some(help) => problem.help(help),
                None => problem,
            });
        }
        (is_sound && missing.is_empty()).then_some(object)
    }

    /// Returns whether a missing key is misspelled or one level too far out, which is reported at that key.
    fn is_misplaced<T: Object>(&self, required: &str, source: &Map<String, Value>, place: &Place) -> bool {
        let is_meant = |key: &String| {
            shape_of::<T>(key).is_none() && nearest(key, T::KEYS.iter().map(|(known, _)| *known)) == Some(required)
        };
        let is_outside = || {
            let outside = place.parent().filter(|_| place.key() == "requestBody");
            outside.and_then(|outside| self.object(&outside)).is_some_and(|object| object.contains_key(required))
        };
        let inner = T::INNER.iter().find(|(inner, _)| *inner == required).map_or(&[][..], |(_, keys)| *keys);
        source.keys().any(|key| is_meant(key) || inner.iter().any(|(known, _)| known == key)) || is_outside()
    }

    fn unknown_key<T: Object>(&self, key: &str, object: &Map<String, Value>, at: &Place, errors: &mut Errors) {
        if key == "$ref" {
            errors.push(Problem::key(at, format!("{} cannot be a reference", T::NAME)).help("write the object here"));
            return;
        }
        let message = format!("{} has no key `{key}`", T::NAME);
        let is_key = |keys: &[(&str, Shape)]| keys.iter().any(|(known, _)| *known == key);
        if let Some((inner, _)) = T::INNER.iter().find(|(_, keys)| is_key(keys)) {
            let found = object.get(*inner).filter(|inner| !inner.is_null());
            // Beside a schema or content, the value still has a type.
            if matches!(*inner, "schema" | "content") && found.is_some()
                || found.is_some_and(|inner| inner.get(key).is_some())
            {
                errors.warn(Problem::key(at, format!("{message}, so it is ignored; it belongs to `{inner}`")));
            } else {
                let problem = Problem::key(at, format!("{message}; it belongs to `{inner}`"));
                let help = || format!("write it below `{inner}`, with more indentation");
                refuse(problem.help(instead_of(inner).map_or_else(help, ToOwned::to_owned)), key, errors);
            }
            return;
        }
        if let Some((meant, rest)) = joined::<T>(key, object) {
            let problem = Problem::key(at, format!("{message}; did you mean `{meant}: {rest}`?"));
            refuse(problem.help("write a colon and a space after the key"), meant, errors);
            return;
        }
        if T::IS_SCHEMA && object.contains_key("properties") && is_schema(object.get(key)) && !self.has_version("3.1") {
            let problem = Problem::key(at, format!("{message}; it belongs to `properties`"));
            errors.spare(problem.help("write it below `properties`, with more indentation"), "this key is ignored");
            return;
        }
        match nearest(key, T::KEYS.iter().map(|(known, _)| *known)) {
            // JSON Schema, and so OpenAPI 3.1, allows any words.
            Some(known) if T::IS_SCHEMA && self.has_version("3.1") => {
                errors.warn(Problem::key(at, format!("{message}, so it is ignored; did you mean `{known}`?")));
            }
            Some(known) => {
                refuse(Problem::key(at, format!("{message}; did you mean `{known}`?")), known, errors);
            }
            None => errors.warn(Problem::key(at, message + ", so it is ignored")),
        }
    }
}

/// Returns the known key and the value that a key such as `type integer` consists of, if it has no value of its own.
fn joined<'a, T: Object>(key: &'a str, object: &Map<String, Value>) -> Option<(&'a str, &'a str)> {
    let (meant, rest) = key.split_once([' ', ':'])?;
    (object.get(key)?.is_null() && shape_of::<T>(meant).is_some()).then_some((meant, rest.trim()))
}

/// Returns whether a value describes a type, as a schema does.
fn is_schema(value: Option<&Value>) -> bool {
    let has = |key: &str| value.and_then(|value| value.get(key));
    has("$ref").is_some_and(Value::is_string)
        || has("type")
            .and_then(Value::as_str)
            .is_some_and(|typ| Schema::WORDS.iter().any(|(_, words)| words.contains(&typ)))
}

/// Adds an error about a key. Returns whether it is tolerated, because the object can do without the key.
fn refuse(problem: Problem, key: &str, errors: &mut Errors) -> bool {
    if is_dispensable(key) {
        return errors.spare(problem, "this key is ignored");
    }
    errors.push(problem);
    false
}

/// Returns the kind of the object at a place, and the expected one, if they differ. The reference to it is a mistake,
/// not its keys.
fn other_kind<T: Object>(place: &Place) -> Option<(&'static str, &'static str)> {
    let expected = T::COMPONENTS?;
    kind_of(place).filter(|found| *found != expected).map(|found| (found, expected))
}

fn shape_of<T: Object>(key: &str) -> Option<Shape> {
    T::KEYS.iter().find(|(known, _)| *known == key).map(|(_, shape)| *shape)
}

fn is_sound<T: Object>(object: &mut Map<String, Value>, place: &Place, errors: &mut Errors) -> bool {
    let mut is_sound = true;
    object.retain(|key, value| {
        let Some(shape) = shape_of::<T>(key).filter(|shape| !shape.admits(value)) else { return true };
        let message = format!("`{key}` of {} must be {}", T::NAME, shape.expected());
        let mut problem = Problem::value(&place.at(key), message);
        problem.help = lone_type(value).filter(|_| shape == Shape::Link);
        let is_ignored = refuse(problem, key, errors);
        is_sound &= is_ignored;
        !is_ignored
    });
    for (key, words) in T::WORDS {
        if let Some(word) = object.get(*key).and_then(Value::as_str)
            && !words.contains(&word)
        {
            let suggestion = did_you_mean_word(word, words);
            let known = || words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ");
            let help = instead_of(word).map_or_else(|| format!("use one of {}", known()), ToOwned::to_owned);
            let message = format!("`{key}` of {} cannot be `{word}`{suggestion}", T::NAME);
            errors.push(Problem::value(&place.at(key), message).help(help));
            is_sound = false;
        }
    }
    is_sound
}

/// Returns the place that a reference created by [`Document::read`] names.
pub fn place_of<T>(reference: &ReferenceOr<T>) -> Option<Place> {
    match reference {
        ReferenceOr::Reference { reference } => Place::from_link(reference),
        ReferenceOr::Item(_) => None,
    }
}
