//! Applies the actions of an overlay to a document.

use std::collections::HashSet;

use jsonpath_rfc9535::{Element, JsonPath};
use serde_json::Value;

use super::merge::{Key, Node, kind};
use super::origin::Origin;
use super::read::{Action, Change, Overlay, Version};
use crate::generator::problems::{Errors, Place, Problem};

/// The nesting limit of the parsers. Actions must not exceed it either, because later stages are recursive.
const DEEPEST: usize = 128;
/// The maximum number of values that the actions of an overlay may add. Actions that copy each other's results double
/// the document each time.
const MOST_ADDED: usize = 100_000;

type Path = Vec<Key>;

impl Overlay<'_> {
    /// Changes the document, and records in `origin` where its values are written.
    ///
    /// Returns what the actions remove: the place in the document, and that of the action's target.
    pub fn apply(&self, document: &mut Value, origin: &mut Origin, errors: &mut Errors) -> Vec<(Place, Place)> {
        let mut removed = Vec::new();
        let mut added = 0;
        for action in &self.actions {
            let targets = select(&action.target, document);
            if matches!(action.change, Change::Remove) {
                let place = |path: &Path| path.iter().fold(Place::root(0), |place, key| place.at(&key.name()));
                removed.extend(targets.iter().map(|path| (place(path), action.place.at("target"))));
            }
            let change = Applied { document, origin, version: self.version, action, errors };
            if targets.is_empty() {
                let message = "`target` selects nothing, so the action changes nothing";
                change.errors.warn(Problem::value(&action.place.at("target"), message));
            } else {
                change.apply(&targets, &mut added);
            }
        }
        removed
    }
}

/// An action that is being applied.
struct Applied<'a> {
    document: &'a mut Value,
    origin: &'a mut Origin,
    version: Version,
    action: &'a Action<'a>,
    errors: &'a mut Errors,
}

impl Applied<'_> {
    fn apply(mut self, targets: &[Path], added: &mut usize) {
        if self.version == Version::V1_0
            && let Some(value) =
                targets.iter().filter_map(|path| value(self.document, path)).find(|value| is_scalar(value))
        {
            let message =
                format!("`target` selects {}; with version 1.0, it must select objects or lists", kind(value));
            let problem = Problem::value(&self.action.place.at("target"), message);
            return self.errors.push(problem.help("write `overlay: 1.1.0` at the top, or select the object around it"));
        }
        match &self.action.change {
            Change::Remove => self.remove(targets),
            Change::Update(new) => {
                let source = Origin::new(self.action.place.at("update"));
                self.merge(targets, new, &source, added);
            }
            Change::Copy(query) => {
                if let Some((new, source)) = self.copied(query) {
                    self.merge(targets, &new, &source, added);
                }
            }
        }
    }

    fn remove(self, targets: &[Path]) {
        let mut targets: Vec<&Path> = targets.iter().collect();
        // Items at the end of a list are removed first, so that the indexes of the others remain.
        targets.sort_by(|a, b| b.cmp(a));
        for path in targets {
            let Some((key, parent)) = path.split_last() else {
                let message = "an action cannot remove the whole document";
                return self.errors.push(Problem::value(&self.action.place.at("target"), message));
            };
            if let Some(node) = Node::find(self.document, self.origin, parent) {
                node.remove(key);
            }
        }
    }

    /// Returns the value to copy, and its origin.
    fn copied(&mut self, query: &JsonPath) -> Option<(Value, Origin)> {
        let at = self.action.place.at("copy");
        let paths = select(query, self.document);
        let [path] = paths.as_slice() else {
            let count = if paths.is_empty() { "nothing".into() } else { format!("{} values", paths.len()) };
            let message = format!("`copy` must select a single value, but it selects {count}");
            self.errors.push(Problem::value(&at, message));
            return None;
        };
        let origin = self.origin.find(path.iter().map(Key::name)).copied_by(&at);
        Some((value(self.document, path)?.clone(), origin))
    }

    fn merge(self, targets: &[Path], new: &Value, source: &Origin, added: &mut usize) {
        let target = self.action.place.at("target");
        let kinds: HashSet<_> = targets.iter().filter_map(|path| value(self.document, path)).map(group).collect();
        if kinds.len() > 1 && self.version == Version::V1_1 {
            let message = "`target` must select only objects, only lists, or only other values";
            return self.errors.push(Problem::value(&target, message).help("write an action for each kind"));
        }
        let (depth, count) = size(new);
        *added = added.saturating_add(count.saturating_mul(targets.len()));
        if *added > MOST_ADDED {
            let message = format!("the overlay adds more than {MOST_ADDED} values to the document");
            return self.errors.push(Problem::value(&target, message));
        }
        if targets.iter().any(|path| path.len() + depth > DEEPEST) {
            return self.errors.push(Problem::value(&target, "with this action, the document is nested too deeply"));
        }
        let is_item = !new.is_array() || self.version == Version::V1_0;
        if is_item && new.is_array() && kinds.contains("lists") {
            let message = "with version 1.0, the list is appended as a single item";
            let problem = Problem::key(&source.place, message);
            self.errors.warn(problem.help("write `overlay: 1.1.0` at the top to append its items instead"));
        }
        for path in targets {
            let Some(node) = Node::find(self.document, self.origin, path) else { continue };
            if node.value.is_array() && is_item {
                node.append(new, source);
            } else {
                node.merge(new, source, self.errors);
            }
        }
    }
}

/// Returns the paths of the selected values, each only once.
fn select(query: &JsonPath, document: &Value) -> Vec<Path> {
    let key = |element| match element {
        Element::Name(name) => Key::Name(name.to_owned()),
        Element::Index(index) => Key::Index(index),
    };
    let nodes = query.query(document);
    let mut seen = HashSet::new();
    let mut paths: Vec<Path> = nodes.paths().map(|path| path.elements().into_iter().map(key).collect()).collect();
    paths.retain(|path| seen.insert(path.clone()));
    paths
}

fn value<'a>(document: &'a Value, path: &[Key]) -> Option<&'a Value> {
    path.iter().try_fold(document, |value, key| match key {
        Key::Index(index) => value.get(*index),
        Key::Name(name) => value.get(name),
    })
}

fn is_scalar(value: &Value) -> bool {
    !value.is_object() && !value.is_array()
}

fn group(value: &Value) -> &'static str {
    match value {
        Value::Object(_) => "objects",
        Value::Array(_) => "lists",
        _ => "others",
    }
}

/// Returns the depth of a value, and the number of values in it.
fn size(value: &Value) -> (usize, usize) {
    let add = |(depth, count): (usize, usize), inner: &Value| {
        let (inner, more) = size(inner);
        (depth.max(inner + 1), count + more)
    };
    match value {
        Value::Array(items) => items.iter().fold((0, 1), add),
        Value::Object(entries) => entries.values().fold((0, 1), add),
        _ => (0, 1),
    }
}
