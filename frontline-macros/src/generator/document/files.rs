//! Loads the files of a document: the file that the macro names, and all files that it refers to.

use std::collections::HashMap;
use std::path::PathBuf;

use percent_encoding::percent_decode_str;
use serde_json::Value;

use super::ids::Ids;
use super::load::load;
use super::overlays::Overlaid;
use super::source::File;
use super::spellings;
use crate::generator::problems::{Errors, Place, Problem};

/// The files and their value trees, by the index that a [`Place`](crate::generator::problems::Place) contains.
#[derive(Default)]
pub struct Files {
    all: Vec<File>,
    /// The value of each file, or why it cannot be parsed, which is reported once the file is needed. `None` for an
    /// overlay.
    roots: Vec<Option<Result<Value, Problem>>>,
    /// The target of each reference, or the reason why it has none. The key is the file that contains the reference,
    /// and the part of the reference before `#`.
    links: HashMap<(usize, String), Result<usize, String>>,
    by_path: HashMap<PathBuf, usize>,
    /// `None` if there are no overlays.
    pub(super) overlaid: Option<Overlaid>,
    pub(super) ids: Ids,
}

impl Files {
    /// Loads `file`, applies the overlays to it, and loads all files that it then refers to.
    pub fn open(file: File, overlays: Vec<File>, errors: &mut Errors) -> Self {
        let mut files = Self::default();
        files.add(file);
        if let Some(problem) = files.broken(0) {
            errors.push(problem.clone());
        }
        if !overlays.is_empty() {
            files.overlay(overlays, errors);
        }
        let mut index = 0;
        while index < files.all.len() {
            let mut names = Vec::new();
            if let Some(root) = files.root(index) {
                outside_references(root, &mut names);
            }
            for name in names {
                files.link(index, name);
            }
            index += 1;
        }
        files.read_spellings(errors);
        files.read_ids(errors);
        files
    }

    /// Applies overlays to the first file, which is the only one so far.
    fn overlay(&mut self, overlays: Vec<File>, errors: &mut Errors) {
        if let (Some(file), Some(Some(root))) = (self.all.first(), self.roots.first_mut()) {
            let root = root.as_mut().ok();
            self.overlaid = Some(Overlaid::apply(file, root, &overlays, errors));
        }
        self.roots.extend(overlays.iter().map(|_| None));
        self.all.extend(overlays);
    }

    fn read_spellings(&mut self, errors: &mut Errors) {
        let Self { all, roots, overlaid, .. } = self;
        let overlaid = overlaid.as_ref();
        for (index, root) in roots.iter_mut().enumerate() {
            if let Some(Ok(root)) = root {
                let origin = overlaid.filter(|_| index == 0).map(|overlaid| &overlaid.origin);
                spellings::restore(root, index, origin, all, errors);
            }
        }
    }

    /// Whether the text of a file, or of an overlay on it, contains one of the words.
    fn mentions(&self, index: usize, words: &[&str]) -> bool {
        let overlays = self.overlaid.as_ref().filter(|_| index == 0).map_or(0, |overlaid| overlaid.count);
        let mut files = self.all.iter().skip(index).take(1 + overlays);
        files.any(|file| words.iter().any(|word| file.text.contains(word)))
    }

    fn read_ids(&mut self, errors: &mut Errors) {
        for index in 0..self.all.len() {
            if self.mentions(index, &["$id", "$anchor", "$dynamicAnchor"])
                && let Some(Some(Ok(root))) = self.roots.get(index)
            {
                self.ids.add(index, root);
            }
        }
        for index in 0..self.all.len() {
            if self.mentions(index, &["$dynamicRef"])
                && let Some(Some(Ok(root))) = self.roots.get_mut(index)
            {
                self.ids.resolve_dynamic(root, &Place::root(index), errors);
            }
        }
    }

    pub fn all(&self) -> &[File] {
        &self.all
    }

    pub fn root(&self, index: usize) -> Option<&Value> {
        self.roots.get(index)?.as_ref()?.as_ref().ok()
    }

    /// Returns why a file cannot be parsed.
    pub fn broken(&self, index: usize) -> Option<&Problem> {
        self.roots.get(index)?.as_ref()?.as_ref().err()
    }

    /// Returns the file that a reference in the file `from` names, or the reason why it has none.
    pub fn linked(&self, from: usize, name: &str) -> Result<usize, String> {
        let link = self.links.get(&(from, name.to_owned()));
        link.cloned().unwrap_or_else(|| Err(format!("a reference to the file `{name}` is not supported here")))
    }

    fn link(&mut self, from: usize, name: String) {
        if self.links.contains_key(&(from, name.clone())) {
            return;
        }
        let linked = self.read(from, &name);
        self.links.insert((from, name), linked);
    }

    fn read(&mut self, from: usize, name: &str) -> Result<usize, String> {
        let file = self.all.get(from).ok_or_else(String::new)?;
        let (path, shown) = file.beside(&percent_decode_str(name).decode_utf8_lossy())?;
        if let Some(known) = self.by_path.get(&path) {
            return Ok(*known);
        }
        let file = file.read_beside(path, shown)?;
        Ok(self.add(file))
    }

    fn add(&mut self, file: File) -> usize {
        let index = self.all.len();
        let root = load(&file, index);
        self.by_path.insert(file.path.canonicalize().unwrap_or_else(|_| file.path.clone()), index);
        self.all.push(file);
        self.roots.push(Some(root));
        index
    }
}

/// Collects the files that a value tree refers to, in the order of the tree. References in extensions are skipped,
/// because clients do not need their targets.
fn outside_references(value: &Value, names: &mut Vec<String>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| outside_references(item, names)),
        Value::Object(entries) => {
            for (key, value) in entries.iter().filter(|(key, _)| !key.starts_with("x-")) {
                match value {
                    Value::String(reference) if key == "$ref" => names.extend(file_of(reference)),
                    Value::Object(mapping) if key == "mapping" => {
                        names.extend(
                            mapping.values().filter_map(Value::as_str).filter(|to| is_path(to)).filter_map(file_of),
                        );
                    }
                    value => outside_references(value, names),
                }
            }
        }
        _ => {}
    }
}

/// Returns whether a value of a discriminator's mapping is a reference to a file rather than the name of a schema.
pub fn is_path(target: &str) -> bool {
    let file = target.split('#').next().unwrap_or_default();
    [".yaml", ".yml", ".json"].iter().any(|extension| file.ends_with(extension))
}

/// Returns the part of a reference before `#`, or `None` if it is empty.
fn file_of(reference: &str) -> Option<String> {
    let file = reference.split('#').next().unwrap_or_default();
    (!file.is_empty()).then(|| file.to_owned())
}
