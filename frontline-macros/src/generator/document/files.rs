//! Loads the files of a document: the file that the macro names, and all files that it refers to.

use std::collections::HashMap;
use std::path::PathBuf;

use percent_encoding::percent_decode_str;
use serde_json::Value;

use super::ids::Ids;
use super::source::File;
use super::spellings;
use crate::generator::problems::{Errors, Place, Problem};
use crate::generator::text::{SyntaxError, parse, position_of};

/// The files and their value trees, by the index that a [`Place`](crate::generator::problems::Place) contains.
#[derive(Default)]
pub struct Files {
    all: Vec<File>,
    /// The value of each file, or why it cannot be parsed, which is reported once the file is needed.
    roots: Vec<Result<Value, Problem>>,
    /// The target of each reference, or the reason why it has none. The key is the file that contains the reference,
    /// and the part of the reference before `#`.
    links: HashMap<(usize, String), Result<usize, String>>,
    by_path: HashMap<PathBuf, usize>,
    pub(super) ids: Ids,
}

impl Files {
    /// Loads `file` and all files that it refers to.
    pub fn open(file: File, errors: &mut Errors) -> Self {
        let mut files = Self::default();
        files.add(file, errors);
        if let Some(problem) = files.broken(0) {
            errors.push(problem.clone());
        }
        let mut index = 0;
        while index < files.all.len() {
            let mut names = Vec::new();
            if let Some(root) = files.root(index) {
                outside_references(root, &mut names);
            }
            for name in names {
                files.link(index, name, errors);
            }
            index += 1;
        }
        files.read_ids(errors);
        files
    }

    fn read_ids(&mut self, errors: &mut Errors) {
        for (index, (file, root)) in self.all.iter().zip(&self.roots).enumerate() {
            if let Ok(root) = root {
                self.ids.add(index, &file.text, root);
            }
        }
        for (index, (file, root)) in self.all.iter().zip(&mut self.roots).enumerate() {
            if let Ok(root) = root.as_mut()
                && file.text.contains("$dynamicRef")
            {
                self.ids.resolve_dynamic(root, &Place::root(index), errors);
            }
        }
    }

    pub fn all(&self) -> &[File] {
        &self.all
    }

    pub fn root(&self, index: usize) -> Option<&Value> {
        self.roots.get(index)?.as_ref().ok()
    }

    /// Returns why a file cannot be parsed.
    pub fn broken(&self, index: usize) -> Option<&Problem> {
        self.roots.get(index)?.as_ref().err()
    }

    /// Returns the file that a reference in the file `from` names, or the reason why it has none.
    pub fn linked(&self, from: usize, name: &str) -> Result<usize, String> {
        let link = self.links.get(&(from, name.to_owned()));
        link.cloned().unwrap_or_else(|| Err(format!("a reference to the file `{name}` is not supported here")))
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
        let mut root = load(&file).map_err(|error| {
            let problem = Problem::file(index, error.position, error.message);
            match error.help {
                Some(help) => problem.help(help),
                None => problem,
            }
        });
        if let Ok(root) = &mut root {
            spellings::restore(root, &file.text, index, errors);
        }
        self.by_path.insert(file.path.canonicalize().unwrap_or_else(|_| file.path.clone()), index);
        self.all.push(file);
        self.roots.push(root);
        index
    }
}

/// Parses a file: JSON if its name ends in `.json`, plain text if it ends in `.md` or `.txt`, otherwise YAML.
fn load(file: &File) -> Result<Value, SyntaxError> {
    if let Some(readable) = file.unreadable {
        return Err(SyntaxError {
            message: "the file is not valid UTF-8 from this byte on; save the file as UTF-8".into(),
            help: None,
            position: position_of(&file.text, readable),
        });
    }
    if file.has_extension(&["md", "txt"]) {
        return Ok(Value::String(file.text.clone()));
    }
    parse(&file.text, file.has_extension(&["json"]))
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
