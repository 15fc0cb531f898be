//! Makes instances of a schema.

use std::borrow::Cow;
use std::collections::HashMap;

use serde_json::{Value, json};

use super::members;
use super::numbers;
use super::parts::{Choices, Collector, Part, Parts};
use super::random::Random;
use super::texts::Texts;
use frontline::private::contract::Direction;

/// How often a schema may be within itself.
const RECURSION: usize = 4;
/// The most nested objects and lists.
const DEPTH: usize = 24;
/// The most values that are tried for one instance.
const STEPS: usize = 4_000;

/// How much of what a schema allows an instance has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Size {
    /// Only what is required.
    Minimal,
    /// All properties of objects that are nested less deeply than this.
    Maximal(usize),
    Random,
}

/// Makes the instances of one direction of a document.
pub struct Generator<'d> {
    pub trees: &'d Value,
    pub direction: Direction,
    pub choices: Choices,
    pub texts: Texts,
    pub random: Random,
    pub size: Size,
    nested: HashMap<&'d str, usize>,
    /// The references that led to the values of the current instance.
    pub trail: Vec<&'d str>,
    /// The number of values made, and of those tried, for the current instance.
    pub made: usize,
    steps: usize,
}

impl<'d> Generator<'d> {
    pub fn new(trees: &'d Value, direction: Direction) -> Self {
        Self {
            trees,
            direction,
            choices: Choices::default(),
            texts: Texts::default(),
            random: Random::new(0, ""),
            size: Size::Minimal,
            nested: HashMap::new(),
            trail: Vec::new(),
            made: 0,
            steps: 0,
        }
    }

    /// Makes an instance of the schema at a pointer, or `None` if that fails.
    pub fn instance(&mut self, pointer: &str, size: Size) -> Option<Value> {
        (self.size, self.made, self.steps) = (size, 0, 0);
        self.nested.clear();
        self.trail.clear();
        self.choices.is_new = false;
        let schema = self.trees.pointer(pointer)?;
        self.value(&[Cow::Borrowed(schema)], 0)
    }

    /// Makes a value that matches all schemas.
    pub fn value(&mut self, schemas: &[Part<'d>], depth: usize) -> Option<Value> {
        // Another attempt makes other choices.
        (0..3).find_map(|_| {
            self.steps += 1;
            if self.steps > STEPS || depth > DEPTH {
                return None;
            }
            let is_tight = self.is_tight(depth);
            let mut collector =
                Collector { trees: self.trees, choices: &mut self.choices, random: &mut self.random, is_tight };
            let parts = collector.collect(schemas)?;
            if parts.references.iter().any(|reference| self.nested.get(reference) >= Some(&RECURSION)) {
                return None;
            }
            let before = self.trail.len();
            for reference in &parts.references {
                *self.nested.entry(reference).or_default() += 1;
                self.trail.push(reference);
            }
            let value = self.of_parts(&parts, depth);
            for reference in &parts.references {
                *self.nested.entry(reference).or_default() -= 1;
            }
            match value {
                Some(_) => self.made += 1,
                None => self.trail.truncate(before),
            }
            value
        })
    }

    /// Returns whether only what is required may be added.
    fn is_tight(&self, depth: usize) -> bool {
        match self.size {
            Size::Minimal => depth > 3,
            Size::Maximal(most) => depth > most,
            Size::Random => depth > 5 || self.made > 120,
        }
    }

    /// Returns whether to add something that is optional.
    pub fn wants(&mut self, depth: usize) -> bool {
        match self.size {
            Size::Minimal => false,
            Size::Maximal(most) => depth < most,
            Size::Random => depth < 5 && self.made < 120 && self.random.chance(60),
        }
    }

    fn of_parts(&mut self, parts: &Parts<'d>, depth: usize) -> Option<Value> {
        let types = types(parts);
        if let Some(value) = parts.all.iter().find_map(|part| part.get("const")) {
            let is_other = |part: &Part<'d>| {
                part.get("const").is_some_and(|other| other != value)
                    || part.get("enum").and_then(Value::as_array).is_some_and(|list| !list.contains(value))
            };
            return (!parts.all.iter().any(is_other)).then(|| value.clone());
        }
        if parts.all.iter().any(|part| part.get("enum").is_some()) {
            return self.listed(parts, types.as_ref());
        }
        let Some(types) = types else { return Some(self.anything()) };
        match self.chosen(parts, &types)? {
            "null" => Some(Value::Null),
            "boolean" => Some(self.random.chance(50).into()),
            "integer" => numbers::integer(parts, &mut self.random),
            "number" => numbers::number(parts, &mut self.random),
            "string" => self.texts.text(parts, &mut self.random).map(Value::String),
            "array" => members::list(self, parts, depth),
            _ => members::object(self, parts, depth),
        }
    }

    /// Chooses a value of an enum.
    fn listed(&mut self, parts: &Parts<'d>, types: Option<&Vec<&str>>) -> Option<Value> {
        let mut lists = parts.all.iter().filter_map(|part| Some((part, part.get("enum")?.as_array()?)));
        let (owner, first) = lists.next()?;
        let others: Vec<&Vec<Value>> = lists.map(|(_, list)| list).collect();
        let fits = |value: &&Value| {
            others.iter().all(|list| list.contains(value))
                && types.is_none_or(|types| types.iter().any(|name| is(name, value)))
        };
        let values: Vec<&Value> = first.iter().filter(fits).collect();
        let chosen = match owner {
            Cow::Borrowed(owner) => self.choices.choose(owner, "enum", values.len(), &mut self.random),
            // The tag of a union.
            Cow::Owned(_) => 0,
        };
        values.get(chosen).map(|value| (*value).clone())
    }

    fn chosen<'t>(&mut self, parts: &Parts<'d>, types: &[&'t str]) -> Option<&'t str> {
        let types: Vec<&str> = match self.size {
            Size::Maximal(_) if types.len() > 1 => types.iter().copied().filter(|name| *name != "null").collect(),
            _ => types.to_vec(),
        };
        match parts.all.iter().find(|part| part.get("type").is_some_and(Value::is_array)) {
            Some(Cow::Borrowed(owner)) if types.len() > 1 => {
                let chosen = self.choices.choose(owner, "type", types.len(), &mut self.random);
                types.get(chosen).copied()
            }
            _ => self.random.pick(&types).copied(),
        }
    }

    /// Returns a value for a schema that says nothing.
    pub fn anything(&mut self) -> Value {
        let values = [
            json!("text"),
            json!(7),
            json!(true),
            json!(1.5),
            json!([]),
            json!({}),
            json!([1, "a", null]),
            json!({ "any": { "thing": [true] } }),
            json!(""),
            json!(null),
            json!("2020-01-01"),
        ];
        self.random.pick(&values).cloned().unwrap_or_default()
    }
}

/// Returns the types that all parts allow, or `None` if the parts say nothing about the type.
fn types<'p>(parts: &'p Parts<'_>) -> Option<Vec<&'p str>> {
    let mut common: Option<Vec<&str>> = None;
    for part in &parts.all {
        let own: Vec<&str> = match part.get("type") {
            Some(Value::String(name)) => vec![name],
            Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).collect(),
            _ => continue,
        };
        common = Some(match common {
            None => own,
            Some(types) => own.iter().chain(&types).copied().filter(|name| both(name, &own, &types)).collect(),
        });
        if let Some(types) = &mut common {
            types.sort_unstable();
            types.dedup();
        }
    }
    common.or_else(|| implied(parts))
}

/// Returns whether two lists of types allow a type. An integer is also a number.
fn both(name: &str, own: &[&str], others: &[&str]) -> bool {
    let has = |types: &[&str]| types.contains(&name) || name == "integer" && types.contains(&"number");
    has(own) && has(others)
}

/// Returns the type that keywords without `type` are meant for.
fn implied<'p>(parts: &Parts<'_>) -> Option<Vec<&'p str>> {
    const HINTS: [(&str, &[&str]); 4] = [
        ("object", &["properties", "required", "additionalProperties", "patternProperties", "propertyNames"]),
        ("array", &["items", "prefixItems", "minItems", "maxItems", "uniqueItems"]),
        ("string", &["pattern", "format", "minLength", "maxLength", "contentEncoding"]),
        ("number", &["minimum", "maximum", "multipleOf", "exclusiveMinimum", "exclusiveMaximum"]),
    ];
    let has = |keys: &[&str]| parts.all.iter().any(|part| keys.iter().any(|key| part.get(*key).is_some()));
    HINTS.iter().find(|(_, keys)| has(keys)).map(|(name, _)| vec![*name])
}

fn is(name: &str, value: &Value) -> bool {
    match value {
        Value::Null => name == "null",
        Value::Bool(_) => name == "boolean",
        Value::Number(number) => {
            name == "number" || name == "integer" && number.as_f64().is_some_and(|n| n.fract() == 0.0)
        }
        Value::String(_) => name == "string",
        Value::Array(_) => name == "array",
        Value::Object(_) => name == "object",
    }
}

/// Returns the highest lower limit of the parts.
pub fn at_least(parts: &Parts<'_>, key: &str) -> usize {
    let limits = parts.all.iter().filter_map(|part| part.get(key)?.as_f64());
    whole(limits.fold(0.0, f64::max))
}

/// Returns the lowest upper limit of the parts.
pub fn at_most(parts: &Parts<'_>, key: &str) -> usize {
    let limits = parts.all.iter().filter_map(|part| part.get(key)?.as_f64());
    whole(limits.fold(f64::from(u32::MAX), f64::min))
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the limits are not negative")]
fn whole(number: f64) -> usize {
    number as usize
}

/// Returns a part of a part.
pub fn child<'d>(part: &Part<'d>, get: impl Fn(&Value) -> Option<&Value>) -> Option<Part<'d>> {
    match part {
        Cow::Borrowed(part) => borrowed(part, get).map(Cow::Borrowed),
        Cow::Owned(part) => get(part).cloned().map(Cow::Owned),
    }
}

fn borrowed(part: &Value, get: impl Fn(&Value) -> Option<&Value>) -> Option<&Value> {
    get(part)
}
