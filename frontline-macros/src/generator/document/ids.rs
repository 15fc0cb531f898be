//! The names that schemas give themselves, for references to them: `$id`, `$anchor` and `$dynamicAnchor` (JSON Schema
//! 2020-12, section 8.2).

use std::collections::HashMap;

use percent_encoding::percent_decode_str;
use serde_json::{Map, Value};

use crate::generator::problems::{Errors, Place, Problem};

/// Keys whose values are not schemas and contain none.
pub(super) const DATA: &[&str] = &["example", "examples", "default", "const", "enum", "value"];

/// A schema with an `$id`, or a file: references in it are relative to it.
#[derive(Clone)]
struct Resource {
    place: Place,
    uri: String,
}

#[derive(Default)]
pub struct Ids {
    by_uri: HashMap<String, Resource>,
    by_place: HashMap<Place, Resource>,
    /// By the place of the resource and the name.
    anchors: HashMap<(Place, String), Place>,
    /// The places of each name in the whole document.
    named: HashMap<String, Vec<Place>>,
}

impl Ids {
    /// Adds the names in a file.
    pub fn add(&mut self, file: usize, root: &Value) {
        let place = Place::root(file);
        self.collect(root, &place, &Resource { place: place.clone(), uri: String::new() });
    }

    fn collect(&mut self, value: &Value, place: &Place, resource: &Resource) {
        match value {
            Value::Array(items) => {
                for (index, item) in items.iter().enumerate().filter(|(_, item)| item.is_object() || item.is_array()) {
                    self.collect(item, &place.at(&index.to_string()), resource);
                }
            }
            Value::Object(object) => {
                let own = self.name(object, place, resource);
                let resource = own.as_ref().unwrap_or(resource);
                for (key, value) in object {
                    if (value.is_object() || value.is_array())
                        && !DATA.contains(&key.as_str())
                        && !key.starts_with("x-")
                    {
                        self.collect(value, &place.at(key), resource);
                    }
                }
            }
            _ => {}
        }
    }

    /// Adds the names of a schema. Returns the resource that it begins.
    fn name(&mut self, object: &Map<String, Value>, place: &Place, outer: &Resource) -> Option<Resource> {
        let text = |key| object.get(key).and_then(Value::as_str);
        let id = text("$id").map(|id| id.strip_suffix('#').unwrap_or(id)).filter(|id| !id.is_empty());
        // In older versions of JSON Schema, `$id: '#name'` is an anchor.
        let own = id.filter(|id| !id.starts_with('#')).map(|id| {
            let resource = Resource { place: place.clone(), uri: join(&outer.uri, id) };
            self.by_uri.entry(resource.uri.clone()).or_insert_with(|| resource.clone());
            self.by_place.insert(place.clone(), resource.clone());
            resource
        });
        let anchor = id.and_then(|id| id.strip_prefix('#'));
        let inside = own.as_ref().unwrap_or(outer).place.clone();
        for name in [anchor, text("$anchor"), text("$dynamicAnchor")].into_iter().flatten() {
            self.anchors.entry((inside.clone(), name.to_owned())).or_insert_with(|| place.clone());
            self.named.entry(name.to_owned()).or_default().push(place.clone());
        }
        own
    }

    /// Returns the target of a reference that names a schema, or that is relative to a schema with an `$id`.
    pub fn target(&self, reference: &str, at: &Place) -> Option<Place> {
        if self.by_place.is_empty() && self.anchors.is_empty() {
            return None;
        }
        let (name, fragment) = reference.split_once('#').unwrap_or((reference, ""));
        let around = std::iter::successors(Some(at.clone()), Place::parent).find_map(|place| self.by_place.get(&place));
        let resource = if name.is_empty() {
            around.map_or_else(|| Place::root(at.file), |resource| resource.place.clone())
        } else {
            let uri = join(around.map_or("", |resource| &resource.uri), name);
            self.by_uri.get(&uri).or_else(|| self.by_uri.get(name))?.place.clone()
        };
        let fragment = percent_decode_str(fragment).decode_utf8_lossy().into_owned();
        if fragment.is_empty() || fragment.starts_with('/') {
            return Some(Place { file: resource.file, pointer: resource.pointer + &fragment });
        }
        let known = self.anchors.get(&(resource, fragment.clone()));
        // Some authors expect that an anchor counts in the whole document.
        known.or_else(|| self.named.get(&fragment)?.first().filter(|_| name.is_empty())).cloned()
    }

    /// Rewrites each `$dynamicRef` as the `$ref` that it is if only one schema has its anchor.
    ///
    /// With several, the target depends on the schemas through which a value is reached, so any value is allowed.
    pub fn resolve_dynamic(&self, value: &mut Value, place: &Place, errors: &mut Errors) {
        match value {
            Value::Array(items) => {
                for (index, item) in items.iter_mut().enumerate() {
                    self.resolve_dynamic(item, &place.at(&index.to_string()), errors);
                }
            }
            Value::Object(object) => {
                for (key, value) in object.iter_mut().filter(|(_, value)| value.is_object() || value.is_array()) {
                    if !DATA.contains(&key.as_str()) && !key.starts_with("x-") {
                        self.resolve_dynamic(value, &place.at(key), errors);
                    }
                }
                if let Some(Value::String(reference)) = object.get("$dynamicRef") {
                    let (_, anchor) = reference.split_once('#').unwrap_or_default();
                    let count = self.named.get(anchor).map_or(0, Vec::len);
                    if count > 1 {
                        let message =
                            format!("{count} schemas have the anchor `{anchor}`, so any value is allowed here");
                        errors.warn(Problem::key(&place.at("$dynamicRef"), message));
                    } else if !object.contains_key("$ref") {
                        let reference = object.shift_remove("$dynamicRef").unwrap_or_default();
                        object.insert("$ref".into(), reference);
                    }
                }
            }
            _ => {}
        }
    }
}

/// Resolves a reference to a URI against a base URI (RFC 3986, section 5.2).
fn join(base: &str, reference: &str) -> String {
    let is_absolute = reference.split(['/', '?']).next().is_some_and(|start| start.contains(':'));
    if is_absolute || base.is_empty() {
        return reference.to_owned();
    }
    let authority = base.find("://").map_or(0, |scheme| scheme + 3);
    let start = base.get(authority..).and_then(|rest| rest.find('/')).map_or(base.len(), |slash| authority + slash);
    let (origin, path) = if authority == 0 { ("", base) } else { base.split_at(start) };
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let path = if reference.starts_with('/') { reference.to_owned() } else { format!("{folder}/{reference}") };
    let mut segments: Vec<&str> = Vec::new();
    for segment in path.split('/') {
        match segment {
            ".." if segments.len() > 1 => _ = segments.pop(),
            "." | ".." => {}
            segment => segments.push(segment),
        }
    }
    let path = segments.join("/");
    // A base such as `tree` has no folder.
    if base.contains('/') || reference.starts_with('/') { origin.to_owned() + &path } else { reference.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::join;

    #[test]
    fn references_are_resolved_against_a_base() {
        for (base, reference, expected) in [
            ("", "a", "a"),
            ("https://a.example/b/c", "d", "https://a.example/b/d"),
            ("https://a.example/b/c", "../d", "https://a.example/d"),
            ("https://a.example/b/c", "../../d", "https://a.example/d"),
            ("https://a.example/b/c", "/d/./e", "https://a.example/d/e"),
            ("https://a.example", "d", "https://a.example/d"),
            ("https://a.example/b", "urn:example:d", "urn:example:d"),
            ("/b/c", "d", "/b/d"),
            ("/b/c", "/d", "/d"),
            ("b", "d", "d"),
            ("b/c", "d", "b/d"),
        ] {
            assert_eq!(join(base, reference), expected, "{base} {reference}");
        }
    }
}
