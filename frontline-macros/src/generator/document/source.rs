//! Paths to the text of files: of the one in the macro, and of those that documents refer to.

use std::path::{Component, Path, PathBuf};
use std::{env, fs, str};

use proc_macro2::TokenStream;
use quote::quote;
use syn::LitStr;

use crate::generator::problems::Problem;

/// The directory to resolve paths against where it is not the one that Cargo names: test harnesses such as trybuild
/// build a case in a directory of their own.
pub const DIRECTORY_VARIABLE: &str = "FRONTLINE_SPEC_DIR";

/// A file that was read.
pub struct File {
    /// The path as the macro's user would write it, for errors.
    pub shown: String,
    pub path: PathBuf,
    pub text: String,
    /// How many bytes are UTF-8, where not all are.
    pub unreadable: Option<usize>,
    /// The folder that its references do not leave.
    root: PathBuf,
}

impl File {
    pub fn has_extension(&self, extensions: &[&str]) -> bool {
        let own = self.path.extension().unwrap_or_default();
        extensions.iter().any(|extension| own.eq_ignore_ascii_case(extension))
    }

    /// Makes the compiler read the file too, so that an edit of it recompiles the crate.
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

    /// The path of the file that a reference in this one names, and how to show it.
    pub fn beside(&self, reference: &str) -> Result<(PathBuf, String), String> {
        if is_on_network(reference) {
            return Err("a reference cannot lead to the network, since a build never goes there".into());
        }
        let folder = |path: &Path| path.parent().unwrap_or(Path::new("")).to_owned();
        let shown = plain(&folder(Path::new(&self.shown)).join(reference)).to_string_lossy().replace('\\', "/");
        let path = fs::canonicalize(folder(&self.path).join(reference));
        let path = path.ok().filter(|path| path.is_file()).ok_or_else(|| format!("`{shown}` does not exist"))?;
        if !path.starts_with(&self.root) {
            return Err(format!("`{shown}` lies outside of the workspace, which no reference leaves"));
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

/// Finds and reads the file that `literal` names.
pub fn read(literal: &LitStr) -> Result<File, Problem> {
    let path = literal.value();
    let problem = |message: String| Problem::input(literal.span(), message);
    let base = env::var_os(DIRECTORY_VARIABLE).or_else(|| env::var_os("CARGO_MANIFEST_DIR"));
    let base = PathBuf::from(base.unwrap_or_default());
    let Some(found) = find(Path::new(&path), &base) else {
        return Err(problem(format!("`{path}` does not exist")).help(
            "the path is looked up in the directory of the crate's Cargo.toml, then in those above it up to the workspace's",
        ));
    };
    let root = root(&found, &base);
    File::read(path, found, root).map_err(problem)
}

/// Looks in the crate's directory, then in each one above it up to the root of its workspace: a checkout without
/// symbolic links builds too.
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

/// The folder that no reference leaves: that of the workspace, or of a document that lies elsewhere.
fn root(document: &Path, base: &Path) -> PathBuf {
    let workspace = base.ancestors().find(|directory| is_workspace_root(directory)).unwrap_or(base);
    // No folder at all would hold every file there is.
    let workspace = if workspace.as_os_str().is_empty() { Path::new(".") } else { workspace };
    let real = |path: &Path| fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let (workspace, document) = (real(workspace), real(document));
    if document.starts_with(&workspace) { workspace } else { document.parent().unwrap_or(&document).to_owned() }
}

fn is_workspace_root(directory: &Path) -> bool {
    fs::read_to_string(directory.join("Cargo.toml"))
        .is_ok_and(|manifest| manifest.lines().any(|line| line.trim_start().starts_with("[workspace")))
}

/// The text with a line feed alone at the end of each line, so that lines are the same for all who count them.
fn lines(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text.into_owned() }
}

/// The path without `.` and `..`.
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
    fn references_stay_in_the_folder_of_a_document_that_lies_elsewhere() {
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
    fn lines_end_in_one_way() {
        assert_eq!(lines(b"a\r\nb\rc\n\n\r\r\n"), "a\nb\nc\n\n\n\n");
    }

    #[test]
    fn paths_are_shown_without_detours() {
        for (path, shown) in [("spec/../common/./a.yaml", "common/a.yaml"), ("../a.yaml", "../a.yaml"), ("a", "a")] {
            assert_eq!(plain(Path::new(path)), Path::new(shown));
        }
    }
}
