//! Makes the valid instances of the places of a document.

use std::collections::HashSet;

use serde_json::Value;

use super::Options;
use super::places::Place;
use frontline::private::contract::{Direction, Schemas, target};
use frontline::private::instances::{Generator, Random, Size};

/// The valid instances of a place.
#[derive(Default)]
pub struct Made {
    pub instances: Vec<Value>,
    /// The schemas that the instances have values of: the place's own, and those behind references.
    pub visited: HashSet<String>,
    /// The number of instances that the validator refused, and its reason for one of them if it refused the smallest, too.
    pub refused: usize,
    pub why: Option<String>,
}

/// Both directions of a document.
pub struct Sides<'d>([Side<'d>; 2]);

/// One direction of a document.
pub struct Side<'d> {
    pub trees: &'d Value,
    pub schemas: Schemas,
    generator: Generator<'d>,
}

impl<'d> Sides<'d> {
    /// Prepares instances of the places. `trees` are the translated trees for requests and for responses.
    pub fn new(trees: &'d [Value; 2], places: &[Place]) -> Self {
        Self([Direction::Request, Direction::Response].map(|direction| {
            let trees = &trees[usize::from(direction == Direction::Response)];
            let schemas = Schemas::new(trees, &of(places, direction));
            Side { trees, schemas, generator: Generator::new(trees, direction) }
        }))
    }

    /// Makes validators for other places.
    pub fn validate(&mut self, places: &[Place]) {
        for side in &mut self.0 {
            let pointers = of(places, side.generator.direction);
            if pointers.iter().any(|pointer| !side.schemas.knows(pointer)) {
                side.schemas = Schemas::new(side.trees, &pointers);
            }
        }
    }

    pub fn of(&mut self, place: &Place) -> &mut Side<'d> {
        &mut self.0[usize::from(place.direction == Direction::Response)]
    }

    pub fn make(&mut self, places: &[Place], options: Options) -> Vec<Made> {
        places.iter().map(|place| self.of(place).make(&place.schema, options)).collect()
    }
}

impl Side<'_> {
    fn make(&mut self, schema: &str, Options { count, seed }: Options) -> Made {
        self.generator.random = Random::new(seed, schema);
        let mut made = Made::default();
        let mut index = 0;
        let mut last_new = 0;
        // Options that no instance had before call for more instances.
        while index < count || index < count * 8 && index - last_new < 3 {
            let sizes: &[Size] = match index {
                0 => &[Size::Minimal, Size::Random, Size::Maximal(1), Size::Maximal(2)],
                1 => &[Size::Maximal(6), Size::Maximal(4), Size::Maximal(3), Size::Maximal(2), Size::Maximal(1)],
                _ => &[Size::Random; 4],
            };
            let mut refused = None;
            for size in sizes {
                let instance = self.generator.instance(schema, *size);
                if self.generator.choices.is_new {
                    last_new = index;
                }
                let Some(instance) = instance.filter(|_| self.generator.made < 1_000) else { continue };
                match self.schemas.accepts(schema, &instance) {
                    Some(true) => {
                        made.visited.extend(self.generator.trail.iter().filter_map(|reference| target(reference)));
                        if !made.instances.contains(&instance) {
                            made.instances.push(instance);
                        }
                        refused = None;
                        break;
                    }
                    Some(false) => {
                        made.refused += 1;
                        refused = Some(instance);
                    }
                    None => break,
                }
            }
            if let Some(refused) = refused.filter(|_| made.why.is_none()) {
                made.why = self.schemas.explain(schema, &refused);
            }
            index += 1;
        }
        if !made.instances.is_empty() {
            made.visited.insert(schema.to_owned());
        }
        made
    }
}

fn of(places: &[Place], direction: Direction) -> Vec<String> {
    places.iter().filter(|place| place.direction == direction).map(|place| place.schema.clone()).collect()
}
