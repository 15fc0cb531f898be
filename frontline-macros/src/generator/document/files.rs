//! The files of a document: the one that the macro names, and those that it refers to, read before anything else is.

use std::collections::HashMap;
use std::path::PathBuf;

use percent_encoding::percent_decode_str;
use serde_json::Value;

use super::source::File;
use crate::generator::problems::{Errors, Problem};
use crate::generator::text::{SyntaxError, parse, position_of};

/// Files and their value trees, by the index that a [`Place`](crate::generator::problems::Place) has.
#[derive(Default)]
pub struct Files {
    all: Vec<File>,
    /// Nothing for a file that is no value tree, which is told.
    roots: Vec<Option<Value>>,
    /// What references name: a file, or why there is none. By the file that refers, and the reference's part before `#`.
    links: HashMap<(usize, String), Result<usize, String>>,
    by_path: HashMap<PathBuf, usize>,
}

impl Files {
    /// `file`, and all that it refers to.
    pub fn open(file: File, errors: &mut Errors) -> Self {
        let mut files = Self::default();
        files.add(file, errors);
        let mut index = 0;
        while index < files.all.len() {
            let mut names = Vec::new();
            if let Some(Some(root)) = files.roots.get(index) {
                outside_references(root, &mut names);
            }
            for name in names {
                files.link(index, name, errors);
            }
            index += 1;
        }
        files
    }

    pub fn all(&self) -> &[File] {
        &self.all
    }

    pub fn root(&self, index: usize) -> Option<&Value> {
        self.roots.get(index)?.as_ref()
    }

    /// The file that a reference in the file `from` names, or why there is none.
    pub fn linked(&self, from: usize, name: &str) -> Result<usize, String> {
        let link = self.links.get(&(from, name.to_owned()));
        link.cloned().unwrap_or_else(|| Err(format!("`{name}` is not read from here")))
    }

    fn link(&mut self, from: usize, name: String, errors: &mut Errors) {
        if self.links.contains_key(&(from, name.clone())) {
            return;
        }
        let linked = self.read(from, &name, errors);
        self.links.insert((from, name), linked);
    }

    fn read(&mut self, from: usize, name: &str, errors: &mut Errors) -> Result<usize, String> {
        let file = self.all.get(from).ok_or_else(String::new)?;
        let (path, shown) = file.beside(&percent_decode_str(name).decode_utf8_lossy())?;
        if let Some(known) = self.by_path.get(&path) {
            return Ok(*known);
        }
        let file = file.read_beside(path, shown)?;
        Ok(self.add(file, errors))
    }

    fn add(&mut self, file: File, errors: &mut Errors) -> usize {
        let index = self.all.len();
        let root = load(&file).map_err(|error| {
            let problem = Problem::file(index, error.position, error.message);
            errors.push(match error.help {
                Some(help) => problem.help(help),
                None => problem,
            });
        });
        self.by_path.insert(file.path.canonicalize().unwrap_or_else(|_| file.path.clone()), index);
        self.all.push(file);
        self.roots.push(root.ok());
        index
    }
}

/// Reads a file whose name ends in `.json` with `serde_json`, a text as it is, and all others as YAML.
fn load(file: &File) -> Result<Value, SyntaxError> {
    if let Some(readable) = file.unreadable {
        return Err(SyntaxError {
            message: "the file is not UTF-8: this byte cannot be read; save the file as UTF-8".into(),
            help: None,
            position: position_of(&file.text, readable),
        });
    }
    if file.has_extension(&["md", "txt"]) {
        return Ok(Value::String(file.text.clone()));
    }
    parse(&file.text, file.has_extension(&["json"]))
}

/// The files that references in a value tree name, in the tree's order. Extensions refer to what no client needs.
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

/// Whether a value of a discriminator's mapping is the reference to a file rather than the name of a schema.
fn is_path(target: &str) -> bool {
    let file = target.split('#').next().unwrap_or_default();
    [".yaml", ".yml", ".json"].iter().any(|extension| file.ends_with(extension))
}

/// A reference's part before `#`, where it has one.
fn file_of(reference: &str) -> Option<String> {
    let file = reference.split('#').next().unwrap_or_default();
    (!file.is_empty()).then(|| file.to_owned())
}
