//! Finds and reads files: the file that the macro names, and those that documents refer to.

use std::path::{Component, Path, PathBuf};
use std::{env, fs, str};

use proc_macro2::TokenStream;
use quote::quote;
use syn::LitStr;

use crate::generator::problems::Problem;

/// An environment variable that replaces Cargo's `CARGO_MANIFEST_DIR`. Test harnesses such as trybuild build their
/// cases in other directories.
pub const DIRECTORY_VARIABLE: &str = "FRONTLINE_SPEC_DIR";

/// A file and its text.
pub struct File {
    /// The path in errors, as the macro's user would write it.
    pub shown: String,
    pub path: PathBuf,
    pub text: String,
    /// If the file is not valid UTF-8, the byte index in `text` of the first invalid byte.
    pub unreadable: Option<usize>,
    /// The folder that contains all files that references may name.
    root: PathBuf,
}

impl File {
    pub fn has_extension(&self, extensions: &[&str]) -> bool {
        let own = self.path.extension().unwrap_or_default();
        extensions.iter().any(|extension| own.eq_ignore_ascii_case(extension))
    }

    /// Returns code that makes rustc read the file, so that an edit recompiles the crate.
    pub fn tracked(&self) -> TokenStream {
        let path = self.path.to_string_lossy();
        quote! { const _: &[u8] = ::core::include_bytes!(#path); }
    }

    fn read(shown: String, path: PathBuf, root: PathBuf) -> Result<Self, String> {
        let bytes = fs::read(&path).map_err(|error| format!("`{shown}` cannot be read: {error}"))?;
        let readable = |error: str::Utf8Error| lines(bytes.get(..error.valid_up_to()).unwrap_or_default()).len();
        let unreadable = str::from_utf8(&bytes).err().map(readable);
        let text = lines(&bytes);
        Ok(Self { shown, path, text, unreadable, root })
    }

    /// Returns the path of the file that a reference in this file names, and the path to show in errors.
    pub fn beside(&self, reference: &str) -> Result<(PathBuf, String), String> {
        if is_on_network(reference) {
            return Err("a reference cannot be a URL, because a build never uses the network".into());
        }
        let folder = |path: &Path| path.parent().unwrap_or(Path::new("")).to_owned();
        let shown = plain(&folder(Path::new(&self.shown)).join(reference)).to_string_lossy().replace('\\', "/");
        let path = fs::canonicalize(folder(&self.path).join(reference));
        let path = path.ok().filter(|path| path.is_file()).ok_or_else(|| format!("`{shown}` does not exist"))?;
        if !path.starts_with(&self.root) {
            return Err(format!("`{shown}` is outside the workspace; references can only name files inside it"));
        }
        Ok((path, shown))
    }

    /// Reads the file that [`File::beside`] found.
    pub fn read_beside(&self, path: PathBuf, shown: String) -> Result<Self, String> {
        Self::read(shown, path, self.root.clone())
    }
}

pub fn is_on_network(reference: &str) -> bool {
    reference.contains("://")
}

/// Finds and reads the file that the macro names.
pub fn read(literal: &LitStr) -> Result<File, Problem> {
    let path = literal.value();
    let problem = |message: String| Problem::input(literal.span(), message);
    let base = env::var_os(DIRECTORY_VARIABLE).or_else(|| env::var_os("CARGO_MANIFEST_DIR"));
    let base = PathBuf::from(base.unwrap_or_default());
    let Some(found) = find(Path::new(&path), &base) else {
        return Err(problem(format!("`{path}` does not exist")).help(
            "write a path relative to the directory of Cargo.toml or to one of its parents, up to the workspace root",
        ));
    };
    let root = root(&found, &base);
    File::read(path, found, root).map_err(problem)
}

/// Looks in the crate's directory, then in each parent directory up to the workspace root. So a checkout builds without
/// symbolic links to the document.
fn find(path: &Path, base: &Path) -> Option<PathBuf> {
    for directory in base.ancestors() {
        let candidate = directory.join(path);
        if candidate.is_file() {
            return Some(candidate);
        }
        if is_workspace_root(directory) {
            break;
        }
    }
    None
}

/// Returns the folder that contains all files that references may name: the workspace, or the document's folder if the
/// document is outside the workspace.
fn root(document: &Path, base: &Path) -> PathBuf {
    let workspace = base.ancestors().find(|directory| is_workspace_root(directory)).unwrap_or(base);
    // Every path starts with an empty path.
    let workspace = if workspace.as_os_str().is_empty() { Path::new(".") } else { workspace };
    let real = |path: &Path| fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let (workspace, document) = (real(workspace), real(document));
    if document.starts_with(&workspace) { workspace } else { document.parent().unwrap_or(&document).to_owned() }
}

fn is_workspace_root(directory: &Path) -> bool {
    fs::read_to_string(directory.join("Cargo.toml"))
        .is_ok_and(|manifest| manifest.lines().any(|line| line.trim_start().starts_with("[workspace")))
}

/// Converts line endings to line feeds, so that all parsers count the same lines.
fn lines(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text.into_owned() }
}

/// Returns the path without `.` and, if possible, without `..`.
fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir if matches!(plain.components().next_back(), Some(Component::Normal(_))) => {
                plain.pop();
            }
            other => plain.push(other),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_stay_in_the_folder_of_a_document_outside_the_workspace() {
        let folder = env::temp_dir().join(format!("frontline-root-{}", std::process::id()));
        fs::create_dir(&folder).unwrap();
        let document = folder.join("api.yaml");
        fs::write(&document, "a: 1").unwrap();
        let roots = ["", ".", env!("CARGO_MANIFEST_DIR")].map(|base| root(&document, Path::new(base)));
        let expected = fs::canonicalize(&folder).unwrap();
        fs::remove_dir_all(&folder).unwrap();
        assert_eq!(roots, [expected.clone(), expected.clone(), expected]);
    }

    #[test]
    fn line_endings_become_line_feeds() {
        assert_eq!(lines(b"a\r\nb\rc\n\n\r\r\n"), "a\nb\nc\n\n\n\n");
    }

    #[test]
    fn paths_are_shown_without_dots() {
        for (path, shown) in [("spec/../common/./a.yaml", "common/a.yaml"), ("../a.yaml", "../a.yaml"), ("a", "a")] {
            assert_eq!(plain(Path::new(path)), Path::new(shown));
        }
    }
}
