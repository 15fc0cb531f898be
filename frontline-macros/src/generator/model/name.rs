//! Names.

use proc_macro2::Ident;

/// A name in the document and its counterpart in Rust.
#[derive(Clone, Debug)]
pub struct Name {
    pub wire: String,
    pub rust: Ident,
}
