//! The path in the macro to the text of the file.

use std::path::{Path, PathBuf};
use std::{env, fs};

use proc_macro2::TokenStream;
use quote::quote;
use syn::LitStr;

use super::report::Problem;

/// The directory to resolve paths against where it is not the one that Cargo names: test harnesses such as trybuild
/// build a case in a directory of their own.
pub const DIRECTORY_VARIABLE: &str = "FRONTLINE_SPEC_DIR";

/// A file that was read.
pub struct File {
    /// The path as the macro's user wrote it, for errors.
    pub shown: String,
    pub path: PathBuf,
    pub text: String,
    /// How many bytes are UTF-8, where not all are.
    pub unreadable: Option<usize>,
}

impl File {
    pub fn is_json(&self) -> bool {
        self.path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("json"))
    }

    /// Makes the compiler read the file too, so that an edit of it recompiles the crate.
    pub fn tracked(&self) -> TokenStream {
        let path = self.path.to_string_lossy();
        quote! { const _: &[u8] = ::core::include_bytes!(#path); }
    }
}

/// Finds and reads the file that `literal` names.
pub fn read(literal: &LitStr) -> Result<File, Problem> {
    let path = literal.value();
    let problem = |message: String| Problem::input(literal.span(), message);
    let Some(found) = find(Path::new(&path)) else {
        return Err(problem(format!("`{path}` does not exist")).help(
            "the path is looked up in the directory of the crate's Cargo.toml, then in those above it up to the workspace's",
        ));
    };
    let bytes = fs::read(&found).map_err(|error| problem(format!("`{path}` cannot be read: {error}")))?;
    let unreadable = str::from_utf8(&bytes).err().map(|error| error.valid_up_to());
    let text = String::from_utf8_lossy(&bytes).into_owned();
    Ok(File { shown: path, path: found, text, unreadable })
}

/// Looks in the crate's directory, then in each one above it up to the root of its workspace: a checkout without
/// symbolic links builds too.
fn find(path: &Path) -> Option<PathBuf> {
    let base = env::var_os(DIRECTORY_VARIABLE).or_else(|| env::var_os("CARGO_MANIFEST_DIR"));
    let base = PathBuf::from(base.unwrap_or_default());
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

fn is_workspace_root(directory: &Path) -> bool {
    fs::read_to_string(directory.join("Cargo.toml"))
        .is_ok_and(|manifest| manifest.lines().any(|line| line.trim_start().starts_with("[workspace")))
}
