//! The places of a document that get instances, and the copy of the document that names them.
//!
//! In the copy, each place has its number as its only example. The option `test_examples` makes a test of it, and the
//! test asks for instances (see `probe`). This needs no support by the generator.

use std::collections::{HashSet, VecDeque};
use std::fs;
use std::io::{Error, Result};
use std::path::{Path, PathBuf};

use serde_json::{Map, Value, json};

use super::files::{Files, has_extension};
use frontline::private::contract::Direction;
use frontline::private::contract::{References, escape};

const METHODS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// A schema that a body has.
pub struct Place {
    /// The pointer of the media type object, or `None` for a component that no operation reaches.
    media: Option<String>,
    /// The pointer of the schema.
    pub schema: String,
    pub direction: Direction,
}

impl Place {
    /// A schema that is not in a JSON body.
    pub fn new(schema: String, direction: Direction) -> Self {
        Self { media: None, schema, direction }
    }
}

/// Returns the schemas of all JSON bodies, and the components that no operation reaches.
pub fn places(files: &Files) -> Vec<Place> {
    let mut places = Vec::new();
    let mut seen = HashSet::new();
    let mut add = |body: Option<String>, direction: Direction| {
        for media in body.into_iter().flat_map(|body| medias(files, &body)) {
            if seen.insert(media.clone()) {
                places.push(Place { schema: format!("{media}/schema"), media: Some(media), direction });
            }
        }
    };
    for (operation, is_webhook) in operations(files) {
        // The service sends the request of a webhook, and what it expects back is not read.
        let direction = if is_webhook { Direction::Response } else { Direction::Request };
        add(files.behind(&format!("{operation}/requestBody")), direction);
        if is_webhook {
            continue;
        }
        let Some(responses) = files.behind(&format!("{operation}/responses")) else { continue };
        for status in keys(files, &responses) {
            add(files.behind(&format!("{responses}/{status}")), Direction::Response);
        }
    }
    let reached = reached(files, &places);
    let unreached = components(files).filter(|pointer| !reached.contains(pointer));
    places.extend(unreached.map(|schema| Place { media: None, schema, direction: Direction::Response }));
    places
}

fn components(files: &Files) -> impl Iterator<Item = String> {
    keys(files, "/0/components/schemas").into_iter().map(|name| format!("/0/components/schemas/{name}"))
}

/// Returns the pointers of the operations, and whether each is a webhook.
fn operations(files: &Files) -> Vec<(String, bool)> {
    let mut items: Vec<(String, bool)> = Vec::new();
    for name in ["/0/paths", "/0/webhooks"] {
        let folder = files.behind(name).unwrap_or_default();
        let entries = keys(files, &folder).into_iter().filter(|key| name != "/0/paths" || key.starts_with("~1"));
        let entries = entries.filter_map(|key| files.behind(&format!("{folder}/{key}")));
        items.extend(entries.map(|item| (item, name == "/0/webhooks")));
    }
    let operations =
        items.iter().flat_map(|(item, is_webhook)| METHODS.map(|method| (format!("{item}/{method}"), *is_webhook)));
    operations.filter_map(|(operation, is_webhook)| Some((files.behind(&operation)?, is_webhook))).collect()
}

/// Returns the pointers of the JSON media types with a schema.
fn medias(files: &Files, body: &str) -> Vec<String> {
    let content = format!("{body}/content");
    let media = keys(files, &content).into_iter().filter(|media| is_json(&media.replace("~1", "/")));
    let media = media.filter_map(|media| files.behind(&format!("{content}/{media}")));
    media.filter(|media| files.trees.pointer(&format!("{media}/schema")).is_some()).collect()
}

pub fn is_json(media: &str) -> bool {
    let essence = media.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let subtype = essence.split('/').nth(1).unwrap_or_default();
    subtype == "json" || subtype.ends_with("+json") || essence == "*/*" || essence == "application/*"
}

/// Returns the escaped keys of the object at `pointer`, without extensions.
pub fn keys(files: &Files, pointer: &str) -> Vec<String> {
    let object = files.trees.pointer(pointer).and_then(Value::as_object);
    object.into_iter().flat_map(Map::keys).filter(|key| !key.starts_with("x-")).map(|key| escape(key)).collect()
}

/// Returns the targets of all references that the places reach.
pub fn reached<'p>(files: &Files, places: impl IntoIterator<Item = &'p Place>) -> HashSet<String> {
    let mut reached = HashSet::new();
    let mut queue: VecDeque<String> = places.into_iter().map(|place| place.schema.clone()).collect();
    while let Some(pointer) = queue.pop_front() {
        let mut found = Vec::new();
        files.trees.pointer(&pointer).into_iter().for_each(|tree| references(tree, &mut found));
        let targets = found.into_iter().filter_map(|reference| files.target(&pointer, reference));
        queue.extend(targets.filter(|target| reached.insert(target.clone())));
    }
    reached
}

/// Returns places for the components that the places reach, but none of their instances.
pub fn unvisited(files: &Files, places: &[Place], visited: &HashSet<String>) -> Vec<Place> {
    let [requests, responses] = [Direction::Request, Direction::Response]
        .map(|direction| reached(files, places.iter().filter(|place| place.direction == direction)));
    let missed = components(files).filter(|schema| !visited.contains(schema));
    missed
        .filter_map(|schema| {
            let in_request = requests.contains(&schema).then_some(Direction::Request);
            let direction = if responses.contains(&schema) { Some(Direction::Response) } else { in_request }?;
            Some(Place { media: None, schema, direction })
        })
        .collect()
}

fn references<'a>(tree: &'a Value, found: &mut Vec<&'a str>) {
    match tree {
        Value::Array(items) => items.iter().for_each(|item| references(item, found)),
        Value::Object(entries) => {
            found.extend(["$ref", "$dynamicRef"].iter().filter_map(|key| entries.get(*key)?.as_str()));
            entries.values().for_each(|value| references(value, found));
        }
        _ => {}
    }
}

/// Writes the copy below `folder`. Returns its root file.
pub fn write_copy(files: &Files, places: &[Place], folder: &Path) -> Result<PathBuf> {
    let mut trees = files.trees.clone();
    unhide(&mut trees);
    let mut extra = Map::new();
    let paths = files.behind("/0/paths").unwrap_or_else(|| "/0/paths".into());
    let mut common = files.paths[0].parent().unwrap_or(Path::new("/"));
    while !files.paths.iter().all(|path| path.starts_with(common)) {
        common = common.parent().ok_or_else(|| Error::other("the files have no common folder"))?;
    }
    let root = folder.join(files.paths[0].strip_prefix(common).unwrap_or(&files.paths[0]));
    // The paths may be in another file.
    let root_name = if paths.starts_with("/0/") { String::new() } else { root.to_string_lossy().into_owned() };
    for (number, place) in places.iter().enumerate() {
        let reference = place.schema.replacen("/0", &format!("{root_name}#"), 1);
        let example = json!({ "instances": { "value": format!("instances {number}") } });
        match place.media.as_ref().and_then(|media| trees.pointer_mut(media)).and_then(Value::as_object_mut) {
            Some(media) => {
                media.remove("example");
                media.insert("examples".into(), example);
            }
            None => drop(extra.insert(format!("/instances/{number}"), operation(number, &reference, &example))),
        }
    }
    if !extra.is_empty()
        && let Some(root) = trees.pointer_mut("/0").and_then(Value::as_object_mut)
    {
        root.entry("paths").or_insert_with(|| json!({}));
        if let Some(paths) = trees.pointer_mut(&paths).and_then(Value::as_object_mut) {
            paths.extend(extra);
        }
    }
    for (index, path) in files.paths.iter().enumerate() {
        let copy = folder.join(path.strip_prefix(common).unwrap_or(path));
        fs::create_dir_all(copy.parent().unwrap_or(folder))?;
        let tree = &trees[index.to_string()];
        let text = tree.as_str().filter(|_| has_extension(path, &["md", "txt"]));
        // JSON is also YAML.
        fs::write(copy, text.map_or_else(|| tree.to_string(), ToOwned::to_owned))?;
    }
    Ok(root)
}

/// Removes the marks of personal data: `Debug` does not show it, and unknown values would hide in it.
fn unhide(tree: &mut Value) {
    match tree {
        Value::Array(items) => items.iter_mut().for_each(unhide),
        Value::Object(entries) => {
            if let Some(Value::Object(extension)) = entries.get_mut("x-twilio") {
                extension.remove("pii");
            }
            entries.values_mut().for_each(unhide);
        }
        _ => {}
    }
}

/// Returns a path item whose only operation returns a component of the root file.
fn operation(number: usize, reference: &str, example: &Value) -> Value {
    let content = json!({ "application/json": { "schema": { "$ref": reference }, "examples": example } });
    let response = json!({ "description": "An instance.", "content": content });
    json!({ "get": { "operationId": format!("instances{number}"), "security": [], "responses": { "200": response } } })
}
