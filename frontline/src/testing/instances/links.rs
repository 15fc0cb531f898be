//! Where the schemas of a document lead: each is looked at once, because instances visit the same ones many times.

use std::collections::HashMap;
use std::rc::Rc;
use std::{iter, ptr};

use serde_json::{Value, json};

use crate::testing::contract::target;

/// The key that marks a condition, which follows from a choice, among the schemas of the document.
const CONDITION: &str = "x-condition";

/// The links of the schemas of a document.
pub struct Links<'d> {
    trees: &'d Value,
    known: HashMap<*const Value, Rc<Link<'d>>>,
    heirs: HashMap<*const Value, Rc<Heirs<'d>>>,
    conditions: HashMap<String, &'d Value>,
}

/// The keywords of a schema that lead to others.
pub struct Link<'d> {
    /// A reference, and its target.
    pub reference: Option<(&'d str, Option<&'d Value>)>,
    pub all_of: &'d [Value],
    /// The key and the members of each union.
    pub unions: Vec<(&'static str, &'d Value)>,
    /// Whether it stands for the schemas that extend it.
    pub has_heirs: bool,
    pub has_conditions: bool,
    /// How far it is from an end, as a member of a union.
    pub weight: usize,
}

/// The schemas that extend a schema, each with its tag: those that the discriminator maps, and the components that do.
pub struct Heirs<'d> {
    pub mapped: Vec<(&'d String, &'d Value)>,
    pub found: Vec<(&'d String, &'d Value)>,
}

impl<'d> Links<'d> {
    pub fn new(trees: &'d Value) -> Self {
        Self { trees, known: HashMap::new(), heirs: HashMap::new(), conditions: HashMap::new() }
    }

    pub fn of(&mut self, schema: &'d Value) -> Rc<Link<'d>> {
        Rc::clone(self.known.entry(ptr::from_ref(schema)).or_insert_with(|| Rc::new(Link::new(self.trees, schema))))
    }

    /// Returns the schemas that extend a schema with a discriminator.
    pub fn heirs(&mut self, schema: &'d Value) -> Rc<Heirs<'d>> {
        Rc::clone(self.heirs.entry(ptr::from_ref(schema)).or_insert_with(|| Rc::new(Heirs::new(self.trees, schema))))
    }

    /// Returns a schema that is not in the document. Equal ones are the same, and they are few: each tag has one. So they
    /// may stay in memory until the process ends.
    pub fn condition(&mut self, mut schema: Value) -> &'d Value {
        schema[CONDITION] = true.into();
        self.conditions.entry(schema.to_string()).or_insert_with(|| Box::leak(Box::new(schema)))
    }

    pub fn is_condition(schema: &Value) -> bool {
        schema.get(CONDITION).is_some()
    }

    /// Returns the condition that a property is a tag. Its schema decides whether the tag is a text, a number or a flag.
    pub fn tagged(&mut self, name: &str, tag: &str) -> &'d Value {
        let other = serde_json::from_str::<Value>(&tag.to_ascii_lowercase())
            .ok()
            .filter(|other| other.is_number() || other.is_boolean());
        let values: Vec<Value> = iter::once(tag.into()).chain(other).collect();
        self.condition(json!({ "properties": { name: { "enum": values, CONDITION: true } }, "required": [name] }))
    }
}

impl<'d> Link<'d> {
    fn new(trees: &'d Value, schema: &'d Value) -> Self {
        let reference = schema.get("$ref").and_then(Value::as_str);
        let reference = reference.map(|reference| (reference, resolve(trees, reference)));
        let unions: Vec<_> = ["oneOf", "anyOf"].into_iter().filter_map(|key| Some((key, schema.get(key)?))).collect();
        Self {
            reference,
            all_of: array(schema, "allOf"),
            has_heirs: unions.is_empty() && schema.get("discriminator").is_some(),
            unions,
            has_conditions: ["if", "dependentSchemas"].iter().any(|key| schema.get(key).is_some()),
            weight: weight(reference.and_then(|(_, target)| target).unwrap_or(schema)),
        }
    }

    /// Returns the target of the reference, if it has one.
    pub fn target(&self) -> Option<&'d Value> {
        self.reference?.1
    }
}

impl<'d> Heirs<'d> {
    fn new(trees: &'d Value, schema: &'d Value) -> Self {
        let mapping = schema.pointer("/discriminator/mapping").and_then(Value::as_object).into_iter().flatten();
        let mapped = mapping.filter_map(|(tag, target)| Some((tag, resolve(trees, target.as_str()?)?)));
        let extends = |heir: &Value| {
            let parents = array(heir, "allOf").iter().filter_map(|parent| parent.get("$ref")?.as_str());
            parents.filter_map(|parent| resolve(trees, parent)).any(|parent| ptr::eq(parent, schema))
        };
        let components = trees.pointer("/0/components/schemas").and_then(Value::as_object).into_iter().flatten();
        Self { mapped: mapped.collect(), found: components.filter(|(_, heir)| extends(heir)).collect() }
    }
}

fn weight(schema: &Value) -> usize {
    match schema.get("type").and_then(Value::as_str) {
        Some("null") => 0,
        Some("string" | "boolean" | "integer" | "number") => 1,
        Some("array") => 2,
        _ => 3 + array(schema, "required").len().min(4),
    }
}

/// Returns the target of a translated reference.
fn resolve<'d>(trees: &'d Value, reference: &str) -> Option<&'d Value> {
    trees.pointer(&target(reference)?)
}

/// Returns the items at a key, or nothing.
pub fn array<'d>(schema: &'d Value, key: &str) -> &'d [Value] {
    schema.get(key).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}
