//! Instances: values that the schemas of a document allow, each of which must survive the generated types.
//!
//! They are made from the document's value tree, and an independent validator checks them, because two results of one
//! mistake prove nothing. Their way: `files` reads the document, `places` finds the bodies, `translate` makes JSON Schema
//! of OpenAPI's schemas, `generate` makes instances, `validate` accepts them, `probe` sends them through the generated types,
//! `differences` compares, and `shrink` makes the failing ones small.

mod differences;
mod files;
mod generate;
mod locate;
mod members;
mod numbers;
mod parts;
mod places;
mod probe;
mod random;
mod report;
mod shrink;
mod texts;
mod translate;
mod validate;

use std::collections::{BTreeMap, HashSet};
use std::path::{Path, PathBuf};
use std::time::Instant;

use serde_json::Value;

pub use differences::{Allowed, Difference, compare};
use files::Files;
use generate::{Generator, Size};
use places::Place;
use probe::Probe;
pub(super) use probe::SHIM;
use random::Random;
pub use report::{Failure, Instances, Outcome, summary};
pub use shrink::shrink;
pub use translate::Direction;
use translate::translate;
use validate::Schemas;

use super::Compiler;

/// How many instances to make.
#[derive(Clone, Copy)]
pub struct Options {
    /// The number of instances of each place. Unions and enums with more members get more.
    pub count: usize,
    /// The seed of the random instances.
    pub seed: u64,
}

/// What a failing instance has come to.
struct Found {
    at: String,
    text: String,
    is_read: bool,
}

/// One direction of a document.
struct Side<'d> {
    trees: &'d Value,
    schemas: Schemas,
    generator: Generator<'d>,
}

/// Makes instances of all documents, one per processor at a time, and prints each outcome as soon as it is known.
#[must_use]
pub fn run(compiler: &Compiler, documents: &[PathBuf], options: Options) -> Vec<Outcome> {
    super::each(documents, |document| {
        let start = Instant::now();
        let result = of_document(compiler, document, options);
        let outcome = Outcome { document: document.to_owned(), time: start.elapsed(), result };
        println!("{outcome}");
        outcome
    })
}

/// Makes instances of a document, and sends them through its types. Returns an error if it cannot be compiled.
fn of_document(compiler: &Compiler, document: &Path, options: Options) -> Result<Instances, String> {
    let files = Files::read(document).ok_or("the document cannot be read")?;
    let places = places::places(&files);
    let mut instances = Instances { places: places.len(), ..Instances::default() };
    if places.is_empty() {
        return Ok(instances);
    }
    let folder = compiler.folder(document);
    let copy = places::write_copy(&files, &places, &folder).map_err(|error| error.to_string())?;
    let tests = compiler.probe(&copy, &folder).inspect_err(|_| drop(std::fs::remove_dir_all(&folder)))?;
    let pointers =
        |direction| places.iter().filter(move |place| place.direction == direction).map(|place| place.schema.clone());
    let directions = [Direction::Request, Direction::Response];
    let trees = directions.map(|direction| translate(&files, pointers(direction), direction));
    let sides = directions.map(|direction| {
        let trees = &trees[usize::from(direction == Direction::Response)];
        let schemas = Schemas::new(trees, &pointers(direction).collect::<Vec<_>>());
        Side { trees, schemas, generator: Generator::new(trees, direction) }
    });
    let mut session = Session { files: &files, sides, options, instances: &mut instances, tags: HashSet::new() };
    session.tags = tags(&files.trees);
    let result = session.probe(&tests, &places);
    std::fs::remove_dir_all(&folder).map_err(|error| error.to_string())?;
    result.map(|()| instances)
}

struct Session<'d, 'a> {
    files: &'a Files,
    sides: [Side<'d>; 2],
    options: Options,
    instances: &'a mut Instances,
    /// The names of all tags of unions.
    tags: HashSet<String>,
}

impl Session<'_, '_> {
    fn probe(&mut self, tests: &Path, places: &[Place]) -> Result<(), String> {
        let mut probe = Probe::start(tests).map_err(|error| error.to_string())?;
        let mut seen = HashSet::new();
        while let Some(number) = probe.next_place() {
            if let Some(place) = places.get(number) {
                seen.insert(number);
                self.place(place, &mut probe);
            }
            probe.finish_place();
        }
        let untested = places.iter().enumerate().filter(|(number, _)| !seen.contains(number));
        self.instances.untested = untested.map(|(_, place)| locate::shown(self.files, &place.schema)).collect();
        if probe.end() { Ok(()) } else { Err("the process of the instances ended early".into()) }
    }

    fn place(&mut self, place: &Place, probe: &mut Probe) {
        let made = self.make(place);
        let mut failed: BTreeMap<(String, bool), Failure> = BTreeMap::new();
        for instance in made {
            self.instances.total += 1;
            let Err(found) = self.check(place, &instance, probe, true) else {
                self.instances.passed += 1;
                continue;
            };
            let key = (found.at.clone(), found.is_read);
            match failed.get_mut(&key) {
                Some(failure) => failure.count += 1,
                None => {
                    let failure = if self.instances.knows(&found.at) {
                        Failure { at: found.at, place: String::new(), instance, text: found.text, count: 1 }
                    } else {
                        self.shrunk(place, instance, &found, probe)
                    };
                    failed.insert(key, failure);
                }
            }
        }
        for failure in failed.into_values() {
            self.instances.add(failure);
        }
    }

    fn shrunk(&mut self, place: &Place, instance: Value, found: &Found, probe: &mut Probe) -> Failure {
        let tags = std::mem::take(&mut self.tags);
        let smallest = shrink(instance, &tags, |smaller| {
            let is_valid = side(&mut self.sides, place).schemas.accepts(&place.schema, smaller) == Some(true);
            let same = |other: Found| other.at == found.at && other.is_read == found.is_read;
            is_valid && self.check(place, smaller, probe, false).is_err_and(same)
        });
        self.tags = tags;
        let last = self.check(place, &smallest, probe, false).err();
        let text = last.map_or_else(|| found.text.clone(), |last| last.text);
        let shown = locate::shown(self.files, &place.schema);
        Failure { at: found.at.clone(), place: shown, instance: smallest, text, count: 1 }
    }

    /// Sends an instance through its type.
    fn check(&mut self, place: &Place, instance: &Value, probe: &mut Probe, counts: bool) -> Result<(), Found> {
        let mut allowed = Vec::new();
        let (path, text, is_read) = match probe.round_trip(instance) {
            Ok(back) => match compare(instance, &back, place.direction, &mut allowed) {
                Ok(()) => {
                    if counts {
                        self.instances.allow(&allowed);
                    }
                    return Ok(());
                }
                Err(difference) => {
                    let Difference { path, sent, back } = *difference;
                    let shown =
                        |value: Option<Value>| value.map_or_else(|| "nothing".to_owned(), |value| value.to_string());
                    let text = format!("at $.{}: sent {}, came back {}", path.join("."), shown(sent), shown(back));
                    (path, text, true)
                }
            },
            Err(error) => (report::path_in(&error), error, false),
        };
        // Items of a list share a schema.
        let at = locate::locate(side(&mut self.sides, place).trees, self.files, &place.schema, &path);
        Err(Found { at, text, is_read })
    }

    /// Makes the valid instances of a place.
    fn make(&mut self, place: &Place) -> Vec<Value> {
        let Options { count, seed } = self.options;
        let side = side(&mut self.sides, place);
        side.generator.random = Random::new(seed, &place.schema);
        let mut made: Vec<Value> = Vec::new();
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
                let instance = side.generator.instance(&place.schema, *size);
                if side.generator.choices.is_new {
                    last_new = index;
                }
                let Some(instance) = instance.filter(|_| side.generator.made < 1_000) else { continue };
                match side.schemas.accepts(&place.schema, &instance) {
                    Some(true) => {
                        if !made.contains(&instance) {
                            made.push(instance);
                        }
                        refused = None;
                        break;
                    }
                    Some(false) => {
                        self.instances.refused += 1;
                        refused = Some(instance);
                    }
                    None => break,
                }
            }
            if let Some(refused) = refused
                && let Some(why) = side.schemas.explain(&place.schema, &refused)
            {
                self.instances.reasons.entry(locate::shown(self.files, &place.schema)).or_insert(why);
            }
            index += 1;
        }
        if made.is_empty() {
            self.instances.unmade.push(locate::shown(self.files, &place.schema));
        }
        made
    }
}

fn side<'s, 'd>(sides: &'s mut [Side<'d>; 2], place: &Place) -> &'s mut Side<'d> {
    &mut sides[usize::from(place.direction == Direction::Response)]
}

/// Makes instances of the schema at `pointer` in a document of a single file: a minimal, a maximal, and random ones.
/// Returns those that are valid, and the errors of the others.
#[must_use]
pub fn samples(document: &Value, pointer: &str, direction: Direction, count: usize) -> (Vec<Value>, Vec<String>) {
    let pointer = format!("/0{pointer}");
    let files = Files::new(vec![PathBuf::from("document.yaml")], serde_json::json!({ "0": document }));
    let trees = translate(&files, std::iter::once(pointer.clone()), direction);
    let schemas = Schemas::new(&trees, std::slice::from_ref(&pointer));
    let mut generator = Generator::new(&trees, direction);
    generator.random = Random::new(1, &pointer);
    let sizes = [Size::Minimal, Size::Maximal(6)].into_iter().chain(std::iter::repeat(Size::Random));
    let made: Vec<Value> = sizes.take(count).filter_map(|size| generator.instance(&pointer, size)).collect();
    let (valid, invalid): (Vec<_>, Vec<_>) =
        made.into_iter().partition(|instance| schemas.accepts(&pointer, instance) == Some(true));
    (valid, invalid.iter().map(|instance| format!("{instance} {:?}", schemas.explain(&pointer, instance))).collect())
}

/// Returns the names of the properties that discriminators use.
fn tags(trees: &Value) -> HashSet<String> {
    match trees {
        Value::Array(items) => items.iter().flat_map(tags).collect(),
        Value::Object(entries) => {
            let own = trees.pointer("/discriminator/propertyName").and_then(Value::as_str).map(ToOwned::to_owned);
            entries.values().flat_map(tags).chain(own).collect()
        }
        _ => HashSet::new(),
    }
}
