//! `cargo run -p frontline-tests --bin corpus -- [--skip-unsupported] FOLDER…`: compiles the client of each OpenAPI
//! document in the folders, checks its docs, lints, and examples, and prints the counts.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use frontline_tests::corpus::{self, Compiler};

fn main() -> Result<ExitCode, std::io::Error> {
    let mut documents = Vec::new();
    let mut compiler = Compiler::new(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/corpus"))?;
    for argument in std::env::args_os().skip(1) {
        if argument == "--skip-unsupported" {
            compiler = compiler.option("unsupported = skip");
        } else {
            documents.extend(corpus::documents(&PathBuf::from(argument))?);
        }
    }
    let outcomes = corpus::run(&compiler, &documents, |outcome| println!("{outcome}"));
    println!("{}", corpus::summary(&outcomes));
    let is_whole = outcomes.iter().all(|outcome| outcome.error.is_none());
    Ok(if is_whole { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
