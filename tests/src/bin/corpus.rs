//! `cargo run -p frontline-tests --bin corpus -- [--skip-unsupported] [--warn-mistakes] FOLDER…`: compiles the client of
//! each OpenAPI document in the folders, checks its docs, lints, and examples, and prints the counts.
//!
//! With `--round-trips RECORDINGS`, it calls each operation over sockets, and records the requests in a folder.
//! With `--instances 12 --seed 1`, it sends instances of the schemas through the generated types instead.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use frontline_tests::corpus::{self, Compiler, instances, rounds};

fn main() -> Result<ExitCode, std::io::Error> {
    let mut documents = Vec::new();
    let scratch = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/corpus");
    let mut compiler = Compiler::new(&scratch)?;
    let mut count = None;
    let mut recordings = None;
    let mut seed = 1;
    let mut arguments = std::env::args_os().skip(1);
    let number = |arguments: &mut dyn Iterator<Item = std::ffi::OsString>| {
        let number = arguments.next().and_then(|argument| argument.to_str()?.parse::<u32>().ok());
        number.ok_or_else(|| std::io::Error::other("expected a number after `--instances` and `--seed`"))
    };
    while let Some(argument) = arguments.next() {
        match argument.to_str() {
            Some("--skip-unsupported") => compiler = compiler.option("unsupported = skip"),
            Some("--warn-mistakes") => compiler = compiler.option("mistakes = warn"),
            Some("--instances") => count = Some(number(&mut arguments)? as usize),
            Some("--round-trips") => recordings = arguments.next().map(PathBuf::from),
            Some("--seed") => seed = number(&mut arguments)?.into(),
            _ => documents.extend(corpus::documents(&PathBuf::from(argument))?),
        }
    }
    if let Some(recordings) = recordings {
        let compiler = Compiler::new(&scratch)?.option("mistakes = warn").option("unsupported = skip");
        let outcomes = rounds::run(&compiler, &documents, &recordings);
        println!("{}", rounds::summary(&outcomes));
        let is_whole = outcomes.iter().all(rounds::Outcome::is_whole);
        return Ok(if is_whole { ExitCode::SUCCESS } else { ExitCode::FAILURE });
    }
    let is_whole = match count {
        Some(count) => {
            let outcomes = instances::run(&compiler, &documents, instances::Options { count, seed });
            println!("{}", instances::summary(&outcomes));
            outcomes.iter().all(|outcome| outcome.result.as_ref().is_ok_and(|result| result.failures.is_empty()))
        }
        None => {
            let outcomes = corpus::run(&compiler, &documents, |outcome| println!("{outcome}"));
            println!("{}", corpus::summary(&outcomes));
            outcomes.iter().all(|outcome| outcome.error.is_none())
        }
    };
    Ok(if is_whole { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
