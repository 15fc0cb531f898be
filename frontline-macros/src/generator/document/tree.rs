//! The document, and access to its values.

use std::cell::RefCell;
use std::collections::HashMap;
use std::path::Path;

use serde_json::{Map, Value};

use super::files::Files;
use super::source::File;
use crate::generator::overlay::Origin;
use crate::generator::problems::{Errors, Place, Problem, unescape};

/// An OpenAPI document in one or more files. The first is the file that the macro names.
#[derive(Default)]
pub struct Document {
    pub(super) files: Files,
    /// The references on the paths of the JSON pointers that are being resolved.
    pub(super) passed: RefCell<Vec<Place>>,
    /// The suggestions for dangling references, by their targets.
    pub(super) suggestions: RefCell<HashMap<Place, String>>,
}

impl Document {
    pub fn open(file: File, overlays: Vec<File>, errors: &mut Errors) -> Self {
        Self { files: Files::open(file, overlays, errors), ..Self::default() }
    }

    pub fn files(&self) -> &[File] {
        self.files.all()
    }

    /// Returns where the value at `place` is written, which overlays may have changed.
    pub fn origin(&self, place: &Place) -> Origin {
        match self.files.overlaid.as_ref().filter(|_| place.file == 0) {
            Some(overlaid) => overlaid.origin.find(place.keys()),
            None => Origin::new(place.clone()),
        }
    }

    /// Returns the problem of something missing that an overlay removes, and that is needed at `user`.
    pub fn removed(&self, missing: &Place, user: &Place) -> Option<Problem> {
        let removed = &self.files.overlaid.as_ref().filter(|_| missing.file == 0)?.removed;
        let is_around = |place: &Place| {
            let rest = missing.pointer.strip_prefix(&place.pointer);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        let (removed, action) = removed.iter().find(|(place, _)| is_around(place))?;
        let problem = Problem::value(action, format!("this removes `{removed}`, which the document still needs"));
        let has_help = !user.pointer.is_empty();
        Some(if has_help { problem.help(format!("change what needs it, too, such as `{user}`")) } else { problem })
    }

    /// Whether the document lacks changes of an overlay, because the overlay has a mistake.
    pub fn is_incomplete(&self) -> bool {
        self.files.overlaid.as_ref().is_some_and(|overlaid| overlaid.is_incomplete)
    }

    pub fn value(&self, place: &Place) -> Option<&Value> {
        let mut value = self.files.root(place.file)?;
        if !place.pointer.is_empty() && !place.pointer.starts_with('/') {
            return None;
        }
        // `Value::pointer` copies each key twice, and this is what an expansion does most.
        for key in place.pointer.split('/').skip(1) {
            value = match value {
                Value::Object(object) if key.contains('~') => object.get(&unescape(key))?,
                Value::Object(object) => object.get(key)?,
                Value::Array(list) => list.get(index(key)?)?,
                _ => return None,
            };
        }
        Some(value)
    }

    /// Returns the innermost place around `place` that exists, or `place` itself if it exists.
    pub fn existing(&self, place: &Place) -> Place {
        let mut place = if place.file < self.files().len() { place.clone() } else { Place::root(0) };
        while self.value(&place).is_none()
            && let Some(around) = place.parent()
        {
            place = around;
        }
        place
    }

    /// Returns what a warning says about a value whose description cannot be read.
    pub fn becomes_any(&self, place: &Place) -> String {
        format!("`{}` becomes any JSON value", self.reference_to(place))
    }

    /// Returns whether the document follows a version that begins with `version`. YAML reads `3.1` without quotes as a
    /// number.
    pub fn has_version(&self, version: &str) -> bool {
        let own = self.value(&Place::root(0).at("openapi"));
        own.is_some_and(|own| own.to_string().trim_start_matches('"').starts_with(version))
    }

    /// Returns a reference to `place`, relative to the file that the macro names.
    pub fn reference_to(&self, place: &Place) -> String {
        let file = |index: usize| self.files().get(index);
        let folder = file(0).and_then(|first| Path::new(&first.shown).parent());
        let path = file(place.file).filter(|_| place.file > 0).map(|file| Path::new(&file.shown));
        let path = path.map(|path| folder.and_then(|folder| path.strip_prefix(folder).ok()).unwrap_or(path));
        format!("{}{place}", path.unwrap_or(Path::new("")).display())
    }

    /// Returns the value at `place` if it is an object. Any other value is reported only by [`Document::read`].
    pub fn object(&self, place: &Place) -> Option<&Map<String, Value>> {
        self.value(place)?.as_object()
    }

    /// Returns the keys and places of the values in the object at `place`, in the document's order. Follows a reference
    /// at `place`.
    pub fn entries(&self, place: &Place) -> Vec<(String, Place)> {
        let place = &self.behind(place);
        let entries = self.object(place).into_iter().flatten();
        entries.map(|(key, _)| (key.clone(), place.at(key))).collect()
    }
}

/// Returns the index that a part of a JSON pointer stands for (RFC 6901, section 4).
fn index(key: &str) -> Option<usize> {
    let is_index = key == "0" || !key.starts_with(['0', '+']);
    key.parse().ok().filter(|_| is_index)
}
