//! Validation by the crate `jsonschema`.

use std::collections::{HashMap, HashSet};

use jsonschema::Validator;
use serde_json::{Map, Value, json};

use super::references::escape;
use super::translate::reference;

/// Validators for schemas of translated trees.
pub struct Schemas {
    pointers: HashSet<String>,
    all: Option<Validator>,
    /// If a schema of the document is invalid, each place has a validator of its own.
    single: HashMap<String, Validator>,
}

impl Schemas {
    /// Makes validators for the schemas at the pointers.
    #[must_use]
    pub fn new(trees: &Value, pointers: &[String]) -> Self {
        let names = pointers.iter().map(|pointer| (pointer.clone(), json!({ "$ref": reference(pointer) })));
        let all = build(trees, names.collect());
        let single = match all {
            Some(_) => HashMap::new(),
            None => pointers
                .iter()
                .filter_map(|pointer| {
                    let only = Map::from_iter([(pointer.clone(), json!({ "$ref": reference(pointer) }))]);
                    Some((pointer.clone(), build(trees, only)?))
                })
                .collect(),
        };
        Self { pointers: pointers.iter().cloned().collect(), all, single }
    }

    /// Returns whether there is a validator for the schema at a pointer, unless the schema is invalid.
    #[must_use]
    pub fn knows(&self, pointer: &str) -> bool {
        self.pointers.contains(pointer)
    }

    /// Returns whether an instance matches the schema at a pointer, or `None` if the schema is invalid itself.
    #[must_use]
    pub fn accepts(&self, pointer: &str, instance: &Value) -> Option<bool> {
        let validator = self.all.as_ref().or_else(|| self.single.get(pointer))?;
        Some(validator.is_valid(&Value::Object(Map::from_iter([(pointer.to_owned(), instance.clone())]))))
    }

    /// Returns the first error of an instance, without the values in it.
    #[must_use]
    pub fn explain(&self, pointer: &str, instance: &Value) -> Option<String> {
        let validator = self.all.as_ref().or_else(|| self.single.get(pointer))?;
        let named = Value::Object(Map::from_iter([(pointer.to_owned(), instance.clone())]));
        let error = validator.iter_errors(&named).next()?;
        let path = error.instance_path().to_string();
        let path = path.strip_prefix(&format!("/{}", escape(pointer))).unwrap_or(&path);
        Some(format!("{path}: {}", error.masked().to_string().chars().take(200).collect::<String>()))
    }
}

fn build(trees: &Value, properties: Map<String, Value>) -> Option<Validator> {
    let mut root = trees.clone();
    root.as_object_mut()?.insert("properties".into(), Value::Object(properties));
    let options = jsonschema::options().with_draft(jsonschema::Draft::Draft202012).should_validate_formats(true);
    options.build(&root).ok()
}
