//! Makes instances of a schema.

use std::collections::HashMap;
use std::rc::Rc;

use serde_json::{Value, json};

use super::links::Links;
use super::members::{self, Values};
use super::numbers;
use super::parts::{Choices, Collector, Part, Parts};
use super::random::Random;
use super::shape::{Shape, is};
use super::size::Size;
use super::texts::Texts;
use crate::testing::contract::Direction;

/// How often a schema may be within itself.
const RECURSION: usize = 4;
/// The most nested objects and lists.
const DEPTH: usize = 24;
/// The most values that are tried for one instance.
const STEPS: usize = 4_000;

/// Makes the instances of one direction of a document.
pub struct Generator<'d> {
    pub trees: &'d Value,
    pub direction: Direction,
    links: Links<'d>,
    shapes: HashMap<Vec<*const Value>, Rc<Shape<'d>>>,
    pub choices: Choices,
    pub texts: Texts,
    pub random: Random,
    pub size: Size,
    /// Whether objects get properties that their schemas do not speak of.
    pub has_undeclared: bool,
    nested: HashMap<&'d str, usize>,
    /// The references that led to the values of the current instance.
    pub trail: Vec<&'d str>,
    /// The number of values made, and of those tried, for the current instance.
    pub made: usize,
    steps: usize,
}

impl<'d> Generator<'d> {
    #[must_use]
    pub fn new(trees: &'d Value, direction: Direction) -> Self {
        Self {
            trees,
            direction,
            links: Links::new(trees),
            shapes: HashMap::new(),
            choices: Choices::default(),
            texts: Texts::default(),
            random: Random::new(0, ""),
            size: Size::Minimal,
            has_undeclared: true,
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
        self.value(&[schema], 0)
    }

    /// Returns whether only what is required may be added.
    fn is_tight(&self, depth: usize) -> bool {
        match self.size {
            Size::Minimal => depth > 3,
            Size::Maximal(most) => depth > most,
            Size::Random => depth > 5 || self.made > 120,
        }
    }

    fn of_parts(&mut self, parts: &Parts<'d>, depth: usize) -> Option<Value> {
        let shape = self.shape(parts);
        if let Some(constant) = shape.constant {
            return (!shape.is_ruled_out).then(|| constant.clone());
        }
        if !shape.enums.is_empty() {
            return self.listed(&shape);
        }
        let Some(types) = &shape.types else { return Some(self.anything()) };
        match self.chosen(&shape, types)? {
            "null" => Some(Value::Null),
            "boolean" => Some(self.random.chance(50).into()),
            "integer" => numbers::integer(parts, &mut self.random),
            "number" => numbers::number(parts, &mut self.random),
            "string" => self.texts.text(parts, &mut self.random).map(Value::String),
            "array" => members::list(self, parts, depth),
            _ => members::object(self, parts, &shape, depth),
        }
    }

    fn shape(&mut self, parts: &Parts<'d>) -> Rc<Shape<'d>> {
        let key = parts.all.iter().map(|part| std::ptr::from_ref(*part)).collect();
        let (links, hides) = (&mut self.links, self.direction.hides());
        Rc::clone(self.shapes.entry(key).or_insert_with(|| Rc::new(Shape::new(&parts.all, links, hides))))
    }

    /// Chooses a value of an enum.
    fn listed(&mut self, shape: &Shape<'d>) -> Option<Value> {
        let ((owner, first), others) = shape.enums.split_first()?;
        let fits = |value: &&Value| {
            others.iter().all(|(_, list)| list.contains(value))
                && shape.types.as_ref().is_none_or(|types| types.iter().any(|name| is(name, value)))
        };
        let values: Vec<&Value> = first.iter().filter(fits).collect();
        let is_tag = Links::is_condition(owner);
        let chosen = if is_tag { 0 } else { self.choices.choose(owner, "enum", values.len(), &mut self.random) };
        values.get(chosen).map(|value| (*value).clone())
    }

    fn chosen(&mut self, shape: &Shape<'d>, types: &[&'d str]) -> Option<&'d str> {
        let types: Vec<&str> = match self.size {
            Size::Maximal(_) if types.len() > 1 => types.iter().copied().filter(|name| *name != "null").collect(),
            _ => types.to_vec(),
        };
        match shape.type_owner {
            Some(owner) if types.len() > 1 => {
                let chosen = self.choices.choose(owner, "type", types.len(), &mut self.random);
                types.get(chosen).copied()
            }
            _ => self.random.pick(&types).copied(),
        }
    }
}

impl<'d> Values<'d> for Generator<'d> {
    fn value(&mut self, schemas: &[Part<'d>], depth: usize) -> Option<Value> {
        // Another attempt makes other choices.
        (0..3).find_map(|_| {
            self.steps += 1;
            if self.steps > STEPS || depth > DEPTH {
                return None;
            }
            let is_tight = self.is_tight(depth);
            let mut collector =
                Collector { links: &mut self.links, choices: &mut self.choices, random: &mut self.random, is_tight };
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

    fn anything(&mut self) -> Value {
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

    fn matching(&mut self, pattern: &str) -> Option<String> {
        self.texts.matching(pattern, &mut self.random)
    }

    fn wants(&mut self, depth: usize) -> bool {
        match self.size {
            Size::Minimal => false,
            Size::Maximal(most) => depth < most,
            Size::Random => depth < 5 && self.made < 120 && self.random.chance(60),
        }
    }

    fn size(&self) -> Size {
        self.size
    }

    fn has_undeclared(&self) -> bool {
        self.has_undeclared
    }

    fn random(&mut self) -> &mut Random {
        &mut self.random
    }
}
