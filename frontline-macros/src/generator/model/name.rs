//! Names.

use proc_macro2::Ident;

/// A name in the document and its counterpart in Rust.
#[derive(Clone, Debug)]
pub struct Name {
    pub wire: String,
    pub rust: Ident,
}

/// The names of a method's versions.
#[derive(Debug)]
pub struct Versions {
    pub name: Ident,
    /// The method that also takes the parameters outside of the path. It exists if there are any, and all are optional.
    /// If one is required, `name` takes them.
    pub with: Option<Ident>,
}

impl Versions {
    pub fn new(name: Ident) -> Self {
        Self { name, with: None }
    }
}
