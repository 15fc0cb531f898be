//! Runs rustc, rustdoc, and clippy on the client of one document.

use std::io::{Error, Write};
use std::path::{Path, PathBuf};
use std::process::Command;

use super::count;
use super::instances::SHIM;
use crate::library::Library;

/// The number of lines of an error to show.
const LINES: usize = 12;
/// What rustc says if the library changes while it is read.
const REBUILT: [&str; 3] = [
    "colliding StableCrateId",
    "possibly newer version of crate `frontline",
    "extern location for frontline does not exist",
];
/// The start of a crate without a warning.
const DENIED: &str = "//! The client of a document.\n#![deny(warnings, missing_docs, rustdoc::all, clippy::all)]";

/// The compiled `frontline`, and the directory for the crates that use it.
pub struct Compiler {
    library: Library,
    scratch: PathBuf,
    options: String,
}

/// The results for a document that compiled.
#[derive(Default)]
pub struct Examined {
    /// The number of methods of its client.
    pub operations: usize,
    /// The number of types that it defines.
    pub types: usize,
    /// The number of examples that passed.
    pub passed: usize,
    /// The errors of the other examples.
    pub failed: Vec<String>,
}

impl Compiler {
    /// Finds the `frontline` library.
    ///
    /// # Errors
    ///
    /// Returns an error if `frontline` cannot be built or the scratch directory cannot be created.
    pub fn new(scratch: &Path) -> Result<Self, Error> {
        std::fs::create_dir_all(scratch)?;
        Ok(Self { library: Library::new()?, scratch: scratch.to_owned(), options: String::new() })
    }

    /// Adds an option of the macro, such as `unsupported = skip`.
    #[must_use]
    pub fn option(mut self, option: &str) -> Self {
        self.options.extend([", ", option]);
        self
    }

    /// Compiles the client of a document with all warnings of rustc and clippy denied, runs rustdoc on it, and runs the
    /// tests of its examples.
    ///
    /// # Errors
    ///
    /// Returns the first error of the first tool that fails.
    pub fn examine(&self, document: &Path) -> Result<Examined, String> {
        let source = self.source(document, DENIED, "").map_err(|error| error.to_string())?;
        let tests = source.with_extension("test");
        // clippy-driver is rustc with more lints.
        self.tool(
            "clippy-driver",
            &source,
            &["--test", "--crate-type=lib", "-Ccodegen-units=16", "-o", &tests.to_string_lossy()],
        )?;
        let docs = source.with_extension("doc");
        self.tool("rustdoc", &source, &["--crate-type=lib", "--out-dir", &docs.to_string_lossy()])?;
        let results = examples(&tests);
        std::fs::remove_file(&tests).map_err(|error| error.to_string())?;
        let (operations, types) = count::count(&docs);
        std::fs::remove_dir_all(&docs).map_err(|error| error.to_string())?;
        let (passed, failed) = results?;
        Ok(Examined { operations, types, passed, failed })
    }

    /// Compiles the tests of the places of a document's copy (see `instances`). Returns the executable.
    pub(super) fn probe(&self, copy: &Path, folder: &Path) -> Result<PathBuf, String> {
        let header = format!("//! The instances of a document.\n#![allow(warnings)]\n{SHIM}");
        let source =
            self.source(copy, &header, ", crate = crate::shim, testing = false").map_err(|error| error.to_string())?;
        let tests = folder.join("tests");
        self.tool(
            "rustc",
            &source,
            &["--test", "--crate-type=lib", "-Ccodegen-units=16", "-Cdebuginfo=0", "-o", &tests.to_string_lossy()],
        )?;
        std::fs::remove_file(source).map_err(|error| error.to_string())?;
        Ok(tests)
    }

    /// Compiles a program of the client of a document and more items. Returns the executable.
    pub(super) fn program(&self, document: &Path, items: &str) -> Result<PathBuf, String> {
        let header = "//! The round trips of a document.\n#![allow(warnings)]";
        let source = self.source(document, header, "").map_err(|error| error.to_string())?;
        let text = std::fs::read_to_string(&source).map_err(|error| error.to_string())?;
        std::fs::write(&source, format!("{text}\n{items}")).map_err(|error| error.to_string())?;
        let program = source.with_extension("program");
        let tests = format!("frontline_tests={}", self.library.tests().display());
        let output = program.to_string_lossy();
        let options = ["--crate-type=bin", "-Ccodegen-units=16", "-Cdebuginfo=0", "--extern", &tests, "-o", &output];
        self.tool("rustc", &source, &options)?;
        std::fs::remove_file(source).map_err(|error| error.to_string())?;
        Ok(program)
    }

    /// Returns the folder for a copy of a document.
    pub(super) fn folder(&self, document: &Path) -> PathBuf {
        self.scratch.join(format!("instances{}", identifier(document)))
    }

    fn source(&self, document: &Path, header: &str, more: &str) -> Result<PathBuf, Error> {
        let document = document.canonicalize()?;
        let source = self.scratch.join(format!("corpus{}.rs", identifier(&document)));
        let mut file = std::fs::File::create(&source)?;
        writeln!(file, "{header}")?;
        let document = document.to_string_lossy();
        let options = &self.options;
        writeln!(
            file,
            "frontline::frontline_api!({document:?}, test_examples = true, warnings = false{options}{more});"
        )?;
        Ok(source)
    }

    fn tool(&self, tool: &str, source: &Path, options: &[&str]) -> Result<(), String> {
        let output = Command::new(tool)
            .args(["--edition", "2024"])
            .arg(source)
            .args(self.library.arguments())
            .args(options)
            .env("CARGO_MANIFEST_DIR", &self.scratch)
            .output()
            .map_err(|error| format!("{tool}: {error}"))?;
        if output.status.success() {
            return Ok(());
        }
        let text = String::from_utf8_lossy(&output.stderr);
        if REBUILT.iter().any(|sign| text.contains(sign)) {
            return Err(format!("{tool}: another command has built `frontline` again during this run"));
        }
        let errors = text.lines().skip_while(|line| !line.starts_with("error")).take(LINES);
        let first = errors.collect::<Vec<_>>().join("\n");
        Err(format!("{tool}: {}", if first.is_empty() { text.into_owned() } else { first }))
    }
}

/// Returns the name of a crate for a document.
pub(super) fn identifier(document: &Path) -> String {
    document.to_string_lossy().chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect()
}

/// Runs the tests. Returns the number that passed and the errors of the others.
fn examples(tests: &Path) -> Result<(usize, Vec<String>), String> {
    let output = Command::new(tests).output().map_err(|error| error.to_string())?;
    let text = String::from_utf8_lossy(&output.stdout);
    let passed = text.lines().filter(|line| line.starts_with("test ") && line.ends_with("... ok")).count();
    let errors = text.lines().filter_map(|line| line.strip_prefix("Error: "));
    let errors: Vec<String> = errors.map(ToOwned::to_owned).collect();
    if !output.status.success() && errors.is_empty() {
        return Err(format!("the tests ended without a result:\n{text}"));
    }
    Ok((passed, errors))
}
