//! All files of a document as one value tree: `{"0": …, "1": …}`, in which each reference leads from the root.
//!
//! This does not use the generator's model or its references: a mistake in them must not be repeated here.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use frontline::private::contract::References;
use percent_encoding::percent_decode_str;
use serde_json::{Map, Value};

use super::names::Names;
use crate::generator::text;

/// The files of a document. The first is the root.
pub struct Files {
    pub paths: Vec<PathBuf>,
    /// The value trees by the index of their file.
    pub trees: Value,
    names: Names,
}

impl Files {
    /// Reads a document, and the files that it refers to if they exist.
    pub fn read(root: &Path) -> Option<Self> {
        let mut paths = vec![root.canonicalize().ok()?];
        let mut trees = Map::new();
        let mut known: HashSet<PathBuf> = paths.iter().cloned().collect();
        let mut index = 0;
        while let Some(path) = paths.get(index).cloned() {
            let tree = parse(&path).unwrap_or(Value::Null);
            let mut linked = Vec::new();
            references(&tree, &mut |reference| linked.extend(beside(&path, reference)));
            paths.extend(linked.into_iter().filter(|path| known.insert(path.clone())));
            trees.insert(index.to_string(), tree);
            index += 1;
        }
        Some(Self::new(paths, Value::Object(trees)))
    }

    /// Makes the files of trees that are read already.
    pub fn new(paths: Vec<PathBuf>, trees: Value) -> Self {
        let names = Names::of(&trees);
        Self { paths, trees, names }
    }

    /// Returns the pointer, without the references on its path.
    fn through(&self, pointer: &str, passed: usize) -> Option<String> {
        if self.trees.pointer(pointer).is_some() {
            return Some(pointer.to_owned());
        }
        let mut ends = pointer.match_indices('/').map(|(index, _)| index).skip(2);
        ends.find_map(|end| {
            let (head, tail) = pointer.split_at(end);
            let reference = self.trees.pointer(head)?.get("$ref")?.as_str()?;
            (passed < 16).then(|| self.through(&format!("{}{tail}", self.target(head, reference)?), passed + 1))?
        })
    }
}

impl References for Files {
    fn trees(&self) -> &Value {
        &self.trees
    }

    fn target(&self, from: &str, reference: &str) -> Option<String> {
        let file = from.split('/').nth(1)?;
        let (path, fragment) = reference.split_once('#').unwrap_or((reference, ""));
        let fragment = percent_decode_str(fragment).decode_utf8_lossy().into_owned();
        let root = match path {
            "" => self.names.resource(from).to_owned(),
            path => match self.names.identified(from, path) {
                Some(known) => known.to_owned(),
                None => {
                    let path = beside(self.paths.get(file.parse::<usize>().ok()?)?, path)?;
                    format!("/{}", self.paths.iter().position(|known| *known == path)?)
                }
            },
        };
        if !fragment.is_empty() && !fragment.starts_with('/') {
            return self.names.anchor(&root, &fragment).map(ToOwned::to_owned);
        }
        // Many documents have an `$id` that means nothing, and references from their root.
        let from_root = || path.is_empty().then(|| self.through(&format!("/{file}{fragment}"), 0))?;
        self.through(&format!("{root}{fragment}"), 0).or_else(from_root)
    }
}

fn parse(path: &Path) -> Option<Value> {
    let text = std::fs::read_to_string(path).ok()?;
    if has_extension(path, &["md", "txt"]) {
        return Some(Value::String(text));
    }
    text::parse(&text, has_extension(path, &["json"])).ok()
}

pub fn has_extension(path: &Path, extensions: &[&str]) -> bool {
    path.extension().is_some_and(|extension| extensions.iter().any(|known| extension == *known))
}

/// Returns the file that a reference in the file `path` names, if it exists.
fn beside(path: &Path, reference: &str) -> Option<PathBuf> {
    let file = reference.split('#').next().filter(|file| !file.is_empty() && !file.contains("://"))?;
    let file = percent_decode_str(file).decode_utf8_lossy().into_owned();
    path.parent()?.join(file).canonicalize().ok().filter(|path| path.is_file())
}

/// Passes each reference in a tree on, also those in the mappings of discriminators.
fn references(tree: &Value, each: &mut impl FnMut(&str)) {
    match tree {
        Value::Array(items) => items.iter().for_each(|item| references(item, each)),
        Value::Object(entries) => {
            for (key, value) in entries {
                match (key.as_str(), value) {
                    ("$ref", Value::String(reference)) => each(reference),
                    ("mapping", Value::Object(mapping)) => {
                        mapping.values().filter_map(Value::as_str).for_each(&mut *each);
                    }
                    (_, value) => references(value, each),
                }
            }
        }
        _ => {}
    }
}
