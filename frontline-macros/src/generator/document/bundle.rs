//! The whole document as one text, for servers in tests.

use serde_json::{Map, Value};

use super::files::is_path;
use super::tree::Document;
use crate::generator::problems::{Errors, Place};

impl Document {
    /// Returns all files as JSON: `{"0": …, "1": …}`. A reference in it is `#` and a pointer that leads from the outer
    /// object, so that it needs no file.
    pub fn bundle(&self) -> String {
        let files = (0..self.files().len()).filter_map(|index| {
            let root = self.files.root(index)?;
            Some((index.to_string(), self.linked(root, &Place::root(index))))
        });
        Value::Object(files.collect()).to_string()
    }

    fn linked(&self, value: &Value, place: &Place) -> Value {
        match value {
            Value::Array(items) => {
                let items =
                    items.iter().enumerate().map(|(index, item)| self.linked(item, &place.at(&index.to_string())));
                Value::Array(items.collect())
            }
            Value::Object(entries) => {
                let is_mapping =
                    place.key() == "mapping" && place.parent().is_some_and(|at| at.key() == "discriminator");
                let entries = entries.iter().map(|(key, value)| {
                    let at = place.at(key);
                    let value = match value {
                        Value::String(text) if is_mapping && !text.contains('#') && !is_path(text) => value.clone(),
                        Value::String(text) if is_mapping || matches!(key.as_str(), "$ref" | "$dynamicRef") => {
                            self.link(text, &at)
                        }
                        value => self.linked(value, &at),
                    };
                    (key.clone(), value)
                });
                Value::Object(entries.collect::<Map<_, _>>())
            }
            value => value.clone(),
        }
    }

    fn link(&self, reference: &str, at: &Place) -> Value {
        let target = self.target(reference, at, &mut Errors::default());
        target.map_or_else(|| reference.to_owned(), |target| format!("#/{}{}", target.file, target.pointer)).into()
    }
}
