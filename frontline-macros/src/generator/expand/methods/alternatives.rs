//! Methods that request another media type than that of the operation's own method.

use proc_macro2::TokenStream;
use quote::quote;

use super::answers;
use super::arguments::arguments;
use super::request::request;
use crate::generator::expand::context::Context;
use crate::generator::expand::docs::{Docs, code};
use crate::generator::expand::lints::many_arguments;
use crate::generator::model::Operation;
use crate::generator::names::bare;

pub fn methods(context: &Context<'_>, operation: &Operation) -> Vec<TokenStream> {
    let runtime = &context.runtime;
    let own = bare(&operation.name.rust);
    let methods = operation.alternatives.iter().map(|other| {
        let docs = Docs::new(&format!("Version of [`{own}`](Self::{own}) that requests {}.", code(&other.media)))
            .section(
                "If a parameter or a property selects the format, set it. This method itself only sets the header \
                 `Accept`.",
            )
            .section(&format!("# Errors\n\nReturns the same errors as [`{own}`](Self::{own})."));
        let deprecated = operation.is_deprecated.then(|| quote! { #[deprecated] });
        let arguments = arguments(context, operation);
        let many = many_arguments(arguments.len() + 1);
        let name = &other.name;
        let (send, response) = answers::payload_of(context, &other.payload);
        let request = request(context, operation, Some(&other.media));
        quote! {
            #docs
            #deprecated
            #many
            pub async fn #name(&self, #(#arguments),*)
                -> ::core::result::Result<#runtime::Response<#response>, #runtime::Error>
            {
                self.transport.#send(#request).await
            }
        }
    });
    methods.collect()
}
