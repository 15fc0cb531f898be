//! Finds the schema at a path in an instance, so that a failure names the schema and not one of a hundred bodies.

use serde_json::Value;

use super::files::Files;
use frontline::private::contract::{self, escape};
use frontline::private::instances::array;

/// Returns the place of the schema behind `path`, as a reference in the document.
pub fn locate(trees: &Value, files: &Files, pointer: &str, path: &[String]) -> String {
    let mut pointer = pointer.to_owned();
    for (index, key) in path.iter().enumerate() {
        let mut levels = Vec::new();
        level(trees, &pointer, &mut levels);
        let Some(next) = levels
            .iter()
            .find_map(|at| named(trees, at, key))
            .or_else(|| levels.iter().find_map(|at| rest(trees, at, key)))
        else {
            let known = levels.last().unwrap_or(&pointer);
            return format!("{} (at {})", shown(files, known), path.get(index..).unwrap_or_default().join("."));
        };
        pointer = next;
    }
    shown(files, &pointer)
}

/// Collects the pointers of the schemas that are about the same value.
fn level(trees: &Value, pointer: &str, levels: &mut Vec<String>) {
    if levels.iter().any(|known| known == pointer) {
        return;
    }
    let Some(schema) = trees.pointer(pointer) else { return };
    levels.push(pointer.to_owned());
    if let Some(target) = schema.get("$ref").and_then(Value::as_str) {
        level(trees, &contract::target(target).unwrap_or_default(), levels);
    }
    for key in ["allOf", "oneOf", "anyOf"] {
        (0..array(schema, key).len()).for_each(|index| level(trees, &format!("{pointer}/{key}/{index}"), levels));
    }
    for key in ["if", "then", "else"] {
        level(trees, &format!("{pointer}/{key}"), levels);
    }
    for (name, _) in schema.get("dependentSchemas").and_then(Value::as_object).into_iter().flatten() {
        level(trees, &format!("{pointer}/dependentSchemas/{}", escape(name)), levels);
    }
}

/// Returns the schema that is named for a key.
fn named(trees: &Value, pointer: &str, key: &str) -> Option<String> {
    let candidates = [format!("{pointer}/properties/{}", escape(key)), format!("{pointer}/prefixItems/{key}")];
    candidates.into_iter().find(|candidate| trees.pointer(candidate).is_some())
}

/// Returns the schema of items or of properties without a name.
fn rest(trees: &Value, pointer: &str, key: &str) -> Option<String> {
    let is_index = key.parse::<usize>().is_ok();
    let keywords = if is_index { ["items", "additionalProperties"] } else { ["additionalProperties", "items"] };
    let candidates = keywords.iter().map(|keyword| format!("{pointer}/{keyword}"));
    candidates.into_iter().find(|candidate| trees.pointer(candidate).is_some_and(Value::is_object))
}

/// Returns a pointer as a reference in the document.
pub fn shown(files: &Files, pointer: &str) -> String {
    let (file, rest) = pointer.strip_prefix('/').unwrap_or(pointer).split_once('/').unwrap_or((pointer, ""));
    let name = match file.parse::<usize>() {
        Ok(index) if index > 0 => {
            files.paths.get(index).and_then(|path| path.file_name()).map(|name| name.to_string_lossy())
        }
        _ => None,
    };
    format!("{}#/{rest}", name.unwrap_or_default())
}
