//! Instances: values that the schemas of a document allow, each of which must survive the generated types.
//!
//! They are made from the document's value tree, and an independent validator checks them, because two results of one
//! mistake prove nothing. Their way: `files` reads the document, `places` finds the bodies, `translate` makes JSON Schema
//! of OpenAPI's schemas, `making` makes instances, `Schemas` accepts them, `probe` sends them through the
//! generated types, `differences` compares, `unknown` finds what unions could not read, and `shrink` makes the failing
//! ones small.

mod differences;
pub(super) mod files;
mod locate;
pub(super) mod making;
mod names;
pub(super) mod places;
mod probe;
mod report;
mod shrink;
mod unknown;

use std::collections::{BTreeMap, HashSet};
use std::path::{Path, PathBuf};
use std::time::Instant;

use frontline::private::contract::{Schemas, translate};
use frontline::private::instances::{Generator, Random, Size};
use serde_json::Value;

pub use frontline::private::contract::Direction;

pub use differences::{Allowed, Difference, compare};
use files::Files;
use making::{Made, Sides};
use places::Place;
use probe::Probe;
pub(super) use probe::SHIM;
pub use report::{Failure, Instances, Outcome, summary};
pub use shrink::shrink;

pub use unknown::unknown;

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
    kind: Kind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    /// The type does not read it.
    Refused,
    /// Something else came back.
    Changed,
    /// A union kept it, or a part of it, as `Unknown`.
    Unknown,
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

/// The most places in a document whose other components get instances, too.
const MOST: usize = 900;

/// The number of instances of a component that no operation's instances reach.
const FEW: usize = 2;

/// Makes instances of a document, and sends them through its types. Returns an error if it cannot be compiled.
fn of_document(compiler: &Compiler, document: &Path, options: Options) -> Result<Instances, String> {
    let files = Files::read(document).ok_or("the document cannot be read")?;
    let mut places = places::places(&files);
    let trees = [Direction::Request, Direction::Response].map(|direction| {
        let schemas = places.iter().filter(|place| place.direction == direction).map(|place| place.schema.clone());
        translate(&files, schemas, direction)
    });
    let mut sides = Sides::new(&trees, &places);
    let mut made = sides.make(&places, options);
    // Components that no instance reached, perhaps because they are nested too deeply, get instances of their own.
    let more = places::unvisited(&files, &places, &made.iter().flat_map(|made| made.visited.clone()).collect());
    // In the largest documents, they would take minutes. The last line counts those without instances.
    if places.len() + more.len() <= MOST {
        places.extend(more);
    }
    sides.validate(&places);
    // There can be thousands of them.
    let fewer = Options { count: options.count.min(FEW), ..options };
    made.extend(sides.make(&places[made.len()..], fewer));
    if places.is_empty() {
        return Ok(Instances::default());
    }
    let folder = compiler.folder(document);
    let copy = places::write_copy(&files, &places, &folder).map_err(|error| error.to_string())?;
    let tests = compiler.probe(&copy, &folder).inspect_err(|_| drop(std::fs::remove_dir_all(&folder)))?;
    let instances = Instances { places: places.len(), ..Instances::default() };
    let mut session = Session { files: &files, sides, instances, tags: tags(&files.trees) };
    let result = session.probe(&tests, &places, made);
    std::fs::remove_dir_all(&folder).map_err(|error| error.to_string())?;
    result.map(|()| session.instances)
}

struct Session<'d> {
    files: &'d Files,
    sides: Sides<'d>,
    instances: Instances,
    /// The names of all tags of unions.
    tags: HashSet<String>,
}

impl Session<'_> {
    fn probe(&mut self, tests: &Path, places: &[Place], made: Vec<Made>) -> Result<(), String> {
        let mut probe = Probe::start(tests).map_err(|error| error.to_string())?;
        let mut made: Vec<Option<Made>> = made.into_iter().map(Some).collect();
        let mut visited = HashSet::new();
        while let Some(number) = probe.next_place() {
            if let Some((place, made)) = places.get(number).zip(made.get_mut(number).and_then(Option::take)) {
                self.instances.made(locate::shown(self.files, &place.schema), &made);
                visited.extend(made.visited);
                self.place(place, made.instances, &mut probe);
            }
            probe.finish_place();
        }
        let untested = places.iter().zip(&made).filter(|(_, made)| made.is_some()).map(|(place, _)| &place.schema);
        self.instances.untested = untested.map(|schema| locate::shown(self.files, schema)).collect();
        visited.extend(places.iter().map(|place| place.schema.clone()));
        let reached = places::reached(self.files, places).into_iter().filter(|target| !visited.contains(target));
        self.instances.unvisited = reached.map(|target| locate::shown(self.files, &target)).collect();
        if probe.end() { Ok(()) } else { Err("the process of the instances ended early".into()) }
    }

    fn place(&mut self, place: &Place, made: Vec<Value>, probe: &mut Probe) {
        let mut failed: BTreeMap<(String, Kind), Failure> = BTreeMap::new();
        for instance in made {
            self.instances.total += 1;
            let Err(found) = self.check(place, &instance, probe, true) else {
                self.instances.passed += 1;
                continue;
            };
            let key = (found.at.clone(), found.kind);
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
            let is_valid = self.sides.of(place).schemas.accepts(&place.schema, smaller) == Some(true);
            let same = |other: Found| other.at == found.at && other.kind == found.kind;
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
        let (path, text, kind) = match probe.round_trip(instance) {
            Ok((back, shown)) => match compare(instance, &back, place.direction, &mut allowed) {
                Ok(()) => match unknown(&shown, &back) {
                    None => {
                        if counts {
                            self.instances.allow(&allowed);
                        }
                        return Ok(());
                    }
                    Some(path) => {
                        let text = format!("at $.{}: no variant of the union has it", path.join("."));
                        (path, text, Kind::Unknown)
                    }
                },
                Err(difference) => {
                    let Difference { path, sent, back } = *difference;
                    let shown =
                        |value: Option<Value>| value.map_or_else(|| "nothing".to_owned(), |value| value.to_string());
                    let text = format!("at $.{}: sent {}, came back {}", path.join("."), shown(sent), shown(back));
                    (path, text, Kind::Changed)
                }
            },
            Err(error) => (report::path_in(&error), error, Kind::Refused),
        };
        // Items of a list share a schema.
        let at = locate::locate(self.sides.of(place).trees, self.files, &place.schema, &path);
        Err(Found { at, text, kind })
    }
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

/// Returns the places of the JSON bodies and unreached components in a document of a single file.
#[must_use]
pub fn bodies(document: &Value) -> Vec<String> {
    let files = Files::new(vec![PathBuf::from("document.yaml")], serde_json::json!({ "0": document }));
    places::places(&files).iter().map(|place| locate::shown(&files, &place.schema)).collect()
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
