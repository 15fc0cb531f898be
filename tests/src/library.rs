//! Finds the `frontline` library that the tests are linked with. Tests that run a compiler use it too, so that no
//! dependency is compiled twice.

use std::env;
use std::io::{Error, Result};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

/// The compiled `frontline` library.
pub struct Library {
    rlib: PathBuf,
    tests: PathBuf,
    features: Vec<String>,
}

impl Library {
    /// Asks cargo for the library that `cargo test --workspace` builds. During such a run, it exists already.
    ///
    /// # Errors
    ///
    /// If it cannot be built.
    pub fn new() -> Result<Self> {
        // With `--bin`, cargo does not need to link all test binaries if they do not exist yet.
        let output = cargo()
            .args(["test", "--workspace", "--no-run", "--bin", "corpus", "--quiet", "--message-format", "json"])
            .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(".."))
            .stderr(Stdio::inherit())
            .output()?;
        let messages = String::from_utf8_lossy(&output.stdout);
        let messages: Vec<Value> = messages.lines().filter_map(|line| serde_json::from_str(line).ok()).collect();
        let of = |name: &str| messages.iter().find_map(|message| Some((rlib(message, name)?, message)));
        let (Some((rlib, message)), Some((tests, _))) = (of("frontline"), of("frontline_tests")) else {
            return Err(Error::other("cargo built no library"));
        };
        let features = texts(message, "features").map(ToOwned::to_owned).collect();
        Ok(Self { rlib, tests, features })
    }

    /// The path of the rlib.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.rlib
    }

    /// The path of the rlib of this crate, for the programs that use it.
    #[must_use]
    pub fn tests(&self) -> &Path {
        &self.tests
    }

    /// The folder of its dependencies.
    #[must_use]
    pub fn dependencies(&self) -> PathBuf {
        let folder = self.rlib.parent().unwrap_or(Path::new("."));
        if folder.ends_with("deps") { folder.to_owned() } else { folder.join("deps") }
    }

    /// The enabled features.
    #[must_use]
    pub fn features(&self) -> &[String] {
        &self.features
    }

    /// The arguments of rustc for a crate that depends on it.
    #[must_use]
    pub fn arguments(&self) -> [String; 4] {
        let library = format!("frontline={}", self.rlib.display());
        let dependencies = format!("dependency={}", self.dependencies().display());
        ["--extern".to_owned(), library, "-L".to_owned(), dependencies]
    }
}

/// Runs cargo without the variables that it sets for a test. Some build scripts read them and would run again.
#[must_use]
pub fn cargo() -> Command {
    let mut cargo = Command::new(env!("CARGO"));
    for (name, _) in env::vars_os() {
        let text = name.to_string_lossy();
        if text == "CARGO_MANIFEST_DIR" || text == "CARGO_MANIFEST_PATH" || text.starts_with("CARGO_PKG_") {
            cargo.env_remove(&name);
        }
    }
    cargo
}

/// The library of the crate `name`, if the message describes it.
fn rlib(message: &Value, name: &str) -> Option<PathBuf> {
    let is_it = message["reason"] == "compiler-artifact" && message["target"]["name"] == name;
    let mut files = texts(message, "filenames").filter(|_| is_it).map(PathBuf::from);
    files.find(|path| path.extension().is_some_and(|extension| extension == "rlib"))
}

fn texts<'m>(message: &'m Value, key: &str) -> impl Iterator<Item = &'m str> {
    message[key].as_array().into_iter().flatten().filter_map(Value::as_str)
}
