//! All files of a document as one value tree: `{"0": …, "1": …}`, in which each reference leads from the root.
//!
//! This does not use the generator's model or its references: a mistake in them must not be repeated here.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use percent_encoding::percent_decode_str;
use serde_json::{Map, Value};

use crate::generator::text;

/// The files of a document. The first is the root.
pub struct Files {
    pub paths: Vec<PathBuf>,
    /// The value trees by the index of their file.
    pub trees: Value,
    /// The JSON pointers of `$anchor`, `$dynamicAnchor` and `$id`, by their file and name.
    names: HashMap<(String, String), String>,
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
        let mut names = HashMap::new();
        for (file, tree) in trees.as_object().into_iter().flatten() {
            collect_names(file, tree, &format!("/{file}"), &mut names);
        }
        Self { paths, trees, names }
    }

    /// Returns the version of OpenAPI that the root file names.
    pub fn version(&self) -> &str {
        self.trees.pointer("/0/openapi").and_then(Value::as_str).unwrap_or_default()
    }

    /// Returns the pointer of the target of a reference that is written in the file with the pointer `from`.
    pub fn target(&self, from: &str, reference: &str) -> Option<String> {
        let file = from.split('/').nth(1)?;
        let name = |file: &str, name: &str| self.names.get(&(file.to_owned(), name.to_owned())).cloned();
        if let Some(known) = name(file, reference) {
            return Some(known);
        }
        let (path, fragment) = reference.split_once('#').unwrap_or((reference, ""));
        let file = match path {
            "" => file.to_owned(),
            path => {
                let path = beside(self.paths.get(file.parse::<usize>().ok()?)?, path)?;
                self.paths.iter().position(|known| *known == path)?.to_string()
            }
        };
        let fragment = percent_decode_str(fragment).decode_utf8_lossy().into_owned();
        let has_id = |place: &&str| self.trees.pointer(place).is_some_and(|place| place.get("$id").is_some());
        let around = ancestors(from).find(has_id).filter(|_| path.is_empty());
        let inside = around.map(|around| format!("{around}{fragment}"));
        if let Some(inside) = inside.filter(|inside| self.trees.pointer(inside).is_some()) {
            return Some(inside);
        }
        if !fragment.is_empty() && !fragment.starts_with('/') {
            return name(&file, &format!("#{fragment}"));
        }
        self.through(&format!("/{file}{fragment}"), 0)
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

    /// Returns the pointer behind the references at `pointer`.
    pub fn behind(&self, pointer: &str) -> Option<String> {
        let mut pointer = pointer.to_owned();
        for _ in 0..100 {
            match self.trees.pointer(&pointer)?.get("$ref").and_then(Value::as_str) {
                Some(reference) => pointer = self.target(&pointer, reference)?,
                None => return Some(pointer),
            }
        }
        None
    }
}

/// Returns a pointer, then those of the values around it.
fn ancestors(pointer: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(pointer), |pointer| Some(pointer.rsplit_once('/')?.0))
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

fn collect_names(file: &str, tree: &Value, pointer: &str, names: &mut HashMap<(String, String), String>) {
    match tree {
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                collect_names(file, item, &format!("{pointer}/{index}"), names);
            }
        }
        Value::Object(entries) => {
            for (key, value) in entries {
                match (key.as_str(), value) {
                    ("$anchor" | "$dynamicAnchor", Value::String(name)) => {
                        names.entry((file.to_owned(), format!("#{name}"))).or_insert_with(|| pointer.to_owned());
                    }
                    ("$id", Value::String(name)) => {
                        names.insert((file.to_owned(), name.clone()), pointer.to_owned());
                    }
                    (key, value) => collect_names(file, value, &format!("{pointer}/{}", escape(key)), names),
                }
            }
        }
        _ => {}
    }
}

/// Escapes a key for a JSON pointer.
pub fn escape(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}
