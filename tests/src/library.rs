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
        let library =
            messages.lines().filter_map(|line| serde_json::from_str(line).ok()).find_map(|message| of(&message));
        library.ok_or_else(|| Error::other("cargo built no library"))
    }

    /// The path of the rlib.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.rlib
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

/// The library, if the message describes it.
fn of(message: &Value) -> Option<Library> {
    let is_it = message["reason"] == "compiler-artifact" && message["target"]["name"] == "frontline";
    let texts = |key: &str| message[key].as_array().into_iter().flatten().filter_map(Value::as_str);
    let mut files = texts("filenames").filter(|_| is_it).map(PathBuf::from);
    let rlib = files.find(|path| path.extension().is_some_and(|extension| extension == "rlib"))?;
    Some(Library { rlib, features: texts("features").map(ToOwned::to_owned).collect() })
}
