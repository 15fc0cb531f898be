//! The value trees of a document's files, and the references between them.

use serde_json::Value;

/// The files of a document as one value: `{"0": …, "1": …}`. The first is the root. Pointers lead from the outer object.
pub trait References {
    /// Returns the value that contains all files.
    fn trees(&self) -> &Value;

    /// Returns the pointer of the target of a reference that is written at the pointer `from`.
    fn target(&self, from: &str, reference: &str) -> Option<String>;

    /// Returns the value at a pointer.
    fn at(&self, pointer: &str) -> Option<&Value> {
        self.trees().pointer(pointer)
    }

    /// Returns the pointer behind the references at `pointer`.
    fn behind(&self, pointer: &str) -> Option<String> {
        let mut pointer = pointer.to_owned();
        for _ in 0..100 {
            match self.at(&pointer)?.get("$ref").and_then(Value::as_str) {
                Some(reference) => pointer = self.target(&pointer, reference)?,
                None => return Some(pointer),
            }
        }
        None
    }

    /// Returns the version of OpenAPI that the root file names.
    fn version(&self) -> &str {
        self.at("/0/openapi").and_then(Value::as_str).unwrap_or_default()
    }
}

/// Escapes a key for a JSON pointer.
#[must_use]
pub fn escape(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}

/// A document in which each reference is `#` and the pointer of its target, as the macro embeds it.
pub(in crate::testing) struct Linked(pub Value);

impl References for Linked {
    fn trees(&self) -> &Value {
        &self.0
    }

    fn target(&self, _: &str, reference: &str) -> Option<String> {
        reference.strip_prefix('#').filter(|pointer| self.at(pointer).is_some()).map(ToOwned::to_owned)
    }
}
