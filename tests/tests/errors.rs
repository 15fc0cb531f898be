//! Compiles each case in `errors` and compares the output of rustc with the `.stderr` file of the case.
//!
//! To rewrite the files: `FRONTLINE_OVERWRITE=1 cargo test --workspace --test errors`.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use frontline_tests::library::Library;
use frontline_tests::parallel;

/// Runs rustc on one case.
struct Compiler {
    library: Library,
    /// The output directory of rustc.
    scratch: PathBuf,
}

impl Compiler {
    /// Returns the output of rustc, or `None` if the case compiles.
    fn error(&self, case: &Path) -> Option<String> {
        let output = Command::new("rustc")
            .arg(case)
            .args(["--edition", "2024", "--emit", "metadata", "--out-dir"])
            .arg(&self.scratch)
            .args(self.library.arguments())
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            // The macro must look in this directory first: the other one contains no documents.
            .env("FRONTLINE_SPEC_DIR", env!("CARGO_MANIFEST_DIR"))
            .env("CARGO_MANIFEST_DIR", &self.scratch)
            .output()
            .expect("rustc runs");
        (!output.status.success())
            .then(|| without_summary(&String::from_utf8(output.stderr).expect("rustc writes UTF-8")))
    }
}

/// Removes the summary at the end of the output, and trailing spaces.
fn without_summary(said: &str) -> String {
    let lines = said.lines().map(|line| format!("{}\n", line.trim_end()));
    let said: String = lines.take_while(|line| !line.starts_with("error: aborting due to")).collect();
    said.trim_end().to_owned() + "\n"
}

/// The paths of all cases, relative to this package.
fn cases() -> Vec<PathBuf> {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    let entries = |folder: PathBuf| fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let files = entries(package.join("errors")).filter(|folder| folder.is_dir()).flat_map(entries);
    let cases = files.filter(|file| file.extension().is_some_and(|extension| extension == "rs"));
    let mut cases: Vec<_> = cases.map(|file| file.strip_prefix(package).unwrap().to_owned()).collect();
    cases.sort();
    cases
}

#[test]
fn wrong_documents_are_told_where_they_are_wrong() {
    let scratch = Path::new(env!("CARGO_TARGET_TMPDIR")).join("errors");
    fs::create_dir_all(&scratch).unwrap();
    let compiler = Compiler { library: Library::new().expect("frontline is built"), scratch };
    let overwrites = env::var_os("FRONTLINE_OVERWRITE").is_some();
    let cases = cases();
    assert!(cases.len() > 100, "{}", cases.len());
    let failures = parallel::map(&cases, |case| {
        let Some(said) = compiler.error(case) else { return Some(format!("{} compiles", case.display())) };
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(case).with_extension("stderr");
        if overwrites {
            fs::write(path, said).unwrap();
            return None;
        }
        let expected = fs::read_to_string(&path).unwrap_or_default();
        (said != expected).then(|| format!("{}: expected\n{expected}\nand rustc says\n{said}", case.display()))
    });
    let failures: Vec<_> = failures.into_iter().flatten().collect();
    assert!(failures.is_empty(), "{} failures\n{}", failures.len(), failures.join("\n"));
}
