//! Round trips: arguments and responses, made from a document's value tree, go through its generated client, sockets and its
//! generated test server, and must come out equal.
//!
//! Their way: `operations` reads the document, `cases` makes calls, `relay` writes a program, `program` makes the calls in
//! it, `wire` records them, and `check` compares. Only the names of methods come from the expansion.

mod cases;
mod check;
mod notation;
mod operations;
mod program;
mod relay;
mod report;
mod wire;

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use frontline::private::contract::translate;
use quote::quote;
use serde_json::{Value, json};

use super::Compiler;
use super::instances::files::Files;
use super::instances::making::Sides;
use super::instances::places::Place;
use super::instances::{Direction, Options};
use crate::generator;
use cases::{Case, Instances};
use notation::{Notation, without_nothing, without_unwritable};
use operations::Operation;
pub use program::{Back, Relay, back, serve};
pub use report::{Failure, Outcome, Rounds, summary};

/// Calls the operations of all documents, one document per processor at a time, and prints each outcome as soon as it is
/// known. Records the requests and responses in the folder `recordings`, a file for each document.
///
/// # Panics
///
/// Panics if the folder cannot be created.
#[must_use]
pub fn run(compiler: &Compiler, documents: &[PathBuf], recordings: &Path) -> Vec<Outcome> {
    std::fs::create_dir_all(recordings).expect("the folder of the recordings");
    super::each(documents, |document| {
        let start = Instant::now();
        let result = of_document(compiler, document, recordings);
        let outcome = Outcome { document: document.to_owned(), time: start.elapsed(), result };
        println!("{outcome}");
        outcome
    })
}

/// An endpoint of the program, and its operation in the document.
struct Endpoint {
    index: usize,
    pointer: String,
    media: Option<String>,
    operation: Operation,
}

impl Endpoint {
    /// Returns the method and the path.
    fn shown(&self) -> String {
        let mut parts = self.pointer.rsplit('/');
        let (method, path) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
        format!("{} {}", method.to_ascii_uppercase(), path.replace("~1", "/").replace("~0", "~"))
    }
}

/// Returns the calls of a document, or `None` if it is refused, which the test `corpus` lists.
fn of_document(compiler: &Compiler, document: &Path, recordings: &Path) -> Result<Option<Rounds>, String> {
    let files = Files::read(document).ok_or("the document cannot be read")?;
    let path = document.canonicalize().map_err(|error| error.to_string())?;
    let path = path.to_string_lossy();
    let expansion = generator::expand(quote! { #path, mistakes = warn, unsupported = skip }, true);
    let Some(relay) = relay::relay(expansion)? else { return Ok(None) };
    if relay.is_empty() {
        return Ok(Some(Rounds::default()));
    }
    let program = compiler.program(document, &relay.to_string())?;
    let result = calls(&program, &files, document, recordings).map_err(|error| error.to_string());
    std::fs::remove_file(&program).map_err(|error| error.to_string())?;
    result.map(Some)
}

fn calls(program: &Path, files: &Files, document: &Path, recordings: &Path) -> std::io::Result<Rounds> {
    let mut process = Command::new(program).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
    let pipes = process.stdin.take().zip(process.stdout.take());
    let (mut input, output) = pipes.ok_or_else(|| std::io::Error::other("the process has no pipes"))?;
    let mut output = BufReader::new(output).lines();
    let mut next = || {
        let line = output.next().ok_or_else(|| std::io::Error::other("the program ended early"))??;
        serde_json::from_str::<Value>(&line).map_err(std::io::Error::other)
    };
    let endpoints = endpoints(files, &next()?);
    let instances = instances(files, &endpoints);
    let mut rounds = Rounds { endpoints: endpoints.len(), ..Rounds::default() };
    let mut recording = File::create(recordings.join(format!("{}.jsonl", super::compiler::identifier(document))))?;
    writeln!(recording, "{}", json!({ "document": document }))?;
    for endpoint in &endpoints {
        let same = endpoints.iter().filter(|other| other.pointer == endpoint.pointer);
        let others: Vec<&str> = same.filter_map(|other| other.media.as_deref()).collect();
        let cases = cases::cases(&endpoint.operation, endpoint.media.as_deref(), &others, &instances);
        rounds.without += usize::from(cases.is_empty());
        for case in cases {
            let Case { arguments, response, .. } = &case;
            let call = json!({ "endpoint": endpoint.index, "arguments": arguments, "response": response });
            writeln!(input, "{call}")?;
            let result = next()?;
            rounds.total += 1;
            match check::check(&case, &result) {
                Ok(()) => rounds.passed += 1,
                Err(wrong) => rounds.fail(&endpoint.shown(), wrong.place, wrong.text),
            }
            // Refusals of the test server are not the document's.
            let is_described = result["reply"].is_object() || result["failure"]["status"] == case.response["status"];
            let recorded = json!({
                "operation": endpoint.shown(),
                "request": result["request"],
                "response": result["response"],
                "is_described": is_described,
            });
            writeln!(recording, "{recorded}")?;
        }
    }
    drop(input);
    process.wait()?;
    Ok(rounds)
}

fn endpoints(files: &Files, listed: &Value) -> Vec<Endpoint> {
    let listed = listed.as_array().into_iter().flatten().enumerate();
    let endpoints = listed.filter_map(|(index, listed)| {
        let pointer = listed[1].as_str()?.to_owned();
        let media = listed[2].as_str().map(ToOwned::to_owned);
        Some(Endpoint { index, operation: operations::operation(files, &pointer)?, pointer, media })
    });
    endpoints.collect()
}

/// What a schema describes.
enum Use<'o> {
    Parameter(&'o Notation),
    /// The properties of a form, whose media type object has this pointer.
    Form(&'o str),
    Whole,
}

/// Makes instances of the schemas of all arguments and responses.
fn instances(files: &Files, endpoints: &[Endpoint]) -> Instances {
    let mut uses: BTreeMap<&str, (Direction, Use<'_>)> = BTreeMap::new();
    for Operation { parameters, body, answers, failures, .. } in endpoints.iter().map(|endpoint| &endpoint.operation) {
        let parts = body.iter().flat_map(|body| &body.contents).flat_map(|content| &content.headers);
        let declared = parameters.iter().chain(parts.map(|(_, header)| header));
        let declared = declared.filter(|parameter| !parameter.schema.is_empty());
        uses.extend(
            declared.map(|parameter| {
                (parameter.schema.as_str(), (Direction::Request, Use::Parameter(&parameter.notation)))
            }),
        );
        uses.extend(body.iter().flat_map(|body| &body.contents).map(|content| {
            let is_divided = content.is_form() || content.is_multipart();
            let of = if is_divided { Use::Form(&content.pointer) } else { Use::Whole };
            (content.schema.as_str(), (Direction::Request, of))
        }));
        let answers = answers.iter().chain(failures).filter_map(|answer| answer.content.as_ref());
        uses.extend(answers.map(|content| (content.schema.as_str(), (Direction::Response, Use::Whole))));
    }
    let places: Vec<Place> =
        uses.iter().map(|(schema, (direction, _))| Place::new((*schema).to_owned(), *direction)).collect();
    let trees = [Direction::Request, Direction::Response].map(|direction| {
        let schemas = places.iter().filter(|place| place.direction == direction).map(|place| place.schema.clone());
        translate(files, schemas, direction)
    });
    let mut sides = Sides::new(&trees, &places);
    let made = sides.make(&places, Options { count: 4, seed: 1 });
    let all = places.iter().zip(uses.values()).zip(made).map(|((place, (_, of)), made)| {
        let schemas = &sides.of(place).schemas;
        let accepts = |value: &Value| schemas.accepts(&place.schema, value) == Some(true);
        let all = cases::with_wild(made.instances, accepts);
        let writable = all.into_iter().filter_map(|instance| match of {
            Use::Parameter(notation) => notation.has(&instance).then_some(instance),
            Use::Form(media) => {
                Some(without_unwritable(files, media, &instance)).filter(|it| accepts(&without_nothing(it)))
            }
            Use::Whole => Some(instance),
        });
        let mut distinct: Vec<Value> = Vec::new();
        writable.for_each(|instance| distinct.extend(Some(instance).filter(|instance| !distinct.contains(instance))));
        (place.schema.clone(), distinct)
    });
    all.collect()
}
