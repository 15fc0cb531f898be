//! The versions of a method: one without optional parameters and, if the operation has any, one with them.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::arguments::{argument_names, arguments};
use crate::generator::expand::context::Context;
use crate::generator::expand::docs::Docs;
use crate::generator::expand::lints::many_arguments;
use crate::generator::model::{Operation, Versions};
use crate::generator::names::bare;

/// A version of a method.
pub struct Version<'a> {
    pub name: &'a Ident,
    /// Docs and attributes.
    pub head: TokenStream,
    pub arguments: Vec<TokenStream>,
    pub argument_names: Vec<TokenStream>,
    /// Whether the struct of the parameters outside of the path is an argument.
    pub has_params: bool,
}

/// Expands all versions of a method.
pub fn versions(
    context: &Context<'_>,
    operation: &Operation,
    names: &Versions,
    docs: Docs,
    expand: impl Fn(Version<'_>) -> TokenStream,
) -> TokenStream {
    let version = |name, docs: Docs, has_params| {
        let deprecated = operation.is_deprecated.then(|| quote! { #[deprecated] });
        let arguments = arguments(context, operation, has_params);
        let many = many_arguments(arguments.len() + 1);
        let argument_names = argument_names(operation, has_params);
        expand(Version { name, head: quote! { #docs #deprecated #many }, arguments, argument_names, has_params })
    };
    let Some(with) = &names.with else { return version(&names.name, docs, true) };
    let more = format!("{} also takes optional parameters.", link(with));
    let less = format!(
        "Version of {link} that takes optional parameters.\n\n# Errors\n\nReturns the same errors as {link}.",
        link = link(&names.name)
    );
    let plain = version(&names.name, docs.section(&more), false);
    let full = version(with, Docs::new(&less), true);
    quote! { #plain #full }
}

/// Returns a link to a method of the same client.
pub fn link(name: &Ident) -> String {
    let name = bare(name);
    format!("[`{name}`](Self::{name})")
}
