//! Leaves out what no schema reaches, because a document can be much larger than the schemas of one operation.

use std::collections::HashSet;

use serde_json::{Map, Value};

use super::references::escape;

/// Returns a tree that has only the values at `pointers`. Their pointers stay the same, so lists keep their length.
pub(super) fn pruned(tree: &Value, pointers: &HashSet<String>) -> Value {
    let on_the_way = pointers.iter().flat_map(|pointer| pointer.match_indices('/').map(|(end, _)| &pointer[..end]));
    Kept { pointers, on_the_way: on_the_way.collect() }.below("", tree).unwrap_or_default()
}

struct Kept<'p> {
    pointers: &'p HashSet<String>,
    /// The pointers that lead to others.
    on_the_way: HashSet<&'p str>,
}

impl Kept<'_> {
    fn below(&self, pointer: &str, value: &Value) -> Option<Value> {
        if self.pointers.contains(pointer) {
            return Some(value.clone());
        }
        if !self.on_the_way.contains(pointer) {
            return None;
        }
        Some(match value {
            Value::Object(members) => {
                let kept = |(name, value): (&String, &Value)| {
                    Some((name.clone(), self.below(&format!("{pointer}/{}", escape(name)), value)?))
                };
                Value::Object(members.iter().filter_map(kept).collect::<Map<_, _>>())
            }
            Value::Array(items) => {
                let kept = |(index, item)| self.below(&format!("{pointer}/{index}"), item).unwrap_or_default();
                items.iter().enumerate().map(kept).collect()
            }
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn pointers_stay_the_same() {
        let tree = json!({ "a/b": [{ "x": 1, "y": { "z": [1, 2] } }, 3, { "x": 2 }], "c": { "d": 4 }, "e": 5 });
        let pointers = ["/a~1b/2", "/a~1b/0/y", "/a~1b/0/y/z/1", "/e", "/missing"].map(ToOwned::to_owned);
        let kept = pruned(&tree, &pointers.iter().cloned().collect());
        assert_eq!(kept, json!({ "a/b": [{ "y": { "z": [1, 2] } }, null, { "x": 2 }], "e": 5 }));
        for pointer in &pointers {
            assert_eq!(kept.pointer(pointer), tree.pointer(pointer), "{pointer}");
        }
    }
}
