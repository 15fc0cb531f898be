//! The names that schemas give themselves: `$id`, `$anchor` and `$dynamicAnchor`.

use std::collections::HashMap;

use serde_json::Value;

use frontline::private::contract::escape;

/// The names in the trees of all files. Values are JSON pointers.
#[derive(Default)]
pub struct Names {
    /// Schemas by their URI.
    identified: HashMap<String, String>,
    /// The URIs of schemas with an `$id`.
    uris: HashMap<String, String>,
    /// Schemas by the root of their resource and their anchor.
    anchors: HashMap<(String, String), String>,
}

impl Names {
    pub fn of(trees: &Value) -> Self {
        let mut names = Self::default();
        for (file, tree) in trees.as_object().into_iter().flatten() {
            let root = format!("/{file}");
            names.collect(tree, &root, &root);
        }
        names
    }

    /// Adds the names in a tree, which is in the resource with the root `resource`.
    fn collect(&mut self, tree: &Value, pointer: &str, resource: &str) {
        match tree {
            Value::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    self.collect(item, &format!("{pointer}/{index}"), resource);
                }
            }
            Value::Object(entries) => {
                let mut resource = resource;
                if let Some(Value::String(id)) = entries.get("$id") {
                    let uri = join(self.uri(resource), id);
                    self.identified.entry(uri.clone()).or_insert_with(|| pointer.to_owned());
                    self.uris.insert(pointer.to_owned(), uri);
                    resource = pointer;
                }
                for key in ["$anchor", "$dynamicAnchor"] {
                    if let Some(Value::String(name)) = entries.get(key) {
                        let key = (resource.to_owned(), name.clone());
                        self.anchors.entry(key).or_insert_with(|| pointer.to_owned());
                    }
                }
                for (key, value) in entries {
                    self.collect(value, &format!("{pointer}/{}", escape(key)), resource);
                }
            }
            _ => {}
        }
    }

    fn uri(&self, resource: &str) -> &str {
        self.uris.get(resource).map_or("", String::as_str)
    }

    /// Returns the root of the resource around `pointer`: the closest schema with an `$id`, or the file.
    pub fn resource<'p>(&self, pointer: &'p str) -> &'p str {
        let mut around = std::iter::successors(Some(pointer), |pointer| Some(pointer.rsplit_once('/')?.0));
        let file = pointer.match_indices('/').nth(1).map_or(pointer, |(end, _)| &pointer[..end]);
        around.find(|around| self.uris.contains_key(*around)).unwrap_or(file)
    }

    /// Returns the schema that a reference at `from` names by its `$id`.
    pub fn identified(&self, from: &str, reference: &str) -> Option<&str> {
        let uri = join(self.uri(self.resource(from)), reference);
        self.identified.get(&uri).or_else(|| self.identified.get(reference)).map(String::as_str)
    }

    /// Returns the schema with an anchor in a resource, or else in its file.
    pub fn anchor(&self, resource: &str, name: &str) -> Option<&str> {
        let own = self.anchors.get(&(resource.to_owned(), name.to_owned()));
        let file = resource.match_indices('/').nth(1).map_or(resource, |(end, _)| &resource[..end]);
        let is_there = |place: &str| place == file || place.starts_with(&format!("{file}/"));
        let others = || {
            let found = self.anchors.iter().filter(|((place, anchor), _)| anchor == name && is_there(place));
            found.map(|(_, pointer)| pointer).min()
        };
        own.or_else(others).map(String::as_str)
    }
}

/// Resolves a reference against the URI of the resource that contains it, without its fragment.
fn join(base: &str, reference: &str) -> String {
    let reference = reference.split('#').next().unwrap_or_default();
    if reference.contains(':') {
        return reference.to_owned();
    }
    let end = match reference.strip_prefix('/') {
        Some(_) => base.match_indices('/').nth(2).map_or(base.len(), |(end, _)| end),
        None => base.rfind('/').map_or(0, |end| end + 1),
    };
    format!("{}{reference}", &base[..end])
}
