//! Objects whose properties are pairs with names such as `filter[user][id]`.

use std::collections::BTreeMap;

use serde_json::Value;

use super::raw::{object, plain, scalar};
use crate::testing::contract::{Kinds, Linked, item, part};

/// The values below a name: texts, and what is in brackets after it.
#[derive(Default)]
struct Level {
    texts: Vec<String>,
    /// In the order of the request.
    keys: Vec<String>,
    levels: BTreeMap<String, Level>,
}

/// Reads a value from pairs. Returns `None` if none of them belongs to it.
pub(super) fn read(
    document: &Linked,
    schema: &str,
    name: &str,
    pairs: &[(String, &str)],
) -> Result<Option<Value>, String> {
    let mut root = Level::default();
    for (key, value) in pairs {
        let Some(path) = path(key, name) else { continue };
        let value = plain(value).ok_or("is not UTF-8")?;
        root.add(&path, value);
    }
    let is_empty = root.texts.is_empty() && root.levels.is_empty();
    Ok(if is_empty { None } else { Some(root.value(document, Some(schema))) })
}

/// Returns the keys in brackets after a name: `a[b][]` has `b` and an empty one.
fn path<'k>(key: &'k str, name: &str) -> Option<Vec<&'k str>> {
    let rest = key.strip_prefix(name)?;
    if rest.is_empty() {
        return Some(Vec::new());
    }
    Some(rest.strip_prefix('[')?.strip_suffix(']')?.split("][").collect())
}

impl Level {
    fn add(&mut self, path: &[&str], text: String) {
        match path {
            // `a[]` is one more item of `a`.
            [] | [""] => self.texts.push(text),
            [key, rest @ ..] => {
                if !self.levels.contains_key(*key) {
                    self.keys.push((*key).to_owned());
                }
                self.levels.entry((*key).to_owned()).or_default().add(rest, text);
            }
        }
    }

    fn value(mut self, document: &Linked, schema: Option<&str>) -> Value {
        let kinds = schema.map(|schema| Kinds::of(document, schema)).unwrap_or_default();
        let part = |name: &str| schema.and_then(|schema| part(document, schema, name));
        let item = |index: usize| schema.and_then(|schema| item(document, schema, index));
        if self.levels.is_empty() {
            if kinds.is_list() || self.texts.len() > 1 {
                let texts = self.texts.into_iter().enumerate();
                let items = texts.map(|(index, text)| scalar(document, item(index).as_deref(), text));
                return Value::Array(items.collect());
            }
            return scalar(document, schema, self.texts.pop().unwrap_or_default());
        }
        let is_index = |key: &String| key.parse::<usize>().is_ok();
        if kinds.array && self.keys.iter().all(is_index) {
            let items = self.keys.iter().filter_map(|key| self.levels.remove(key)).enumerate();
            return Value::Array(items.map(|(index, level)| level.value(document, item(index).as_deref())).collect());
        }
        let fields = self.keys.iter().filter_map(|key| {
            let value = self.levels.remove(key)?.value(document, part(key).as_deref());
            Some((key.clone(), value))
        });
        object(fields.collect::<Vec<_>>())
    }
}
