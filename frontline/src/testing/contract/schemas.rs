//! Validation by the crate `jsonschema`.

use std::collections::{HashMap, HashSet};

use jsonschema::error::ValidationErrorKind;
use jsonschema::{ValidationError, Validator};
use serde_json::{Map, Value, json};

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

    /// Returns the first error of an instance, without the values in it, and without names that only the instance has.
    #[must_use]
    pub fn explain(&self, pointer: &str, instance: &Value) -> Option<String> {
        let validator = self.all.as_ref().or_else(|| self.single.get(pointer))?;
        let named = Value::Object(Map::from_iter([(pointer.to_owned(), instance.clone())]));
        let error = validator.iter_errors(&named).next()?;
        let path = path(&error, instance);
        let why: String = why(&error).chars().take(200).collect();
        Some(if path.is_empty() { why } else { format!("{path}: {why}") })
    }
}

/// Returns the place of an error in an instance. The keys of maps are `*`.
fn path(error: &ValidationError<'_>, instance: &Value) -> String {
    let evaluated = error.evaluation_path().to_string();
    let keywords: Vec<&str> = evaluated.split('/').collect();
    let is_declared = |name: &str| keywords.windows(2).any(|pair| pair == ["properties", name]);
    let (mut path, mut at) = (String::new(), Some(instance));
    // The first segment is the pointer of the schema.
    for segment in error.instance_path().to_string().split('/').skip(2) {
        let is_index = at.is_some_and(Value::is_array);
        path.extend(["/", if is_index || is_declared(segment) { segment } else { "*" }]);
        at = at.and_then(|at| at.pointer(&format!("/{segment}")));
    }
    path
}

/// Returns what is wrong. `masked` still shows names and items.
fn why(error: &ValidationError<'_>) -> String {
    match error.kind() {
        ValidationErrorKind::AdditionalProperties { .. } | ValidationErrorKind::UnevaluatedProperties { .. } => {
            "a property is not described".to_owned()
        }
        ValidationErrorKind::UnevaluatedItems { .. } => "an item is not described".to_owned(),
        ValidationErrorKind::PropertyNames { error } => format!("the name of a property: {}", why(error)),
        _ => error.masked().to_string(),
    }
}

fn build(trees: &Value, properties: Map<String, Value>) -> Option<Validator> {
    let mut root = trees.clone();
    root.as_object_mut()?.insert("properties".into(), Value::Object(properties));
    let options = jsonschema::options().with_draft(jsonschema::Draft::Draft202012).should_validate_formats(true);
    options.build(&root).ok()
}
