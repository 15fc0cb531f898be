//! Texts that YAML or JSON reads as numbers, because they have no quotes.

use std::collections::HashMap;

use serde_json::{Map, Value};

use super::ids::DATA;
use super::source::File;
use crate::generator::overlay::Origin;
use crate::generator::problems::{Errors, Place, Problem};
use crate::generator::text::Marks;

/// Replaces fractions among the values of schemas with `type: string` by the texts that the author wrote, with a warning
/// for each: `1.10` was read as 1.1. The spelling of other values is known without the text.
///
/// `origin` knows which of the values overlays have written.
pub fn restore(root: &mut Value, index: usize, origin: Option<&Origin>, files: &[File], errors: &mut Errors) {
    let mut found = Vec::new();
    collect(root, &Place::root(index), &mut found);
    let mut marks = HashMap::new();
    for place in found {
        let written = origin.map_or_else(|| place.clone(), |origin| origin.find(place.keys()).place);
        let text = files.get(written.file).map_or("", |file| &file.text);
        let marks = marks.entry(written.file).or_insert_with(|| Marks::read(text));
        let Some(spelling) = marks.scalar(written.keys()).map(ToOwned::to_owned) else { continue };
        let message =
            format!("`{spelling}` is a number, but the type is `string`, so it is read as the text `{spelling}`");
        errors.warn(Problem::value(&place, message).help("put it in quotes"));
        if let Some(value) = root.pointer_mut(&place.pointer) {
            *value = Value::String(spelling);
        }
    }
}

fn collect(value: &Value, place: &Place, found: &mut Vec<Place>) {
    let is_container = |value: &&Value| value.is_object() || value.is_array();
    match value {
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate().filter(|(_, item)| is_container(item)) {
                collect(item, &place.at(&index.to_string()), found);
            }
        }
        Value::Object(object) => {
            if is_text(object) {
                let listed = object.get("enum").and_then(Value::as_array).into_iter().flatten().enumerate();
                let listed = listed.map(|(index, value)| (place.at("enum").at(&index.to_string()), value));
                let constant = object.get("const").map(|value| (place.at("const"), value));
                found.extend(listed.chain(constant).filter(|(_, value)| value.is_f64()).map(|(place, _)| place));
            }
            for (key, value) in object.iter().filter(|(_, value)| is_container(value)) {
                if !DATA.contains(&key.as_str()) && !key.starts_with("x-") {
                    collect(value, &place.at(key), found);
                }
            }
        }
        _ => {}
    }
}

/// Returns whether the only type of a schema is `string`.
fn is_text(schema: &Map<String, Value>) -> bool {
    match schema.get("type") {
        Some(Value::Array(types)) => types.iter().all(|typ| typ == "string" || typ == "null"),
        typ => typ.is_some_and(|typ| typ == "string"),
    }
}
