//! Doc attributes.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use crate::generator::docs::is_hidden;
pub use crate::generator::docs::{after, code};
use crate::generator::model::TypeDef;

/// A doc comment, which becomes one attribute per line.
pub struct Docs(String);

impl Docs {
    pub fn new(text: &str) -> Self {
        Self(text.to_owned())
    }

    /// Replaces an empty text, because every public item has to be documented.
    pub fn or(self, other: impl FnOnce() -> String) -> Self {
        if self.0.is_empty() { Self(other()) } else { self }
    }

    /// Adds a paragraph or a section, unless it is empty.
    pub fn section(mut self, text: &str) -> Self {
        if !self.0.is_empty() && !text.is_empty() {
            self.0.push_str("\n\n");
        }
        self.0.push_str(text);
        self
    }
}

impl ToTokens for Docs {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        for line in self.0.lines() {
            let line = if line.is_empty() { String::new() } else { format!(" {line}") };
            tokens.extend(quote! { #[doc = #line] });
        }
    }
}

/// Returns a type as text, without the paths of the standard library.
pub fn type_text(ty: &TokenStream) -> String {
    let paths = ["::std::vec::", "::std::string::", "::std::collections::", "::std::boxed::", "::core::option::"];
    paths.iter().fold(ty.to_string().replace(' ', ""), |text, path| text.replace(path, ""))
}

/// Returns the place of a type in the document, for types without a description.
pub fn origin(definition: &TypeDef) -> String {
    let pointer = definition.place.to_string().replace("~1", "/").replace("~0", "~").replace('`', "'");
    pointer.chars().filter(|character| !is_hidden(*character)).collect()
}
