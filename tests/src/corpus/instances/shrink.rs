//! Makes a failing instance small.

use std::collections::HashSet;

use serde_json::Value;

use frontline::private::contract::escape;

/// The most attempts for one instance.
const ATTEMPTS: usize = 400;

/// Removes properties and items, the largest first, as long as the rest fails. Properties named in `kept` stay: without
/// the tag of a union, an instance would fail for another reason.
#[must_use]
pub fn shrink<S: std::hash::BuildHasher>(
    instance: Value,
    kept: &HashSet<String, S>,
    mut fails: impl FnMut(&Value) -> bool,
) -> Value {
    let mut smallest = instance;
    let mut attempts = 0;
    'again: loop {
        let mut members = Vec::new();
        collect(&smallest, "", kept, &mut members);
        members.sort_by_key(|(size, _)| std::cmp::Reverse(*size));
        for (_, pointer) in members {
            attempts += 1;
            if attempts > ATTEMPTS {
                return smallest;
            }
            let mut smaller = smallest.clone();
            remove(&mut smaller, &pointer);
            if fails(&smaller) {
                smallest = smaller;
                continue 'again;
            }
        }
        return smallest;
    }
}

/// Collects the pointers of all properties and items, with the sizes of their values. Returns the size of the value.
fn collect<S: std::hash::BuildHasher>(
    value: &Value,
    pointer: &str,
    kept: &HashSet<String, S>,
    members: &mut Vec<(usize, String)>,
) -> usize {
    let mut inside = 1;
    let mut child = |key: &str, value: &Value, is_kept: bool| {
        let pointer = format!("{pointer}/{}", escape(key));
        let size = collect(value, &pointer, kept, members);
        inside += size;
        if !is_kept {
            members.push((size, pointer));
        }
    };
    match value {
        Value::Object(fields) => fields.iter().for_each(|(key, value)| child(key, value, kept.contains(key))),
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(index, item)| child(&index.to_string(), item, false));
        }
        _ => {}
    }
    inside
}

fn remove(value: &mut Value, pointer: &str) {
    let Some((parent, key)) = pointer.rsplit_once('/') else { return };
    match value.pointer_mut(parent) {
        Some(Value::Object(fields)) => drop(fields.shift_remove(&key.replace("~1", "/").replace("~0", "~"))),
        Some(Value::Array(items)) => {
            if let Ok(index) = key.parse::<usize>()
                && index < items.len()
            {
                items.remove(index);
            }
        }
        _ => {}
    }
}
