//! Resolves references.

use std::collections::HashSet;

use openapiv3::Components;
use percent_encoding::percent_decode_str;
use serde_json::Value;

use super::source::is_on_network;
use super::tree::Document;
use crate::generator::openapi::Object;
use crate::generator::problems::{Errors, Place, Problem, did_you_mean, nearest};

/// The maximum length of a chain of references that refer to references.
pub const LONGEST_CHAIN: usize = 100;
/// The maximum number of nested references on the path of a JSON pointer.
const MOST_PASSED: usize = 16;
/// The maximum number of dangling references for which similar names are looked up.
const MOST_SUGGESTIONS: usize = 100;

impl Document {
    /// Returns the text at `place`, or the text that a reference at `place` leads to.
    pub fn text(&self, place: &Place) -> Option<&str> {
        let mut value = self.value(place)?;
        if value.is_object()
            && let Some(Ok(target)) = self.reference(place, &mut Errors::default())
        {
            value = self.value(&target)?;
        }
        value.as_str()
    }

    /// Returns the target of the `$ref` at `place`, or `None` if there is no `$ref`. Reports a dangling reference.
    pub fn reference(&self, place: &Place, errors: &mut Errors) -> Option<Result<Place, Reported>> {
        let reference = self.object(place)?.get("$ref")?;
        let at = place.at("$ref");
        let Some(text) = reference.as_str() else {
            errors.push(self.no_reference(&at));
            return Some(Err(Reported));
        };
        Some(self.target(text, &at, errors).ok_or(Reported))
    }

    fn no_reference(&self, at: &Place) -> Problem {
        let is_yaml = self.files().get(at.file).is_some_and(|file| !file.has_extension(&["json"]));
        if is_yaml && self.value(at).is_some_and(Value::is_null) {
            let help = "put the reference in quotes, such as `$ref: '#/components/schemas/User'`";
            return Problem::key(at, "`$ref` has no value; without quotes, `#` begins a comment").help(help);
        }
        Problem::value(at, "`$ref` must be a string, such as `#/components/schemas/User`")
    }

    /// Returns the target of `reference`, which is written at `at`. Reports a dangling reference.
    pub fn target(&self, reference: &str, at: &Place, errors: &mut Errors) -> Option<Place> {
        if let Some(target) = self.files.ids.target(reference, at).filter(|target| self.value(target).is_some()) {
            return Some(target);
        }
        let (name, fragment) = reference.split_once('#').unwrap_or((reference, ""));
        let file = match name {
            "" => at.file,
            name => match self.files.linked(at.file, name) {
                Ok(file) => file,
                Err(why) => {
                    errors.push(self.unlinked(name, why, at));
                    return None;
                }
            },
        };
        if let Some(problem) = self.files.broken(file) {
            errors.push(problem.clone());
            return None;
        }
        let pointer = percent_decode_str(fragment).decode_utf8_lossy().into_owned();
        let target = self.through(Place { file, pointer });
        if self.value(&target).is_none() {
            errors.push(self.dangling(reference, &target, at));
            return None;
        }
        Some(target)
    }

    /// Returns the target of the references at `place`, or `place` if there is no valid reference. Reports nothing;
    /// [`Document::read`] does.
    pub fn behind(&self, place: &Place) -> Place {
        self.follow(place, &mut Errors::default()).unwrap_or_else(|| place.clone())
    }

    /// Resolves references that are on the path of a JSON pointer.
    fn through(&self, target: Place) -> Place {
        if self.value(&target).is_some() || !target.pointer.starts_with('/') {
            return target;
        }
        target.keys().fold(Place::root(target.file), |place, key| self.pass(place).at(&key))
    }

    /// Returns the target of the reference at `place`, which is on the path of a JSON pointer. A reference whose own
    /// pointer passes through itself is not followed.
    fn pass(&self, place: Place) -> Place {
        let mut passed = self.passed.borrow_mut();
        if passed.len() == MOST_PASSED || passed.contains(&place) {
            return place;
        }
        passed.push(place.clone());
        drop(passed);
        let behind = self.behind(&place);
        self.passed.borrow_mut().pop();
        behind
    }

    /// Reports a reference to a file that cannot be used. A bare name may be meant as the name of a schema.
    fn unlinked(&self, name: &str, why: String, at: &Place) -> Problem {
        let schema = Place::root(at.file).at("components").at("schemas").at(name);
        let problem = Problem::value(at, why);
        if is_on_network(name) {
            return problem.help("save the file next to the document, and refer to the local file").unsupported();
        }
        let whole = Place { file: at.file, pointer: format!("/{}", name.trim_start_matches(['.', '/'])) };
        match [schema, whole].into_iter().find(|place| self.value(place).is_some()) {
            Some(meant) => problem.help(format!("write `{meant}`")),
            None => problem,
        }
    }

    fn dangling(&self, reference: &str, target: &Place, at: &Place) -> Problem {
        if !target.pointer.is_empty() && !target.pointer.starts_with('/') {
            let path = target.pointer.trim().trim_start_matches('/');
            let meant = Place { file: target.file, pointer: format!("/{path}") };
            let meant = Some(meant).filter(|meant| self.value(meant).is_some()).map(|meant| meant.to_string());
            let meant = meant.unwrap_or_else(|| "#/components/schemas/Name".to_owned());
            return Problem::value(at, format!("`{reference}` is not defined: no schema has this anchor"))
                .help(format!("write a reference in the form `{meant}`"));
        }
        if let Some(problem) = self.removed(target, at) {
            return problem;
        }
        if let Some(problem) = self.nothing_to_refer_to(target) {
            return problem;
        }
        Problem::value(at, format!("`{reference}` is not defined{}", self.suggestion(target)))
    }

    /// Returns the suggestion for a target that does not exist. Each is found only once, and at most
    /// [`MOST_SUGGESTIONS`] are, because every one is compared with all names of the document.
    fn suggestion(&self, target: &Place) -> String {
        let mut known = self.suggestions.borrow_mut();
        if known.len() == MOST_SUGGESTIONS {
            return known.get(target).cloned().unwrap_or_default();
        }
        let find = || {
            if let Some(meant) = self.elsewhere(target) {
                return format!("; did you mean `{meant}`?");
            }
            let siblings = target.parent().and_then(|parent| self.object(&parent)).into_iter().flatten();
            did_you_mean(&target.key(), siblings.map(|(key, _)| key.as_str()))
        };
        known.entry(target.clone()).or_insert_with(find).clone()
    }

    /// Returns the component with the name of a target whose pointer is not that of a component.
    fn elsewhere(&self, target: &Place) -> Option<Place> {
        let components = Place::root(target.file).at("components");
        if self.value(&target.parent()?).is_some() {
            return None;
        }
        let kinds = Components::KEYS.iter().map(|(kind, _)| components.at(kind).at(&target.key()));
        kinds.into_iter().find(|place| self.value(place).is_some())
    }

    /// Returns a problem if `components`, or the kind of components that `target` belongs to, is missing.
    ///
    /// It has the same place for all such references, so it is shown only once.
    fn nothing_to_refer_to(&self, target: &Place) -> Option<Problem> {
        let kinds: Vec<String> = target.keys().take(2).collect();
        let [components, kind] = kinds.as_slice() else { return None };
        let root = Place::root(target.file);
        let place = root.at(components);
        let is_kind = Components::KEYS.iter().any(|(known, _)| known == kind);
        if components != "components" || !is_kind || self.value(&place.at(kind)).is_some() {
            return None;
        }
        let message = |missing| format!("references point to `#/components/{kind}`, but `{missing}` is missing");
        let misspelled = self.misspelled(&root, components, "an OpenAPI document");
        let misspelled = misspelled.or_else(|| self.misspelled(&place, kind, Components::NAME));
        misspelled.or_else(|| {
            Some(match self.value(&place) {
                Some(_) => Problem::key(&place, message(kind)),
                None => Problem::value(&root, message(components)),
            })
        })
    }

    /// Returns the problem of a key that is similar to `key`, which the object at `place` does not have. Reading the
    /// object reports it too, so it is shown only once.
    pub fn misspelled(&self, place: &Place, key: &str, name: &str) -> Option<Problem> {
        let object = self.object(place).filter(|object| !object.contains_key(key))?;
        let others =
            object.keys().map(String::as_str).filter(|other| !Components::KEYS.iter().any(|(known, _)| other == known));
        let meant = nearest(key, others)?;
        Some(Problem::key(&place.at(meant), format!("{name} has no key `{meant}`; did you mean `{key}`?")))
    }

    /// Follows `$ref`s from `place` to a value without `$ref`. Reports a circle of references at the same place,
    /// whichever reference leads into it.
    pub fn follow(&self, place: &Place, errors: &mut Errors) -> Option<Place> {
        let mut seen = Vec::new();
        let mut known = HashSet::new();
        let mut last = place.clone();
        while let Some(next) = self.reference(&last, errors) {
            let next = next.ok()?;
            known.insert(last.clone());
            seen.push(last);
            if seen.len() > LONGEST_CHAIN {
                let message = format!("this `$ref` leads through more than {LONGEST_CHAIN} other references");
                errors.push(Problem::value(&place.at("$ref"), message).help("refer to the object directly"));
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
}

/// An error that has already been reported.
pub struct Reported;
